/**
 * Whose loss is it? Every sensor is looked at after every instant at which something was heard or a
 * limit passed. A sibling that was heard after the limit shows that the gateway worked: then the
 * sensor itself is lost. All of several lost: their gateway.
 */
import type { Instant } from '../../../src/kernel/clock.ts'
import type { Message, StreetFinding, StreetSensor } from '../../../src/watch/scenarios/index.ts'
import type { Scene } from '../scene.ts'
import { byEvent, clamped, type Heard } from './history.ts'
import { linesOf, settledLine, type When } from './lines.ts'

type Watched = {
  sensor: StreetSensor
  heardAt: Instant | null
  told: 'device' | 'gateway' | null
  backAt: Instant | null
}
type LossFinding = Extract<
  StreetFinding,
  { is: 'device-lost' | 'device-back' | 'gateway-lost' | 'gateway-back' }
>

/** With the instant at which it was seen, which is after the one that it carries, by a look. */
export type Loss = { finding: LossFinding; seenAt: Instant; when: When }

export function lossesOf(scene: Scene): Loss[] {
  const watched = new Map<string, Watched>()
  const found: Loss[] = []
  let waiting: Heard[] = []
  let settledAt = scene.start - scene.settleMs
  const lookAt = (at: Instant, seenAt: Instant, when: When) => {
    const seen: LossFinding[] = []
    look(watched, at, seen)
    for (const finding of seen) found.push({ finding, seenAt, when })
  }
  const lines = linesOf(scene)
  for (const [number, act] of scene.acts.entries()) {
    const when = lines[number]
    if (when === undefined) continue
    if (act.do === 'add-sensor') {
      const { sensor } = act
      watched.set(sensor.sensor, { sensor, heardAt: sensor.heardAt, told: null, backAt: null })
    } else if (act.do === 'remove-sensor') {
      watched.delete(act.sensor)
      waiting = waiting.filter(({ message }) => message.sensor !== act.sensor)
    } else if (act.do === 'take') {
      const at = clamped(act.message)
      const isKnown = watched.has(act.message.sensor)
      // Too late for the rules, but that it spoke is known from now on.
      if (isKnown && at <= settledAt) hear(watched, act.message, settledAt)
      else if (isKnown) waiting.push({ at, message: act.message, act: number })
    } else if (act.do === 'advance') {
      const until = Math.max(settledAt, act.now - scene.settleMs)
      waiting.sort(byEvent)
      lookAt(settledAt, settledLine.seenAt(when), when)
      for (;;) {
        const next = Math.min(
          waiting[0]?.at ?? Infinity,
          nextLimit([...watched.values()], settledAt),
        )
        if (next > until) break
        settledAt = next
        while (waiting[0] && waiting[0].at <= next) hear(watched, waiting.shift()?.message, next)
        lookAt(next, next, when)
      }
      settledAt = until
    }
  }
  return found
}

function hear(watched: Map<string, Watched>, message: Message | undefined, knownAt: Instant): void {
  const one = watched.get(message?.sensor ?? '')
  if (!one || !message) return
  const at = clamped(message)
  if (one.heardAt !== null && at <= one.heardAt) return
  one.heardAt = at
  // In the order of events it was back then; what came too late and was old then is no proof.
  const isFresh = knownAt - at <= one.sensor.limitMs
  if (one.told !== null && isFresh) one.backAt ??= at
}

function limitOf({ sensor, heardAt }: Watched): Instant {
  return (heardAt ?? sensor.since) + sensor.limitMs
}

function nextLimit(watched: readonly Watched[], after: Instant): Instant {
  return Math.min(...watched.map((one) => limitOf(one) + 1).filter((at) => at > after))
}

function look(watched: Map<string, Watched>, at: Instant, found: LossFinding[]): void {
  const all = [...watched.values()]
  const gateways = new Set(all.flatMap(({ sensor }) => sensor.gateway ?? []))
  const behind = (gateway: string) => all.filter(({ sensor }) => sensor.gateway === gateway)
  for (const gateway of gateways) gatewayBack(gateway, behind(gateway), found)
  for (const one of all) {
    if (one.backAt === null) continue
    if (one.told === 'device') {
      found.push({ is: 'device-back', sensor: one.sensor.sensor, at: one.backAt })
    }
    one.told = null
    one.backAt = null
  }
  for (const one of all) if (one.sensor.gateway === null) lose(one, at, found)
  for (const gateway of gateways) loseBehind(gateway, behind(gateway), at, found)
}

function gatewayBack(gateway: string, members: readonly Watched[], found: LossFinding[]): void {
  const silenced = members.filter((one) => one.told === 'gateway')
  const backs = members.flatMap((one) => one.backAt ?? [])
  if (silenced.length === 0 || backs.length === 0) return
  found.push({ is: 'gateway-back', gateway, at: Math.min(...backs) })
  for (const one of silenced) {
    one.told = null
    one.backAt = null
  }
}

function isOverdue(one: Watched, at: Instant): boolean {
  return at > limitOf(one)
}

function lose(one: Watched, at: Instant, found: LossFinding[]): void {
  if (one.told !== null || !isOverdue(one, at)) return
  one.told = 'device'
  const { sensor, heardAt } = one
  found.push({ is: 'device-lost', sensor: sensor.sensor, heardAt, at: limitOf(one) })
}

function loseBehind(
  gateway: string,
  members: readonly Watched[],
  at: Instant,
  found: LossFinding[],
): void {
  const workedUntil = Math.max(...members.map((one) => one.heardAt ?? -Infinity))
  const held: Watched[] = []
  for (const one of members) {
    if (one.told !== null || !isOverdue(one, at)) continue
    if (members.length > 1 && workedUntil <= limitOf(one)) held.push(one)
    else lose(one, at, found)
  }
  if (held.length === 0 || !members.every((one) => isOverdue(one, at))) return
  const isTold = members.some((one) => one.told === 'gateway')
  for (const one of held) one.told = 'gateway'
  if (isTold) return
  const heard = members.flatMap((one) => one.heardAt ?? [])
  const heardAt = Math.max(...(heard.length > 0 ? heard : members.map((one) => one.sensor.since)))
  const sensors = members.map((one) => one.sensor.sensor).toSorted()
  const lostAt = Math.max(...members.map(limitOf))
  found.push({ is: 'gateway-lost', gateway, sensors, heardAt, at: lostAt })
}
