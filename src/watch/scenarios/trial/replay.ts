import { dayMs, hourMs, type Instant } from '../../../kernel/clock.ts'
import type { HomeCode } from '../../../kernel/ids.ts'
import { moments, type DevicePurpose } from '../../devices/index.ts'
import { isSignOfLife } from '../../sensing/index.ts'
import type { Definition } from '../definition/index.ts'
import { createStreetKernel, type ReplayKernel } from '../kernel/index.ts'
import type { StreetFinding } from '../kernel/street-types.ts'
import { canBeTried } from './matters.ts'
import { onOwnWord } from './own-word.ts'
import { limitMsOf, openHeard, type OwnCoverage, type OwnSilence } from './replay-heard.ts'
import { latenessMsUsual, readLine, restOf, type OwnLine } from './replay-lines.ts'
import { ownStreet, type OwnMapping, type OwnSensor } from './replay-mapping.ts'
import { ReplayRefusalError } from './replay-refusal.ts'
import type { DayKind } from './types.ts'

/**
 * `isConsented`: the file's owner says that those whose readings these are agreed. Without it a
 * rule over personal readings has nobody to judge and is refused.
 */
export type ReplayWish = {
  definition: Definition
  mapping: OwnMapping
  isConsented: boolean
  dayKind: (day: string) => DayKind | undefined
}

/** A finding with places and sensors as the file's owner calls them. */
export type OwnFinding = {
  is: StreetFinding['is']
  subject: string
  at: Instant
  silentMs: number | null
  signals: { sensor: string; state: string; at: Instant }[]
}

export type ReplayReport = {
  rule: string
  lines: number
  first: Instant
  last: Instant
  /** Of each sort; `findings` are the first thousand. */
  counts: Partial<Record<StreetFinding['is'], number>>
  findings: OwnFinding[]
  tooLate: number
  coverage: OwnCoverage[]
  silences: OwnSilence[]
  /** In the mapping, and nothing of them in the file. */
  neverSpoke: string[]
}

const findingsMax = 1_000
/** Longer without a single line is taken for a mistake in the times. */
const holeMsMax = 366 * dayMs

/**
 * A log, line by line, judged by one rule. Memory is bounded by the sensors, not by the lines.
 * @throws ReplayRefusalError with the line
 */
export async function replay(
  lines: AsyncIterable<string>,
  wish: ReplayWish,
): Promise<ReplayReport> {
  refuseRule(wish)
  let run: Run | undefined
  let number = 0
  let read = 0
  for await (const text of lines) {
    number++
    const plain = number === 1 ? text.replace(/^\uFEFF/, '') : text
    if (plain.trim() === '') continue
    const line = readLine(plain, number, (name) => wish.mapping.named(name))
    run ??= openRun(wish, line.at)
    takeLine(run, line, number)
    read++
  }
  if (!run) throw new ReplayRefusalError({ zh: '文件里没有一行', en: 'the file has no lines' })
  return reportOf(run, wish, read)
}

function refuseRule({ definition, isConsented }: ReplayWish): void {
  if (!canBeTried(definition)) {
    throw new ReplayRefusalError({
      zh: `${definition.rule} 按每日合计与同楼各户比较，一份日志里没有`,
      en: `${definition.rule} compares daily sums of a whole building; a log has none`,
    })
  }
  if (definition.consent === null || isConsented) return
  throw new ReplayRefusalError({
    zh: `${definition.rule} 判断个人的动静，没有同意就不能算。数据里的人都同意的话，加 --consented`,
    en: `${definition.rule} judges personal readings and cannot without consent. If everybody in the file agreed, add --consented`,
  })
}

type End = { at: Instant; state: string }
type Run = {
  wish: ReplayWish
  kernel: ReplayKernel
  begin: Instant
  first: Instant
  newest: Instant
  /** Judged up to here. */
  station: Instant
  order: number
  known: Set<string>
  homes: Set<string>
  spoke: Set<string>
  ends: Map<string, End>
  nextEnd: Instant
  heard: ReturnType<typeof openHeard>
  counts: ReplayReport['counts']
  findings: OwnFinding[]
}

