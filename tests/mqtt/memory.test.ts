import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { join, message, openBroker, type Wire } from './wire.ts'

const devices = 60
/** Node cuts small buffers from pieces of so much, which live as long as any part of them. */
const poolBytes = Buffer.poolSize

function bytesHeld(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  return process.memoryUsage().arrayBuffers
}

test('a device that has spoken holds its own bytes, not a piece of what others read and wrote', async () => {
  await using broker = await openBroker()
  const wires: Wire[] = []
  for (let each = 0; each < devices; each++) {
    wires.push(await join(broker.port, { clientId: `device-${each}` }))
  }
  const before = bytesHeld()
  for (const [each, wire] of wires.entries()) {
    wire.say(message(`street/device-${each}`, 'x', { qos: 1, messageId: 1 }))
    expect(await wire.next('puback')).toMatchObject({ messageId: 1 })
    // What goes on beside it: the pool is used up, and the next device's bytes come from another.
    for (let bytes = 0; bytes < 2 * poolBytes; bytes += 1_024) Buffer.allocUnsafe(1_024)
  }
  const held = bytesHeld() - before
  for (const wire of wires) wire[Symbol.dispose]()
  expect(held).toBeLessThan((devices * poolBytes) / 4)
})
