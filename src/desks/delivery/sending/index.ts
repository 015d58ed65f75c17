/** sending: notes that are due go out, channel by channel. The door of this folder. */
export { openSending, type AddressOf, type Sending, type Ways } from './sending.ts'
export { openWays, type WaysWish } from './ways.ts'