function openRun(wish: ReplayWish, first: Instant): Run {
  const { definition, dayKind, mapping } = wish
  // The first lines too may be out of order.
  const begin = first - latenessMsUsual
  const kernel = createStreetKernel({ start: begin, dayKind })
  kernel.addRule({ key: definition.rule, street: ownStreet, definition, isShadow: false })
  const run: Run = {
    ...{ wish, kernel, begin, first, newest: first, station: begin, order: 0, nextEnd: Infinity },
    ...{ known: new Set(), homes: new Set(), spoke: new Set(), ends: new Map() },
    ...{ counts: {}, findings: [] },
    heard: openHeard(first),
  }
  // Of a sensor without heartbeats only its lines show that it is there at all.
  for (const sensor of mapping.sensors) if (sensor.heartbeatSeconds !== null) meet(run, sensor)
  return run
}

function meet(run: Run, { name, kind, place, ...more }: OwnSensor): void {
  if (run.known.has(name)) return
  run.known.add(name)
  const { kernel, wish, begin } = run
  const sensor = { name, kind, place, ...more }
  kernel.addSensor({
    ...{ sensor: name, street: ownStreet, kind, place, heardAt: null },
    ...{ gateway: null, purpose: ownPurpose(wish), since: run.station },
    limitMs: limitMsOf(sensor) ?? holeMsMax,
  })
  const { consent } = wish.definition
  if (consent !== null && !run.homes.has(place)) {
    run.homes.add(place)
    kernel.agree(onOwnWord(place as HomeCode, 'agreed-care', ownStreet, begin))
    if (consent === 'wandering-guard') {
      kernel.agree(onOwnWord(place as HomeCode, consent, ownStreet, begin))
    }
  }
  run.heard.add(sensor)
}

/** A device of a file serves no purpose of its own but that of the rule. */
function ownPurpose({ definition }: ReplayWish): DevicePurpose {
  return definition.purpose === 'device-operation' ? 'public-space' : definition.purpose
}

function takeLine(run: Run, line: OwnLine, number: number): void {
  const sensor = run.wish.mapping.named(line.sensor)
  if (!sensor) return
  meet(run, sensor)
  refuseTime(run, line.at, number)
  if (line.at > run.newest) {
    endsUpTo(run, line.at)
    stationsUpTo(run, line.at)
    run.newest = line.at
  }
  run.first = Math.min(run.first, line.at)
  say(run, sensor, line.at, line.state, line.value)
  if (line.state !== null && !moments.has(line.state)) plan(run, sensor, line)
}

function refuseTime({ newest }: Run, at: Instant, number: number): void {
  if (at < newest - latenessMsUsual) {
    const late = Math.round((newest - at) / 1_000)
    throw new ReplayRefusalError(
      {
        zh: `比前面最新的一行早 ${late} 秒，超过 ${latenessMsUsual / 1_000} 秒；请先按时间排序`,
        en: `is ${late} s older than the newest line before it, more than ${latenessMsUsual / 1_000} s: sort the file by time first`,
      },
      number,
    )
  }
  if (at - newest <= holeMsMax) return
  throw new ReplayRefusalError(
    { zh: '比上一行晚一年多：时间的单位对吗？', en: 'more than a year after the line before' },
    number,
  )
}

/** The state ends by itself, unless the sensor says something else before. */
function plan(run: Run, { name, kind }: OwnSensor, { at, state, lastsMs }: OwnLine): void {
  const rest = state === null ? undefined : restOf(kind, state)
  const until = lastsMs === null ? at : at + lastsMs
  const before = run.ends.get(name)
  if (rest === undefined || lastsMs === null || lastsMs === 0) {
    if (before && until >= before.at) run.ends.delete(name)
    if (rest === undefined) run.ends.delete(name)
    return
  }
  run.ends.set(name, { at: Math.max(until, before?.at ?? 0), state: rest })
  run.nextEnd = Math.min(run.nextEnd, until)
}

