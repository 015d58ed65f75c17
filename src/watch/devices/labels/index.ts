/** Labels: one QR code a device, to print and to stick on. Nothing of who lives there. */
export { labelsOf } from './labels.ts'
