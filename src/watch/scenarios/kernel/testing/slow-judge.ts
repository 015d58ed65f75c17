import type { Instant } from '../../../../kernel/clock.ts'
import type { AgreedPlan, Gap, Judgement, KernelFinding, Loss, WatchedSensor } from '../index.ts'

/**
 * The second judge: the same meaning, obvious and slow. It keeps every mark and every gap it was
 * told, joins none, and looks at everything at each question. Not made from the kernel's parts.
 */
type Sensor = {
  watched: WatchedSensor | null
  heard: Instant[]
  /** From when an unwatched sensor covers nothing. */
  openFrom: Instant
  told: Loss | null
  /** The first message that shows it is back. */
  back: Instant | null
}

type Plan = {
  agreed: AgreedPlan
  marks: Instant[]
  awayUntil: Instant | null
  gaps: Gap[]
  raised: boolean
}

type Found = { id: string; finding: KernelFinding }

export type SlowJudge = {
  plans: Map<string, Plan>
  sensors: Map<string, Sensor>
  tickedAt: Instant
}

export function createSlowJudge(start: Instant): SlowJudge {
  return { plans: new Map(), sensors: new Map(), tickedAt: start }
}

export function watch(judge: SlowJudge, watched: WatchedSensor): void {
  const sensor = sensorNamed(judge, watched.sensor)
  if (sensor.watched === null) {
    const to = watched.heardAt ?? watched.since
    addGap(judge, sensor, { from: sensor.openFrom, to })
    sensor.heard = watched.heardAt === null ? [] : [watched.heardAt]
    sensor.watched = watched
    return
  }
  const moved = sensor.watched.gateway !== watched.gateway
  const { since } = sensor.watched
  sensor.watched = { ...watched, since }
  if (moved && sensor.told === 'gateway') {
    sensor.told = null
    sensor.back = null
  }
  if (sensor.told !== null && alive(sensor, judge.tickedAt)) sensor.back ??= lastSign(sensor)
}

export function unwatch(judge: SlowJudge, name: string): void {
  const sensor = judge.sensors.get(name)
  if (!sensor?.watched) return
  sensor.openFrom = lastSign(sensor)
  sensor.watched = null
  sensor.told = null
  sensor.back = null
  dropUnused(judge)
}

export function arm(judge: SlowJudge, agreed: AgreedPlan): void {
  const old = judge.plans.get(agreed.plan)
  const gaps = [...(agreed.gaps ?? []), ...(old?.gaps ?? [])]
  for (const name of old?.agreed.sensors ?? []) {
    const sensor = judge.sensors.get(name)!
    const leaves = !agreed.sensors.includes(name)
    const from = sensor.watched ? lastSign(sensor) : sensor.openFrom
    if (leaves && !alive(sensor, judge.tickedAt)) gaps.push({ from, to: judge.tickedAt })
  }
  disarm(judge, agreed.plan)
  const { since, awayUntil, raised = false } = agreed
  const marks = [since, ...(old?.marks ?? [])]
  if (old && old.awayUntil !== null) marks.push(Math.min(old.awayUntil, judge.tickedAt))
  judge.plans.set(agreed.plan, { agreed, marks, awayUntil, gaps, raised })
  for (const name of agreed.sensors) sensorNamed(judge, name)
}

export function disarm(judge: SlowJudge, name: string): void {
  judge.plans.delete(name)
  dropUnused(judge)
}

export function heard(judge: SlowJudge, name: string, at: Instant, arrivedAt: Instant): boolean {
  const sensor = judge.sensors.get(name)
  if (!sensor?.watched) return false
  const when = Math.min(at, arrivedAt)
  const last = sensor.heard.at(-1)
  if (last !== undefined && when <= last) return true
  if (last === undefined) addGap(judge, sensor, { from: sensor.watched.since, to: when })
  else if (when - last > sensor.watched.limitMs) addGap(judge, sensor, { from: last, to: when })
  sensor.heard.push(when)
  const isFresh = arrivedAt - when <= sensor.watched.limitMs
  if (sensor.told !== null && isFresh) sensor.back ??= when
  return true
}

export function covered(judge: SlowJudge, name: string, from: Instant, to: Instant): boolean {
  if (!heard(judge, name, from, from)) return false
  const sensor = judge.sensors.get(name)!
  if (to <= sensor.heard.at(-1)!) return true
  sensor.heard.push(to)
  if (sensor.told !== null) sensor.back ??= to
  return true
}

export function signOfLife(judge: SlowJudge, name: string, at: Instant, arrivedAt: Instant) {
  if (!heard(judge, name, at, arrivedAt)) return false
  const when = Math.min(at, arrivedAt)
  for (const plan of servedBy(judge, judge.sensors.get(name)!)) {
    if (when <= sinceOf(plan, arrivedAt)) continue
    plan.marks.push(when)
    plan.raised = false
  }
  return true
}

