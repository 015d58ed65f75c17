/** A scene, judged by the kernel: as it runs in the program, with saves and kills. */
import type { Instant } from '../../src/kernel/clock.ts'
import {
  createStreetKernel,
  type Agreement,
  type Message,
  type Progress,
  type RuleInUse,
  type SavedSensor,
  type StreetFinding,
  type StreetKernel,
  type StreetSensor,
  type SubjectState,
} from '../../src/watch/scenarios/index.ts'
import type { Act, Scene } from './scene.ts'

/** What lasts: the registry, the rules, the agreements, the stream, and what was saved. */
type Lasting = {
  sensors: Map<string, StreetSensor>
  rules: Map<string, RuleInUse>
  agreements: Map<string, Agreement>
  stream: Message[]
  turns: Extract<Act, { do: 'condition' }>[]
  subjects: Map<string, SubjectState>
  heard: Map<string, SavedSensor>
  progress: Progress | null
}

export function judgeFast(scene: Scene): StreetFinding[] {
  const lasting: Lasting = {
    ...{ sensors: new Map(), rules: new Map(), agreements: new Map() },
    ...{ stream: [], turns: [] },
    ...{ subjects: new Map(), heard: new Map(), progress: null },
  }
  const found: StreetFinding[] = []
  let kernel = openKernel(scene, scene.start)
  let now = scene.start
  for (const act of scene.acts) {
    if (act.do === 'advance') now = act.now
    if (act.do === 'save' || act.do === 'kill') {
      // As the program does: what was found is told with what is saved.
      found.push(...kernel.advance(now))
      save(kernel, lasting)
      if (act.do === 'kill') kernel = reopen(scene, lasting, now)
    } else found.push(...does(kernel, lasting, act))
  }
  return found
}

function openKernel({ settleMs, dayKind }: Scene, start: Instant): StreetKernel {
  return createStreetKernel({ start, settleMs, dayKind })
}

function does(
  kernel: StreetKernel,
  lasting: Lasting,
  act: Exclude<Act, { do: 'save' | 'kill' }>,
): StreetFinding[] {
  switch (act.do) {
    case 'add-sensor':
      lasting.sensors.set(act.sensor.sensor, act.sensor)
      kernel.addSensor(act.sensor)
      return []
    case 'remove-sensor':
      lasting.sensors.delete(act.sensor)
      lasting.heard.delete(act.sensor)
      // What it said at its old place is not read again for the new one.
      lasting.stream = lasting.stream.filter((one) => one.sensor !== act.sensor)
      lasting.turns = lasting.turns.filter((one) => one.sensor !== act.sensor)
      kernel.removeSensor(act.sensor)
      return []
    case 'add-rule':
      lasting.rules.set(act.rule.key, act.rule)
      kernel.addRule(act.rule)
      return []
    case 'agree':
      lasting.agreements.set(act.agreement.consent.consent, act.agreement)
      kernel.agree(act.agreement)
      return []
    case 'end-agreement':
      lasting.agreements.delete(act.consent)
      kernel.endAgreement(act.consent)
      return []
    case 'set-away':
      for (const [id, one] of lasting.agreements) {
        if (one.home === act.home) lasting.agreements.set(id, { ...one, awayUntil: act.until })
      }
      kernel.setAway(act.home, act.until, act.now)
      return []
    case 'take':
      lasting.stream.push(act.message)
      kernel.take(act.message)
      return []
    case 'condition':
      lasting.turns.push(act)
      kernel.setCondition(act.sensor, act.condition, act.isSo, act.at)
      return []
    case 'close':
      kernel.close(act.key, act.subject, act.at)
      return []
    case 'advance':
      return kernel.advance(act.now)
    default:
      return act satisfies never
  }
}

/** As the program saves: in one transaction, through text. */
function save(kernel: StreetKernel, lasting: Lasting): void {
  const { subjects, sensors } = kernel.changed()
  for (const one of subjects) {
    const kept = JSON.parse(JSON.stringify(one)) as SubjectState
    const name = `${one.rule} ${one.subject}`
    if (kept.state === null) lasting.subjects.delete(name)
    else lasting.subjects.set(name, kept)
  }
  for (const one of sensors) lasting.heard.set(one.sensor, one)
  lasting.progress = kernel.progress()
}

function reopen(scene: Scene, lasting: Lasting, now: Instant): StreetKernel {
  const kernel = openKernel(scene, now)
  const { progress } = lasting
  for (const sensor of lasting.sensors.values()) {
    const saved = lasting.heard.get(sensor.sensor)
    kernel.addSensor({ ...sensor, heardAt: saved?.heardAt ?? null, lost: saved?.lost ?? null })
  }
  for (const rule of lasting.rules.values()) kernel.addRule(rule)
  for (const agreement of lasting.agreements.values()) kernel.agree(agreement)
  if (progress !== null) kernel.restore([...lasting.subjects.values()], progress)
  // What was said of devices and is not settled yet is said once more.
  for (const turn of lasting.turns) {
    if (turn.at <= (progress?.settledAt ?? -Infinity)) continue
    kernel.setCondition(turn.sensor, turn.condition, turn.isSo, turn.at)
  }
  const from = progress?.from ?? 0
  for (const message of lasting.stream) if (message.order >= from) kernel.take(message)
  return kernel
}
