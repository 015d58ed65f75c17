/**
 * many: a whole delivery of devices in one call and one transaction, every one or none, by the same
 * rules as one alone. Whoever judges hears once of each gateway, not of everything behind it.
 */
export { addDevices } from './many.ts'
