import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { minuteMs, secondMs, type Clock, type Instant } from '../kernel/clock.ts'
import type { Postgres } from './postgres.ts'
import { StartRefusal, type Sentence } from './start-refusal.ts'
import { troubleOf, type Troubles } from './trouble.ts'

type Wish = {
  postgres: Postgres
  troubles: Troubles
  real: Clock
  say: (sentence: Sentence) => void
  /** Aborted when somebody ends the program. */
  signal: AbortSignal
  triesMax?: number
}

const usualTriesMax = 8
const triesWithinMs = 10 * minuteMs
const pauseMaxMs = 30 * secondMs

/**
 * Waits until a lost database answers again, and starts it where it is ours. Tries are 1, 2, 4 … 30
 * seconds apart. What passes by itself (a full disk, a server that is away) is waited for without
 * end; anything else 8 times within 10 minutes, then `gone`.
 */
export function bringerBack(wish: Wish): () => Promise<'back' | 'gone' | 'ended'> {
  const { postgres, troubles, real, say, signal, triesMax = usualTriesMax } = wish
  let tries: Instant[] = []
  return async () => {
    if (signal.aborted) return 'ended'
    troubles.begin('database-away')
    for (;;) {
      tries = tries.filter((at) => real.now() - at < triesWithinMs)
      const waitMs = tries.length === 0 ? 0 : Math.min(pauseMaxMs, 500 * 2 ** tries.length)
      await pause(waitMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return 'ended'
      tries.push(real.now())
      try {
        if (await isDead(postgres)) await postgres.revive()
        await ask(postgres.url)
        troubles.end('database-away')
        return 'back'
      } catch (why) {
        troubles.hear(why)
        const passes = troubleOf(why) !== undefined
        if (passes || tries.length < triesMax) continue
        say(why instanceof StartRefusal ? why.sentence : gone)
        return 'gone'
      }
    }
  }
}

async function isDead(postgres: Postgres): Promise<boolean> {
  return Promise.race([postgres.died.then(() => true), pause(0, false)])
}

async function ask(connectionString: string): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
  } finally {
    await client.end().catch(() => undefined)
  }
}

const gone: Sentence = {
  zh: '数据库几次都没能重新启动，程序结束。请看上面的原因，再运行 npm start。',
  en: 'The database did not start again after several tries, so the program ends. Its reason stands above; then run npm start again.',
}