export function setAway(judge: SlowJudge, name: string, until: Instant | null, now: Instant) {
  const plan = judge.plans.get(name)
  if (!plan) return
  const wasAway = plan.awayUntil !== null && plan.awayUntil > now
  if (!wasAway && plan.awayUntil !== null) plan.marks.push(plan.awayUntil)
  if (until !== null && until > now) {
    plan.awayUntil = until
    return
  }
  plan.awayUntil = null
  if (wasAway) plan.marks.push(now)
  else if (until !== null) plan.marks.push(until)
}

export function restart(judge: SlowJudge, name: string, at: Instant): void {
  const plan = judge.plans.get(name)
  if (!plan) return
  plan.marks.push(at)
  plan.raised = false
}

export function uncovered(judge: SlowJudge, name: string, gap: Gap): void {
  if (gap.to > gap.from) judge.plans.get(name)?.gaps.push(gap)
}

/** The program was down: what a new kernel cannot know from the saved state is forgotten. */
export function crash(judge: SlowJudge, now: Instant): void {
  judge.tickedAt = now
  for (const sensor of judge.sensors.values()) {
    if (!alive(sensor, now)) sensor.back = null
    else if (sensor.back !== null) sensor.back = lastSign(sensor)
    if (sensor.watched !== null) continue
    sensor.openFrom = -Infinity
    sensor.heard = []
  }
}

export function judgePlan(judge: SlowJudge, name: string, now: Instant): Judgement | undefined {
  const plan = judge.plans.get(name)
  if (!plan) return undefined
  if (plan.awayUntil !== null && plan.awayUntil > now)
    return { kind: 'away', until: plan.awayUntil }
  const lost = plan.agreed.sensors.filter((one) => !alive(judge.sensors.get(one)!, now))
  if (lost.length > 0 || plan.agreed.sensors.length === 0) {
    const starts = lost.map((one) => judge.sensors.get(one)!.heard.at(-1))
    const isKnown = lost.length > 0 && starts.every((start) => start !== undefined)
    return { kind: 'unknown', since: isKnown ? Math.min(...starts) : null, lost }
  }
  const since = sinceOf(plan, now)
  const silence = silenceOf(plan, since, now)
  if (confirmedAt(judge, plan, now) !== null) return { kind: 'silent', since, ...silence }
  return { kind: 'seen', at: since, silentMs: silence.silentMs }
}

function silenceOf(plan: Plan, since: Instant, now: Instant) {
  const gaps = union(plan.gaps, since, now)
  const gapMs = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0)
  return { silentMs: Math.max(0, now - since) - gapMs, gapMs, gaps }
}

/** The due moment, if each sensor has spoken at or after it. */
function confirmedAt(judge: SlowJudge, plan: Plan, now: Instant): Instant | null {
  const due = dueOf(plan, now)
  const sensors = plan.agreed.sensors.map((name) => judge.sensors.get(name)!)
  if (due === null || sensors.length === 0) return null
  const spoke = ({ watched, heard: all }: Sensor) => watched !== null && all.some((at) => at >= due)
  return sensors.every(spoke) ? due : null
}

export function tick(judge: SlowJudge, now: Instant): KernelFinding[] {
  judge.tickedAt = now
  const found: Found[] = [...backs(judge), ...losses(judge, now)]
  for (const [id, plan] of judge.plans) {
    const isAway = plan.awayUntil !== null && plan.awayUntil > now
    const at = isAway || plan.raised ? null : confirmedAt(judge, plan, now)
    if (at === null) continue
    plan.raised = true
    const since = sinceOf(plan, now)
    found.push({
      id,
      finding: { kind: 'silent', plan: id, since, ...silenceOf(plan, since, at), at },
    })
  }
  found.sort((a, b) => a.finding.at - b.finding.at || (a.id < b.id ? -1 : 1))
  return found.map(({ finding }) => finding)
}

function backs(judge: SlowJudge): Found[] {
  const found: Found[] = []
  for (const [gateway, members] of gatewaysOf(judge)) {
    const back = members.flatMap(([, sensor]) => sensor.back ?? [])
    const silenced = members.filter(([, sensor]) => sensor.told === 'gateway')
    if (back.length === 0 || silenced.length === 0) continue
    const at = Math.min(...back)
    found.push({ id: gateway, finding: { kind: 'gateway-back', gateway, at } })
    for (const [, sensor] of silenced) sensor.told = null
  }
  for (const [id, sensor] of judge.sensors) {
    if (sensor.back !== null && sensor.told === 'device') {
      found.push({ id, finding: { kind: 'device-back', sensor: id, at: sensor.back } })
      sensor.told = null
    }
    sensor.back = null
  }
  return found
}

