import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hourMs, minuteMs, secondMs } from '../../kernel/clock.ts'
import { decideNext, masked, retryAt, triesMax, type Next, type WaysOpen } from './decide.ts'
import { channels, type Attempt, type ChannelName, type Note, type Result } from './types.ts'

/** Tuesday, 10:00 in Shanghai. */
const morning = Date.parse('2026-07-07T10:00:00+08:00')
const evening = Date.parse('2026-07-07T21:00:00+08:00')
const quiet = { from: '21:00', to: '07:00' }
const every: ChannelName[] = ['push', 'sms', 'wecom', 'voice']
const open: WaysOpen = { channels: every, quiet, isOnDuty: false }

const note = (more: Partial<Note> = {}) =>
  ({ urgency: 'usual', topic: 'tasks', toldAt: morning, acknowledgedAt: null, ...more }) as const

function tried(
  channel: ChannelName,
  result: Result,
  afterMs: number,
  more: Partial<Attempt> = {},
): Attempt {
  return { channel, n: 1, at: morning + afterMs, result, retryAt: null, ...more }
}
const tries = (channel: ChannelName, n = 1): Next => ({ do: 'try', channel, n })
const waits = (afterMs: number): Next => ({ do: 'wait', until: morning + afterMs })
const sent = (channel: ChannelName, afterMs: number) => tried(channel, 'sent', afterMs)

describe('a usual note', () => {
  const steps: [string, Attempt[], number, Next][] = [
    ['is pushed at once', [], 0, tries('push')],
    ['waits for an answer', [sent('push', 0)], 1, waits(10 * minuteMs)],
    ['waits to the last', [sent('push', 0)], 10 * minuteMs - 1, waits(10 * minuteMs)],
    ['then is written', [sent('push', 0)], 10 * minuteMs, tries('sms')],
    ['waits though no browser is there', [tried('push', 'none', 0)], 1, waits(10 * minuteMs)],
    [
      'then goes to the group',
      [sent('push', 0), sent('sms', 10 * minuteMs)],
      15 * minuteMs,
      tries('wecom'),
    ],
    [
      'then is called',
      [sent('push', 0), sent('sms', 10 * minuteMs), sent('wecom', 15 * minuteMs)],
      30 * minuteMs,
      tries('voice'),
    ],
    [
      'then has no way left',
      [sent('push', 0), sent('sms', 1), sent('wecom', 2), sent('voice', 3)],
      hourMs,
      { do: 'end', because: 'used-up' },
    ],
  ]
  test.each(steps)('%s', (_, attempts, afterMs, next) => {
    expect(decideNext(note(), attempts, open, morning + afterMs)).toEqual(next)
  })

  test('that was acknowledged goes nowhere, whatever is left', () => {
    const done = note({ acknowledgedAt: morning + 1 })
    const over = { do: 'end', because: 'acknowledged' }
    expect(decideNext(done, [], open, morning + 2)).toEqual(over)
  })

  test('goes to no colleague’s group where it is a resident’s', () => {
    const theirs = note({ topic: 'care' })
    const attempts = [sent('push', 0), sent('sms', 10 * minuteMs)]
    const next = decideNext(theirs, attempts, open, morning + 15 * minuteMs)
    expect(next).toEqual(waits(30 * minuteMs))
  })

  test('that was late keeps its steps: nobody is called when they were just written to', () => {
    const day = 24 * hourMs
    expect(decideNext(note(), [], open, morning + day)).toEqual(tries('push'))
    const late = [sent('push', day)]
    expect(decideNext(note(), late, open, morning + day)).toEqual(waits(day + 10 * minuteMs))
    const later = [...late, sent('sms', day + 10 * minuteMs)]
    const now = morning + day + 10 * minuteMs
    expect(decideNext(note(), later, open, now)).toEqual(waits(day + 15 * minuteMs))
  })
})

describe('an emergency', () => {
  const urgent = note({ urgency: 'emergency' })
  const steps: [string, Attempt[], number, Next][] = [
    ['is pushed at once', [], 0, tries('push')],
    ['has a minute', [sent('push', 0)], minuteMs - 1, waits(minuteMs)],
    ['is written then', [sent('push', 0)], minuteMs, tries('sms')],
    ['is written at once where no browser is there', [tried('push', 'none', 0)], 0, tries('sms')],
    ['does not wait for a browser that is gone', [tried('push', 'gone', 5)], 5, tries('sms')],
    [
      'is called at once where nothing else goes',
      [tried('push', 'none', 0), tried('sms', 'refused', 1), tried('wecom', 'refused', 2)],
      2,
      tries('voice'),
    ],
    [
      'waits where a message went out',
      [tried('push', 'none', 0), sent('sms', 0), tried('wecom', 'refused', 90 * secondMs)],
      90 * secondMs,
      waits(2 * minuteMs),
    ],
  ]
  test.each(steps)('%s', (_, attempts, afterMs, next) => {
    expect(decideNext(urgent, attempts, open, morning + afterMs)).toEqual(next)
  })
})

