import type { Clock } from '../../../kernel/clock.ts'
import { openPush, type Push } from '../../../platform/push/index.ts'
import {
  codeFile,
  codeProvider,
  fileChannel,
  providerChannel,
  pushChannel,
  type Channel,
  type CodeWay,
  type Provider,
  type WordWay,
} from '../channels/index.ts'
import type { Quiet } from '../decide.ts'
import type { Ways } from './sending.ts'

/** What an installation has to send with. Without a provider the file stands in for it. */
export type WaysWish = {
  /** 32 random bytes, base64url. */
  pushSecret: string
  /** Whom a push service turns to: an https or mailto address. */
  pushContact: string
  /** Only push services on this machine. */
  isPushRehearsed: boolean
  sms: Provider | null
  /** A robot in the colleagues' group; there is no file for it. */
  wecom: Provider | null
  voice: Provider | null
  outboxFile: string
  quiet: Quiet | null
  /** A provider that has not answered by then failed. */
  timeoutMs?: number
}

export async function openWays(
  wish: WaysWish,
  real: Clock,
  known: Pick<Ways, 'addressOf' | 'mayTell' | 'publicUrl'>,
): Promise<{ ways: Ways; push: Push; sendCode: CodeWay; sendWord: WordWay }> {
  const { pushSecret: secret, pushContact: contact, outboxFile, timeoutMs, quiet } = wish
  const within = timeoutMs === undefined ? {} : { timeoutMs }
  const push = await openPush({ secret, contact, isRehearsed: wish.isPushRehearsed, ...within })
  const orFile = (name: 'sms' | 'voice'): Channel => {
    const provider = wish[name]
    return provider
      ? providerChannel(name, provider, real, timeoutMs)
      : fileChannel(name, outboxFile)
  }
  const sms = orFile('sms')
  const channels = [
    pushChannel(push, real),
    sms,
    ...(wish.wecom ? [providerChannel('wecom', wish.wecom, real, timeoutMs)] : []),
    orFile('voice'),
  ]
  const sendCode = wish.sms ? codeProvider(wish.sms, real, timeoutMs) : codeFile(outboxFile)
  const sendWord: WordWay = (word) =>
    sms.send({ ...word, note: word.id, urgency: 'usual', browsers: [] })
  return { ways: { channels, quiet, ...known }, push, sendCode, sendWord }
}
