import { setTimeout as pause } from 'node:timers/promises'
import { openLedger } from './ledger.ts'
import { closeAll, keepSending, openLines, send, untilUp, type Line } from './senders.ts'
import { openStreet, type Kind, type Street } from './street.ts'
import { Victim } from './victim.ts'

/** Half a minute past the hour, so that what is sent at first lies in one. */
export const townStart = Date.parse('2026-07-07T08:00:30+08:00')

export type Scene = AsyncDisposable & { victim: Victim; street: Street; lines: Line[] }

type SceneWish = { victim?: Victim; hasDisk?: boolean; kind?: Kind; heartbeatSeconds?: number }

/** A program with so many homes, a card door each that is connected, and a ledger. */
export async function openScene(homes: number, wish: SceneWish = {}): Promise<Scene> {
  const { kind = 'door-access', hasDisk = false, heartbeatSeconds } = wish
  const victim = wish.victim ?? new Victim({ aheadMs: townStart - Date.now(), hasDisk })
  try {
    await victim.start()
    const street = await openStreet(victim, homes, () => kind, heartbeatSeconds)
    await openLedger(victim)
    const senders = street.homes.map((home) => home.sender)
    const lines = openLines(senders, victim.ports.mqtt)
    await untilUp(lines)
    const close = async () => {
      closeAll(lines)
      await victim[Symbol.asyncDispose]()
    }
    return { victim, street, lines, [Symbol.asyncDispose]: close }
  } catch (why) {
    await victim[Symbol.asyncDispose]()
    throw why
  }
}

/** All lines speak, a message each every `everyMs`, until the answer is called. */
export function chatter(victim: Victim, lines: readonly Line[], everyMs = 40) {
  return keepSending(lines, async (line) => {
    await send(line, victim.now(), 'granted')
    await pause(everyMs)
  })
}
