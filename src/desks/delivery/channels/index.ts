/**
 * channels: one interface for every way out. What a channel answers is what became of the try, and
 * never that anybody saw anything. A message holds one sentence of the closed list and a link.
 */
export { codeFile, fileChannel, letGoOfLines, readOutbox, type Outgoing } from './file.ts'
export { codeProvider, providerChannel, type Provider } from './provider.ts'
export { pushChannel } from './push.ts'
export type { Channel, CodeWay, Message, Sent, WordWay } from './types.ts'
