/** What people change while a street is judged. */
import { hourMs, type Instant } from '../../src/kernel/clock.ts'
import type { RuleInUse, StreetSensor } from '../../src/watch/scenarios/index.ts'
import type { Draw } from './chance.ts'
import { agreementOf, placeOf } from './homes.ts'
import type { Act } from './scene.ts'
import { subjectOf } from './slow/history.ts'
import type { Stage } from './stream.ts'

const conditions = ['battery-low', 'tampered', 'clock-wrong'] as const

export function changesAt(draw: Draw, stage: Stage, now: Instant): Act[] {
  const acts: Act[] = []
  const [rule] = draw.some(stage.rules, 1)
  const [sensor] = draw.some(stage.sensors, 1)
  if (rule === undefined || sensor === undefined) return acts
  if (draw.isLucky(0.04)) acts.push(...closing(rule, sensor, now))
  if (rule.definition.when.is === 'health' && draw.isLucky(0.3)) {
    const condition = draw.oneOf(conditions)
    const isSo = draw.isLucky(0.5)
    const at = draw.isLucky(0.8) ? now : now - draw.between(1, hourMs)
    acts.push({ do: 'condition', sensor: sensor.sensor, condition, isSo, at })
  }
  if (draw.isLucky(0.015)) acts.push(...moving(draw, stage, sensor, now))
  if (draw.isLucky(0.02)) acts.push(...agreeing(draw, stage, sensor, now))
  return acts
}

function closing({ key, definition }: RuleInUse, sensor: StreetSensor, at: Instant): Act[] {
  return [{ do: 'close', key, subject: subjectOf(sensor, definition.per), at }]
}

/** Taken from its place and put into another, under the same name. */
function moving(draw: Draw, stage: Stage, sensor: StreetSensor, now: Instant): Act[] {
  const moved = { ...sensor, place: placeOf(draw, sensor.purpose), since: now, heardAt: null }
  stage.sensors[stage.sensors.indexOf(sensor)] = moved
  return [
    { do: 'remove-sensor', sensor: sensor.sensor },
    { do: 'add-sensor', sensor: moved },
  ]
}

/** An agreement ends, and is perhaps given again at once; or is given. */
function agreeing(draw: Draw, { agreed }: Stage, sensor: StreetSensor, now: Instant): Act[] {
  if (sensor.purpose !== 'agreed-care') return []
  const purpose = draw.oneOf(['agreed-care', 'wandering-guard'] as const)
  const old = agreed.find((one) => one.home === sensor.place && one.consent.purpose === purpose)
  if (old) agreed.splice(agreed.indexOf(old), 1)
  const ending: Act[] = old ? [{ do: 'end-agreement', consent: old.consent.consent }] : []
  if (old && draw.isLucky(0.5)) return ending
  const agreement = agreementOf(sensor.place, purpose, now)
  agreed.push(agreement)
  return [...ending, { do: 'agree', agreement }]
}
