import type { letSleep } from '../../src/desks/delivery/api.ts'
import { call } from './call.ts'

/** `cannot`: this browser, or this address, has no such thing. `denied`: the person said no to it. */
export type Waking = 'cannot' | 'denied' | 'off' | 'on'

function canWake(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis
}

export async function wakingNow(): Promise<Waking> {
  if (!canWake()) return 'cannot'
  if (Notification.permission === 'denied') return 'denied'
  return (await subscriptionNow()) ? 'on' : 'off'
}

/** What wakes this telephone; most have none, and no page of theirs loads more than this. */
export async function subscriptionNow(): Promise<PushSubscription | null> {
  if (!canWake()) return null
  const registration = await navigator.serviceWorker.getRegistration('/')
  return (await registration?.pushManager.getSubscription()) ?? null
}

/** Before somebody signs out: here, since a slow line must not keep a telephone awake. */
export async function sleep(): Promise<Waking> {
  const made = await subscriptionNow()
  if (!made) return 'off'
  const { endpoint } = made
  await made.unsubscribe()
  await call<typeof letSleep>('post', '/delivery/let-sleep', { endpoint })
  return 'off'
}