describe('a provider that fails', () => {
  const failed = (n: number, afterMs: number, more: Partial<Attempt> = {}) =>
    tried('push', 'failed', afterMs, { n, ...more })

  test('is asked again, later each time, three times in all', () => {
    expect(decideNext(note(), [failed(1, 0)], open, morning)).toEqual(waits(5 * secondMs))
    const again = decideNext(note(), [failed(1, 0)], open, morning + 5 * secondMs)
    expect(again).toEqual(tries('push', 2))
    const twice = [failed(1, 0), failed(2, 5_000)]
    expect(decideNext(note(), twice, open, morning + 24_999)).toEqual(waits(25 * secondMs))
    const thrice = [...twice, failed(3, 25_000)]
    expect(decideNext(note(), thrice, open, morning + 25_000)).toEqual(waits(10 * minuteMs))
  })

  test('says when it wants to be asked again, and is not asked before', () => {
    const limited = tried('push', 'limited', 0, { retryAt: morning + 2 * minuteMs })
    const just = morning + 2 * minuteMs
    expect(decideNext(note(), [limited], open, just - 1)).toEqual(waits(2 * minuteMs))
    expect(decideNext(note(), [limited], open, just)).toEqual(tries('push', 2))
  })

  test('does not hold up the next one, however long it wants to be left alone', () => {
    const limited = tried('push', 'limited', 0, { retryAt: morning + 90 * 24 * hourMs })
    const next = decideNext(note(), [limited], open, morning + 10 * minuteMs)
    expect(next).toEqual(tries('sms'))
    const all = [limited, sent('sms', 1), sent('wecom', 2), sent('voice', 3)]
    expect(decideNext(note(), all, open, morning + 4)).toEqual(waits(hourMs))
  })

  test.each(['refused', 'gone', 'none'] as const)('that says %s is not asked again', (result) => {
    const next = decideNext(note(), [tried('push', result, 0)], open, morning + 5 * secondMs)
    expect(next).toEqual(waits(10 * minuteMs))
  })
})

describe('quiet hours', () => {
  const told = note({ toldAt: evening })
  const soon = { do: 'wait', until: evening + 15 * minuteMs }
  test.each([
    ['begin at their first minute', told, open, evening, soon],
    ['have not begun a moment before', note({ toldAt: evening - 1 }), open, evening - 1, 'push'],
    ['end at their last', told, open, evening + 10 * hourMs, 'push'],
    [
      'last until then',
      told,
      open,
      evening + 10 * hourMs - 1,
      { do: 'wait', until: evening + 10 * hourMs },
    ],
    ['are none for whoever is on duty', told, { ...open, isOnDuty: true }, evening, 'push'],
    ['are none for an emergency', { ...told, urgency: 'emergency' }, open, evening, 'push'],
    ['can be switched off', told, { ...open, quiet: null }, evening, 'push'],
  ] as const)('%s', (_, asked, ways, now, next) => {
    const wanted = typeof next === 'string' ? tries(next) : next
    expect(decideNext(asked, [], ways, now)).toEqual(wanted)
  })
})

test('somebody without a page is written to at once and then called', () => {
  const contact = note({ topic: 'contact' })
  expect(decideNext(contact, [], open, morning)).toEqual(tries('sms'))
  const next = decideNext(contact, [sent('sms', 0)], open, morning + 1)
  expect(next).toEqual(waits(15 * minuteMs))
  const failed = decideNext(contact, [tried('sms', 'refused', 0)], open, morning)
  expect(failed).toEqual(tries('voice'))
})

test('whatever providers answer, a climb ends, with at most three tries a channel', () => {
  const answers: Result[] = ['sent', 'failed', 'refused', 'gone', 'limited', 'none']
  const given = fc.record({
    urgency: fc.constantFrom('emergency', 'usual'),
    topic: fc.constantFrom('tasks', 'care', 'contact'),
    ways: fc.subarray(every),
    said: fc.array(fc.record({ result: fc.constantFrom(...answers), retryMs: fc.nat(9e8) }), {
      minLength: 12,
      maxLength: 12,
    }),
    startMs: fc.nat(24 * hourMs),
  })
  fc.assert(
    fc.property(given, ({ urgency, topic, ways, said, startMs }) => {
      let now = morning + startMs
      const asked = { urgency, topic, toldAt: now, acknowledgedAt: null } as const
      const attempts: Attempt[] = []
      for (let looks = 0; looks < 400; looks++) {
        const next = decideNext(asked, attempts, { ...open, channels: ways }, now)
        if (next.do === 'end') {
          for (const channel of channels) {
            const own = attempts.filter((one) => one.channel === channel)
            expect(own.length).toBeLessThanOrEqual(triesMax)
            expect(own.map(({ n }) => n)).toEqual(own.map((_, i) => i + 1))
          }
          return
        }
        if (next.do === 'wait') {
          expect(next.until).toBeGreaterThan(now)
          now = next.until
          continue
        }
        const { result, retryMs } = said[attempts.length % said.length]!
        const { channel, n } = next
        attempts.push({ channel, n, at: now, result, retryAt: now + retryMs })
      }
      throw new Error('it does not end')
    }),
  )
})

test.each([
  ['120', 120_000],
  [' 5 ', 5_000],
  ['Tue, 07 Jul 2026 02:00:30 GMT', 30_000],
  ['Tue, 07 Jul 2020 02:00:30 GMT', 0],
  ['soon', null],
  ['-1', null],
  [undefined, null],
])('Retry-After %s', (header, afterMs) => {
  // The town's clock may be ahead of the machine's.
  const ahead = 7 * hourMs
  const at = retryAt(header, morning + ahead, morning)
  expect(at).toBe(afterMs === null ? null : morning + ahead + afterMs)
})

test.each([
  ['13812345678', '138••••78'],
  ['+86 138 1234 5678', '138••••78'],
  ['021-5550-0100', '021••••00'],
  ['110', '•••'],
])('a number is masked: %s', (phone, shown) => {
  expect(masked(phone)).toBe(shown)
})
