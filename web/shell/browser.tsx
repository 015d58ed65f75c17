import './open.css'

/** The open pages need no script; this entry only brings them their style. */
