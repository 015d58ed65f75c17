import { biometricField } from '../../../kernel/biometric.ts'
import { measures, type Field, type Format, type Model } from '../../devices/index.ts'
import type { Fact, Said } from '../types.ts'
import { isLoud, settle } from './facts.ts'
import type { Refused } from './index.ts'
import { stepsOf, type Step } from './steps.ts'
import * as values from './values.ts'

/** What a device stored while nobody heard it comes as a list, so long at most. */
const storedMax = 200

/**
 * One message, or one stored item of it, field by field. `isHeard`: a declared field was there;
 * `isSpoken`: with a value. `odd` is the first field with a value that is not declared.
 */
type Part = Said & { isHeard: boolean; isSpoken: boolean; odd: string | null }

/**
 * What a message says by its model's declared fields. What is stored in a list comes first, each
 * item with its own time and without a sequence: it is known by its time and state. The message
 * itself comes last, as a heartbeat if it only carried the list. Nothing at all (`[]`) where every
 * declared field is null. A value that is not declared refuses the message, unless something loud
 * stands beside it: an alarm is not lost to an odd value.
 */
export function readByModel(model: Model, body: unknown): Said[] | Refused {
  if (!values.isBody(body)) return { refused: 'malformed', because: 'not an object' }
  const biometric = biometricField(body)
  if (biometric !== undefined) return { refused: 'biometric', because: biometric }
  const steps = stepsOf(model)
  const whole = readPart(steps.whole, body, model.format)
  const stored: Part[] = []
  for (const list of steps.lists) {
    const items = values.valueAt(body, list.path) ?? []
    if (!Array.isArray(items)) return undeclared(list.path.join('.'))
    if (items.length + stored.length > storedMax) {
      return { refused: 'too-large', because: `more than ${storedMax} stored items` }
    }
    for (const item of items) stored.push(readStored(list.steps, item, model.format, list.path))
  }
  return sayAll(model, whole, stored)
}

function sayAll(model: Model, whole: Part, stored: readonly Part[]): Said[] | Refused {
  const parts = [...stored, whole]
  const odd = parts.find((part) => part.odd !== null)?.odd ?? null
  if (odd !== null && !parts.some(({ facts }) => facts.some(isLoud))) return undeclared(odd)
  if (!whole.isHeard && stored.length === 0) {
    return { refused: 'undeclared', because: `none of the fields that ${model.model} declares` }
  }
  if (!whole.isSpoken && stored.length === 0) return []
  const told = stored.filter(({ at, facts }) => at !== null && facts.length > 0)
  return [...told.toSorted((one, other) => (one.at ?? 0) - (other.at ?? 0)), whole].map(saidOf)
}

function undeclared(field: string): Refused {
  return { refused: 'undeclared', because: `${field} holds a value that is not declared` }
}

function saidOf({ sequence, at, facts, battery, isBatteryLow, isTampered }: Part): Said {
  return { sequence, at, facts, battery, isBatteryLow, isTampered }
}

/** Without a time of its own a stored item would look like now. Its battery is of then. */
function readStored(
  steps: readonly Step[],
  item: unknown,
  format: Format,
  list: readonly string[],
): Part {
  const part = readPart(steps, values.isBody(item) ? item : {}, format)
  if (part.odd !== null || part.at !== null) {
    return { ...part, battery: null, isBatteryLow: null, isTampered: null }
  }
  return { ...part, facts: [], odd: `${list.join('.')}[]` }
}

function readPart(steps: readonly Step[], body: values.Body, format: Format): Part {
  const part = { ...emptyPart }
  const facts: Fact[] = []
  const heard = new Set<Step>()
  for (const step of steps) {
    const value = values.valueAt(body, step.path)
    // zigbee2mqtt writes null for what it never heard, and an empty action after each action.
    const isEmpty = value === null || (value === '' && format === 'zigbee2mqtt')
    if (value !== undefined) part.isHeard = true
    if (isEmpty) continue
    const isRead = value === undefined ? readMissing(step, steps, body, part, facts) : true
    if (!isRead) continue
    heard.add(step)
    part.isSpoken = true
    if (value !== undefined && !readField(step.field, value, part, facts)) {
      part.odd ??= step.field.path
    }
  }
  // zigbee2mqtt repeats all that it knows in every message; other devices send one field at a time.
  const isWhole = (fact: Fact) =>
    format === 'zigbee2mqtt' || steps.every((step) => heard.has(step) || !canSay(step.field, fact))
  part.facts = settle(facts, isWhole)
  return part
}

const emptyPart: Part = {
  sequence: null,
  at: null,
  facts: [],
  battery: null,
  isBatteryLow: null,
  isTampered: null,
  isHeard: false,
  isSpoken: false,
  odd: null,
}

function canSay(field: Field, { kind, state }: Fact): boolean {
  return (
    field.reads === 'state' && field.kind === kind && Object.values(field.values).includes(state)
  )
}

/**
 * Servers may leave out what is false. That is believed only where it is declared and the field's
 * own group came: empty, or with a field of it that is declared.
 */
function readMissing(
  { field, path }: Step,
  steps: readonly Step[],
  body: values.Body,
  part: Part,
  facts: Fact[],
): boolean {
  if (!('missing' in field) || field.missing === undefined) return false
  const above = path.slice(0, -1)
  const group = values.valueAt(body, above)
  if (!values.isBody(group)) return false
  const isOurs = steps.some(
    (one) =>
      one.path.length === path.length &&
      above.every((name, at) => one.path[at] === name) &&
      Object.hasOwn(group, one.path.at(-1) ?? ''),
  )
  if (!isOurs && Object.keys(group).length > 0) return false
  part.isHeard = true
  if (field.reads === 'state') facts.push({ kind: field.kind, state: field.missing, value: null })
  else note(part, field.reads, field.missing)
  return true
}

/** False where the value is not one that the field declares. */
function readField(field: Field, value: unknown, part: Part, facts: Fact[]): boolean {
  switch (field.reads) {
    case 'state': {
      const state = values.declared(field.values, value)
      if (typeof state === 'string') facts.push({ kind: field.kind, state, value: null })
      return state !== undefined
    }
    case 'measure': {
      const whole = values.wholeIn(value, field.per)
      if (whole === undefined) return false
      facts.push({ kind: measures[field.measure], state: field.measure, value: whole })
      return true
    }
    case 'battery':
      part.battery = values.percentIn(value)
      return true
    case 'battery-low':
    case 'tampered': {
      const truth = values.declared(field.values, value)
      if (truth !== undefined) note(part, field.reads, truth)
      return truth !== undefined
    }
    case 'time': {
      const at = values.momentIn(value, field.as)
      part.at = at ?? null
      return at !== undefined
    }
    case 'sequence': {
      const sequence = values.sequenceIn(value)
      part.sequence = sequence ?? null
      return sequence !== undefined
    }
    case 'nothing':
      return true
    default:
      return field satisfies never
  }
}

/** True of one of its batteries or lids is true of the device. */
function note(part: Part, what: 'battery-low' | 'tampered', truth: boolean): void {
  if (what === 'tampered') part.isTampered = part.isTampered === true || truth
  else part.isBatteryLow = part.isBatteryLow === true || truth
}
