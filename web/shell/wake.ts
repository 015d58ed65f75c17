import type { wakeBrowser } from '../../src/desks/delivery/api.ts'
import type { Language } from '../words/index.ts'
import { call, type Answered } from './call.ts'
import { registerWorker } from './register-worker.ts'
import { subscriptionNow, type Waking } from './sleep.ts'

/** Asks the person, then the browser's push service, then tells ours. */
export async function wake(key: string, language: Language): Promise<Waking> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied'
  const registration = await registerWorker()
  const applicationServerKey = bytesOf(key)
  const before = await registration.pushManager.getSubscription()
  // Of another key, as after a move to another machine: it would wake nobody.
  if (before && !isSame(before.options.applicationServerKey, applicationServerKey)) {
    await before.unsubscribe()
  }
  const made = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey,
  })
  return (await tell(made, language)).ok ? 'on' : 'off'
}

/** Whenever a page lives: the person and the language may be others than the last time. */
export async function wakeAgain(language: Language): Promise<void> {
  const made = await subscriptionNow()
  if (made) await tell(made, language)
}

function tell(made: PushSubscription, language: Language): Promise<Answered<unknown>> {
  const { endpoint } = made
  const [p256dh, auth] = (['p256dh', 'auth'] as const).map((name) => textOf(made.getKey(name)))
  const keys = { p256dh: p256dh ?? '', auth: auth ?? '' }
  return call<typeof wakeBrowser>('post', '/delivery/wake', { endpoint, ...keys, language })
}

function textOf(bytes: ArrayBuffer | null): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0))))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

function isSame(kept: ArrayBuffer | null, wanted: Uint8Array): boolean {
  const bytes = new Uint8Array(kept ?? new ArrayBuffer(0))
  return bytes.length === wanted.length && bytes.every((byte, at) => byte === wanted[at])
}
