import { setTimeout as pause } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import type { Sender } from './street.ts'
import { openWire, type Wire } from './wire.ts'

/** What a device sent and had acknowledged, by sequence. Several may speak over one wire. */
export type Line = {
  sender: Sender
  wire: Wire
  next: number
  sent: Map<number, string>
  acknowledged: Set<number>
  /** Copies that were acknowledged, for whatever reason they were sent. */
  copies: number
}

export function openLines(
  senders: readonly Sender[],
  mqttPort: number,
  silentMsMax?: number,
): Line[] {
  return senders.map((sender) => lineOver(sender, wireOf(sender, mqttPort, silentMsMax)))
}

export function wireOf(sender: Sender, mqttPort: number, silentMsMax?: number): Wire {
  const { username, password, device: clientId } = sender
  return openWire({ username, password, clientId }, mqttPort, silentMsMax)
}

/** The same device on another line: it counts on, and remembers what it said. */
export function overOtherLine(line: Line, mqttPort: number): Line {
  line.wire.end()
  return { ...line, wire: wireOf(line.sender, mqttPort) }
}

export function lineOver(sender: Sender, wire: Wire): Line {
  return { sender, wire, next: 1, sent: new Map(), acknowledged: new Set(), copies: 0 }
}

export async function untilUp(lines: readonly Line[]): Promise<void> {
  while (!lines.every((line) => line.wire.isUp())) await pause(20)
}

/** A message with the device's next number. Resolves at PUBACK. */
export function send(line: Line, at: number, state: string): Promise<void> {
  return sendAgain(line, note(line, at, state))
}

/** A number taken and a payload written, but nothing sent yet. */
export function note(line: Line, at: number, state: string): number {
  const seq = line.next++
  line.sent.set(seq, JSON.stringify({ seq, at: Math.round(at), state }))
  return seq
}

/** Sends a noted message, for the first time or as a copy of itself. */
export async function sendAgain(line: Line, seq: number): Promise<void> {
  const isCopy = line.acknowledged.has(seq)
  await line.wire.publish(line.sender.topic, line.sent.get(seq) ?? '')
  line.acknowledged.add(seq)
  if (isCopy) line.copies++
}

/**
 * Two messages as they come in the field: one in ten is sent twice, at once or long after, and one
 * pair in ten in the wrong order.
 */
export async function sendUnruly(
  line: Line,
  at: number,
  states: readonly [string, string],
  chance: Chance,
): Promise<void> {
  const pair = [note(line, at, states[0]), note(line, at, states[1])]
  if (chance() < 0.1) pair.reverse()
  const sending = pair.map((seq) => sendAgain(line, seq))
  if (chance() < 0.2) {
    const seq = chance() < 0.5 ? (pair[0] ?? 1) : 1 + Math.floor(chance() * (line.next - 1))
    await Promise.race(sending)
    sending.push(sendAgain(line, seq))
  }
  await Promise.all(sending)
}

/** Sends without pause until told to stop; every message is waited for. */
export function keepSending(lines: readonly Line[], once: (line: Line) => Promise<void>) {
  let isOver = false
  const sending = lines.map(async (line) => {
    while (!isOver) await once(line)
  })
  return async () => {
    isOver = true
    await Promise.all(sending)
  }
}

export function acknowledgedBy(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + line.acknowledged.size, 0)
}

export function closeAll(lines: readonly Line[]): void {
  for (const { wire } of lines) wire.end()
}
