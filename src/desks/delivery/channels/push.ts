import type { Clock } from '../../../kernel/clock.ts'
import type { Push, Pushed } from '../../../platform/push/index.ts'
import { retryAt } from '../decide.ts'
import type { Channel, Message, Sent } from './types.ts'

/** What is not taken within a day is old: the task says so itself by then. */
const ttlSeconds = { emergency: 3_600, usual: 24 * 3_600 }

/** Wakes every browser of the person; one that took it is enough. */
export function pushChannel(push: Push, real: Clock): Channel {
  return {
    name: 'push',
    async send(message: Message): Promise<Sent> {
      const { browsers, urgency } = message
      if (browsers.length === 0) return { result: 'none', detail: null, retryAt: null }
      const how = {
        ttlSeconds: ttlSeconds[urgency],
        isUrgent: urgency === 'emergency',
        // A newer telling of the same note replaces one that still waits (RFC 8030, 5.4).
        topic: message.note.replaceAll('-', ''),
      }
      const answers = await Promise.all(
        browsers.map(async ({ id, language, ...to }) => {
          const payload = { note: message.note, says: message.says, urgency, language }
          return { id, ...(await push.send(to, payload, how)) }
        }),
      )
      const gone = answers.filter(({ result }) => result === 'gone').map(({ id }) => id)
      const best = bestOf(answers)
      const waits = retryAt(best.retryAfter ?? undefined, message.at, real.now())
      return { result: best.result, detail: best.detail, retryAt: waits, gone }
    },
  }
}

const order = ['sent', 'limited', 'failed', 'refused', 'gone']

function bestOf(answers: readonly Pushed[]): Pushed {
  const [best] = answers.toSorted((a, b) => order.indexOf(a.result) - order.indexOf(b.result))
  return best ?? { result: 'gone', detail: '', retryAfter: null }
}
