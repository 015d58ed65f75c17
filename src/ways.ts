/** What the environment says of messages to telephones: providers, wake-ups, quiet hours. */
import type { Provider, Quiet } from './desks/delivery/index.ts'
import { isAllowed } from './platform/outward.ts'
import { StartRefusal } from './platform/start-refusal.ts'

export type WaysConfig = Readonly<{
  /** Null: messages become lines of a file. Each holds a secret. */
  sms: Provider | null
  wecom: Provider | null
  voice: Provider | null
  /** Whom a push service turns to; null: the public address. */
  pushContact: string | null
  /** For rehearsals: only push services on this machine, with any certificate. */
  isPushRehearsed: boolean
  /** Usual notes wait until they end. */
  quiet: Quiet | null
}>

const quietUsual = '21:00-07:00'

export function readWays(env: NodeJS.ProcessEnv): WaysConfig {
  return Object.freeze({
    sms: provider(env, 'LILONG_SMS'),
    wecom: provider(env, 'LILONG_WECOM'),
    voice: provider(env, 'LILONG_VOICE'),
    pushContact: contact(said(env, 'LILONG_PUSH_CONTACT')),
    isPushRehearsed: said(env, 'LILONG_PUSH_INSECURE') === '1',
    quiet: quiet(said(env, 'LILONG_QUIET') ?? quietUsual),
  })
}

function said(env: NodeJS.ProcessEnv, name: string): string | null {
  return env[name]?.trim() || null
}

function provider(env: NodeJS.ProcessEnv, name: string): Provider | null {
  const [url, secret] = [said(env, `${name}_URL`), said(env, `${name}_SECRET`)]
  if (!url && !secret) return null
  if (!url || !secret) {
    const missing = url ? `${name}_SECRET` : `${name}_URL`
    throw new StartRefusal({
      zh: `地址和密钥要一起给：还缺 ${missing}。`,
      en: `An address and its secret go together: ${missing} is missing.`,
    })
  }
  if (isAllowed(url, 'chosen')) return Object.freeze({ url, secret })
  // It may hold a secret; it is not repeated.
  throw new StartRefusal({
    zh: `${name}_URL 不能用。请写 https:// 开头的地址；只有本机地址可以用 http://。`,
    en: `${name}_URL cannot be used. Write an https:// address; only this machine may be http://.`,
  })
}

function contact(given: string | null): string | null {
  if (given === null || /^(mailto:[^\s@]+@[^\s@]+|https:\/\/[^\s]+)$/.test(given)) return given
  throw new StartRefusal({
    zh: 'LILONG_PUSH_CONTACT 请写成 mailto:某人@某处 或 https:// 开头的地址。',
    en: 'LILONG_PUSH_CONTACT must be mailto:somebody@somewhere or an https:// address.',
  })
}

function quiet(given: string): Quiet | null {
  if (given === 'none') return null
  const time = '([01][0-9]|2[0-3]):[0-5][0-9]'
  const [from = '', to = ''] = given.split('-')
  if (new RegExp(`^${time}-${time}$`).test(given) && from !== to) return { from, to }
  throw new StartRefusal({
    zh: `LILONG_QUIET=${given} 看不懂，请写成 21:00-07:00 这样，或写 none。`,
    en: `LILONG_QUIET=${given} is not understood. Write it like 21:00-07:00, or none.`,
  })
}