function endsUpTo(run: Run, at: Instant): void {
  if (at < run.nextEnd) return
  const due = [...run.ends].filter(([, end]) => end.at <= at)
  for (const [name, end] of due.toSorted((a, b) => a[1].at - b[1].at)) {
    const sensor = run.wish.mapping.named(name)
    run.ends.delete(name)
    if (!sensor) continue
    stationsUpTo(run, end.at)
    run.newest = Math.max(run.newest, end.at)
    say(run, sensor, end.at, end.state, null)
  }
  run.nextEnd = Math.min(Infinity, ...[...run.ends.values()].map((end) => end.at))
}

function say(
  run: Run,
  { name, kind, ...more }: OwnSensor,
  at: Instant,
  state: string | null,
  value: number | null,
): void {
  const isSign = state !== null && isSignOfLife(kind, state)
  run.kernel.take({
    ...{ sensor: name, at, arrivedAt: Math.max(at, run.newest), order: ++run.order },
    isSignOfLife: isSign,
    facts: state === null ? [] : [{ kind, state, value }],
  })
  run.spoke.add(name)
  run.heard.spoke({ name, kind, ...more }, at, isSign)
}

/** A look every hour of the log's own time; sensors without heartbeats are taken to work. */
function stationsUpTo(run: Run, now: Instant): void {
  while (run.station < now) {
    const next = Math.min(now, run.station - (run.station % hourMs) + hourMs)
    // Only whole hours are looked at: a log of many lines a second is not looked at for each.
    if (next % hourMs !== 0) return
    look(run, next)
  }
}

function look(run: Run, now: Instant): void {
  for (const name of run.known) {
    const sensor = run.wish.mapping.named(name)
    if (sensor?.heartbeatSeconds !== null) continue
    run.kernel.cover(run.kernel.sensorId(name), run.station, now)
  }
  run.station = now
  for (const finding of run.kernel.advance(now)) keep(run, finding)
}

function keep(run: Run, finding: StreetFinding): void {
  run.counts[finding.is] = (run.counts[finding.is] ?? 0) + 1
  if (run.findings.length < findingsMax) run.findings.push(ownFinding(run, finding))
}

function ownFinding({ wish }: Run, finding: StreetFinding): OwnFinding {
  const { is, at } = finding
  const silence = is === 'raised' ? finding.silence : null
  const signals = is === 'raised' || is === 'joined' ? finding.signals : []
  const subject = subjectOf(finding)
  const home = wish.mapping.sensors.find(({ place }) => place === subject)
  return {
    ...{ is, at, subject: home?.placeName ?? subject, silentMs: silence?.silentMs ?? null },
    signals: signals.map(({ sensor, state, at: when }) => ({ sensor, state, at: when })),
  }
}

function subjectOf(finding: StreetFinding): string {
  if ('subject' in finding) return finding.subject
  return 'sensor' in finding ? finding.sensor : finding.gateway
}

/** What fell due after the last line is not known and not told. */
function reportOf(run: Run, { definition, mapping }: ReplayWish, lines: number): ReplayReport {
  // What the last lines say that lasted is over when they say so.
  endsUpTo(run, Infinity)
  const { newest: last, first } = run
  look(run, last)
  for (const finding of run.kernel.advance(last + latenessMsUsual)) {
    if (finding.at <= last) keep(run, finding)
  }
  const { coverage, silences } = run.heard.report(last)
  return {
    ...{ rule: definition.rule, lines, first, last, counts: run.counts, findings: run.findings },
    ...{ tooLate: run.kernel.tooLate(), coverage, silences },
    neverSpoke: mapping.sensors.filter(({ name }) => !run.spoke.has(name)).map(({ name }) => name),
  }
}
