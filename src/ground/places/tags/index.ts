/** Tags at doors (QR or NFC), each known by its digest alone; a new one ends the old. */
export { issueTag, openTag, placeOfTag } from './tags.ts'