function losses(judge: SlowJudge, now: Instant): Found[] {
  const found: Found[] = []
  const loseDevice = ([id, sensor]: [string, Sensor]) => {
    sensor.told = 'device'
    const heardAt = sensor.heard.at(-1) ?? null
    const at = overdueAt(sensor)
    found.push({ id, finding: { kind: 'device-lost', sensor: id, heardAt, at } })
  }
  const groups = [...gatewaysOf(judge)]
  for (const one of judge.sensors) if (one[1].watched?.gateway === null) groups.push(['', [one]])
  for (const [gateway, members] of groups) {
    const held: Sensor[] = []
    for (const one of members) {
      const [, sensor] = one
      if (sensor.told !== null || now <= overdueAt(sensor)) continue
      const isClear = members.some(([, other]) => {
        const last = other.heard.at(-1)
        if (other === sensor || last === undefined) return false
        return last > lastSign(sensor) + sensor.watched!.limitMs
      })
      if (isClear || members.length === 1) loseDevice(one)
      else held.push(sensor)
    }
    if (held.length === 0 || members.some(([, sensor]) => now <= overdueAt(sensor))) continue
    const isTold = members.some(([, sensor]) => sensor.told === 'gateway')
    for (const sensor of held) sensor.told = 'gateway'
    if (!isTold) found.push(gatewayLost(gateway, members))
  }
  return found
}

function gatewayLost(gateway: string, members: [string, Sensor][]): Found {
  const sensors = members.map(([name]) => name).toSorted()
  const last = members.flatMap(([, sensor]) => sensor.heard.slice(-1))
  const registered = members.map(([, sensor]) => sensor.watched!.since)
  const heardAt = Math.max(...(last.length > 0 ? last : registered))
  const at = Math.max(...members.map(([, sensor]) => overdueAt(sensor)))
  return { id: gateway, finding: { kind: 'gateway-lost', gateway, sensors, heardAt, at } }
}

function gatewaysOf(judge: SlowJudge): Map<string, [string, Sensor][]> {
  const watched = [...judge.sensors].filter(([, sensor]) => Boolean(sensor.watched?.gateway))
  return Map.groupBy(watched, ([, sensor]) => sensor.watched!.gateway!)
}

/** Between each two neighbouring ends of gaps, either all is covered or nothing. */
function union(gaps: readonly Gap[], since: Instant, now: Instant): Gap[] {
  const uncovered: Gap[] = []
  for (const [from, to] of stretches(gaps, since, now)) {
    if (!gaps.some((gap) => gap.from <= from && to <= gap.to)) continue
    const last = uncovered.at(-1)
    if (last?.to === from) last.to = to
    else uncovered.push({ from, to })
  }
  return uncovered
}

/** Null while covered silence has not reached the limit. */
function dueOf(plan: Plan, now: Instant): Instant | null {
  const since = sinceOf(plan, now)
  let leftMs = plan.agreed.silentMs
  for (const [from, to] of stretches(plan.gaps, since, now)) {
    if (plan.gaps.some((gap) => gap.from <= from && to <= gap.to)) continue
    if (to - from >= leftMs) return from + leftMs
    leftMs -= to - from
  }
  return null
}

function stretches(gaps: readonly Gap[], since: Instant, now: Instant): [Instant, Instant][] {
  const ends = gaps.flatMap((gap) => [gap.from, gap.to]).filter((end) => end > since && end < now)
  const points = [since, ...new Set(ends.toSorted((a, b) => a - b)), Math.max(since, now)]
  return points.slice(1).map((to, i) => [points[i]!, to])
}

function sinceOf(plan: Plan, now: Instant): Instant {
  const ended = plan.awayUntil !== null && plan.awayUntil <= now ? [plan.awayUntil] : []
  return Math.max(...plan.marks, ...ended)
}

function sensorNamed(judge: SlowJudge, name: string): Sensor {
  const known = judge.sensors.get(name)
  if (known) return known
  const sensor: Sensor = {
    watched: null,
    heard: [],
    openFrom: -Infinity,
    told: null,
    back: null,
  }
  judge.sensors.set(name, sensor)
  return sensor
}

function dropUnused(judge: SlowJudge): void {
  for (const [name, sensor] of judge.sensors) {
    const isUsed = sensor.watched !== null || servedBy(judge, sensor).length > 0
    if (!isUsed) judge.sensors.delete(name)
  }
}

function servedBy(judge: SlowJudge, sensor: Sensor): Plan[] {
  const names = (plan: Plan) => plan.agreed.sensors.map((name) => judge.sensors.get(name))
  return [...judge.plans.values()].filter((plan) => names(plan).includes(sensor))
}

function addGap(judge: SlowJudge, sensor: Sensor, gap: Gap): void {
  if (!(gap.to > gap.from)) return
  for (const plan of servedBy(judge, sensor)) plan.gaps.push(gap)
}

function alive(sensor: Sensor, now: Instant): boolean {
  const last = sensor.heard.at(-1)
  return sensor.watched !== null && last !== undefined && now - last <= sensor.watched.limitMs
}

function lastSign(sensor: Sensor): Instant {
  return sensor.heard.at(-1) ?? sensor.watched?.since ?? sensor.openFrom
}

function overdueAt(sensor: Sensor): Instant {
  return lastSign(sensor) + sensor.watched!.limitMs
}
