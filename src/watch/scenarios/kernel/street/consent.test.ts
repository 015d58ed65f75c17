import { expect, test } from 'vitest'
import type { ConsentId } from '../../../../kernel/ids.ts'
import type { Definition } from '../../definition/index.ts'
import {
  agreementOf,
  at,
  hour,
  home,
  heartbeats,
  kernelOf,
  key,
  messagesOf,
  ruleOf,
  sensorOf,
  signal,
  worded,
  type Saying,
} from './testing/lane.ts'

const door = sensorOf('door', { kind: 'door-contact', place: home, purpose: 'agreed-care' })
const care = { purpose: 'agreed-care', consent: 'agreed-care', per: 'home' } as const
const silence: Definition = ruleOf({ is: 'silence', signs: null, minutes: 60 }, { ...care })
const says: Saying[] = [...heartbeats('door', 0, 10 * hour), [30, 'door', 'open']]
const messages = messagesOf([door], says)
const given = 'consent agreed-care' as ConsentId

function livedUntil(kernel: ReturnType<typeof kernelOf>, until: number): string[] {
  for (const message of messages) if (message.arrivedAt <= at(until)) kernel.take(message)
  return worded(kernel.advance(at(until)))
}

test('without an agreement there is nobody to judge, and nothing to save', () => {
  const kernel = kernelOf(silence, [door])
  expect(livedUntil(kernel, 5 * hour)).toEqual([])
  kernel.agree(agreementOf('wandering-guard'))
  expect(worded(kernel.advance(at(6 * hour)))).toEqual([])
  expect(kernel.changed().subjects).toEqual([])
  expect(kernel.judge(key, home, at(6 * hour))).toBeUndefined()
})

test('with one, silence of life is found once and taken back at the next sign', () => {
  const kernel = kernelOf(silence, [door])
  kernel.agree(agreementOf('agreed-care'))
  expect(livedUntil(kernel, 5 * hour)).toEqual(['raised 90 501'])
  const [sign] = messagesOf([door], [[5 * hour + 5, 'door', 'closed']])
  if (sign) kernel.take({ ...sign, order: 1_000 })
  expect(worded(kernel.advance(at(5 * hour + 20)))).toEqual([`cleared ${5 * hour + 5} 501`])
})

test('when it ends, nothing of it stays and nothing is found', () => {
  const kernel = kernelOf(silence, [door])
  kernel.agree(agreementOf('agreed-care'))
  livedUntil(kernel, 60)
  kernel.endAgreement(given)
  kernel.changed()
  expect(livedUntil(kernel, 5 * hour)).toEqual([])
  expect(kernel.judge(key, home, at(5 * hour))).toBeUndefined()
  expect(kernel.bytesPerSubject(key)).toBeLessThan(100)
  expect(kernel.changed().subjects).toEqual([])
})

test('what was said before somebody agreed is not heard', () => {
  const rule = ruleOf(
    { is: 'count', signal: signal('door-contact', 'open'), atLeast: 1, minutes: 600 },
    { ...care },
  )
  const kernel = kernelOf(rule, [door])
  kernel.agree(agreementOf('agreed-care', at(31)))
  expect(livedUntil(kernel, 5 * hour)).toEqual([])
  const other = kernelOf(rule, [door])
  other.agree(agreementOf('agreed-care', at(30)))
  expect(livedUntil(other, 5 * hour)).toEqual(['raised 30 501'])
})

test('away: not judged, and the clock starts anew at its end', () => {
  const kernel = kernelOf(silence, [door])
  kernel.agree({ ...agreementOf('agreed-care'), awayUntil: at(3 * hour) })
  expect(livedUntil(kernel, 5 * hour)).toEqual([`raised ${4 * hour} 501`])
  const later = kernelOf(silence, [door])
  later.agree(agreementOf('agreed-care'))
  livedUntil(later, 60)
  later.setAway(home, at(4 * hour), at(60))
  expect(later.judge(key, home, at(61))).toEqual({ kind: 'away', until: at(4 * hour) })
  expect(livedUntil(later, 6 * hour)).toEqual([`raised ${5 * hour} 501`])
})

test('asked now, what waits for its order counts already', () => {
  const kernel = kernelOf(silence, [door])
  kernel.agree(agreementOf('agreed-care'))
  for (const message of messages) if (message.at <= at(30)) kernel.take(message)
  kernel.advance(at(30))
  expect(kernel.judge(key, home, at(31))).toEqual({ kind: 'seen', at: at(30), silentMs: 60_000 })
  expect(kernel.judge(key, home, at(61))).toMatchObject({ kind: 'unknown', lost: ['door'] })
})

test('closed by a person: the clock of silence starts anew', () => {
  const kernel = kernelOf(silence, [door])
  kernel.agree(agreementOf('agreed-care'))
  expect(livedUntil(kernel, 100)).toEqual(['raised 90 501'])
  kernel.close(key, home, at(100))
  expect(livedUntil(kernel, 4 * hour)).toEqual(['raised 160 501'])
})

test('nobody listened: that time counts for no silence', () => {
  const kernel = kernelOf(silence, [door])
  kernel.agree(agreementOf('agreed-care'))
  livedUntil(kernel, 40)
  kernel.uncovered(at(45), at(55))
  expect(livedUntil(kernel, 5 * hour)).toEqual(['raised 100 501'])
})

test('a late sign of life sets the clock on, though its message is too late to be judged', () => {
  const kernel = kernelOf(silence, [door])
  kernel.agree(agreementOf('agreed-care'))
  livedUntil(kernel, 80)
  const [late] = messagesOf([door], [[60, 'door', 'closed']])
  if (late) kernel.take({ ...late, order: 1_000, arrivedAt: at(80) })
  expect(kernel.tooLate()).toBe(1)
  expect(livedUntil(kernel, 3 * hour)).toEqual(['raised 120 501'])
})

test('two silences of different length in one rule are each judged by their own', () => {
  const when = (minutes: number) => ({ is: 'silence', signs: null, minutes }) as const
  const both = ruleOf({ is: 'all', of: [when(120), when(60)] }, { ...care })
  const either = ruleOf({ is: 'any', of: [when(120), when(60)] }, { ...care })
  const found = (rule: Definition) => {
    const kernel = kernelOf(rule, [door])
    kernel.agree(agreementOf('agreed-care'))
    return livedUntil(kernel, 5 * hour)
  }
  expect(found(both)).toEqual(['raised 150 501'])
  expect(found(either)).toEqual(['raised 90 501'])
})
