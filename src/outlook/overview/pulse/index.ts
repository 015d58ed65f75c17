export { openPulse, type Pulse } from './pulse.ts'
