/** What people do once they see that they are asked: most answer; some late, some never again. */
import { hourMs, minuteMs, secondMs, type Instant } from '../../../src/kernel/clock.ts'
import { isFault } from '../../../src/kernel/fault.ts'
import type { PersonId, TaskId } from '../../../src/kernel/ids.ts'
import type { Act, Somebody, Task } from '../../../src/desks/tasks/index.ts'
import type { Draw } from '../chance.ts'
import type { Judge } from './judge.ts'
import type { Sheet } from './notes.ts'
import type { Program } from './program.ts'
import type { Seat, Street } from './street.ts'

export type Doing = { at: Instant; who: PersonId; task: TaskId; what: Act | 'look' }

type Span = { from: Instant; to: Instant }

type Crowd = {
  draw: Draw
  street: Street
  program: Program
  judge: Judge
  later: (doing: Doing) => void
  seats: Map<PersonId, Seat>
}

export type People = ReturnType<typeof openPeople>

export function openPeople(
  draw: Draw,
  street: Street,
  spans: { start: Instant; end: Instant },
  program: Program,
  judge: Judge,
  later: (doing: Doing) => void,
) {
  const seats = new Map<PersonId, Seat>(street.seats.map((seat) => [seat.person, seat]))
  const dead = drawDead(draw, street, spans)
  const pushing = new Set(street.seats.filter(() => draw.isLucky(0.7)).map(({ person }) => person))
  const crowd: Crowd = { draw, street, program, judge, later, seats }
  return {
    isDead: (who: PersonId, at: Instant) =>
      (dead.get(who) ?? []).some(({ from, to }) => from <= at && at < to),
    mayPush: (who: PersonId) => pushing.has(who),
    sees: (sheet: Sheet, now: Instant) => sees(crowd, sheet, now),
    does: (doing: Doing, now: Instant) => does(crowd, doing, now),
  }
}

function say({ seats }: Crowd, who: PersonId): Somebody {
  const { id: post, title, unit } = seats.get(who) ?? { id: who as never, title: '', unit: '' }
  return { person: who, post, title, unit }
}

type Turn = { task: Task; who: PersonId; now: Instant }

function soon({ draw, later }: Crowd, turn: Turn, what: Doing['what'], minutes: number): void {
  const at = turn.now + draw.between(5 * secondMs, minutes * minuteMs)
  later({ at, who: turn.who, task: turn.task.task, what })
}

/** Asked to answer for it: by far the most do. */
function answer(crowd: Crowd, turn: Turn): void {
  const mood = crowd.draw.between(1, 100)
  if (mood <= 25) return crowd.judge.count('saw it and did nothing')
  if (mood <= 32) return soon(crowd, turn, 'look', 200)
  if (mood <= 37) return soon(crowd, turn, 'decline', 5)
  if (mood <= 40) return soon(crowd, turn, 'hand-over', 5)
  soon(crowd, turn, 'acknowledge', 2)
}

/** Told, and somebody else has it. */
function consider(crowd: Crowd, turn: Turn): void {
  const { draw } = crowd
  const { task, who } = turn
  if (task.offer?.to === who) {
    return soon(crowd, turn, draw.isLucky(0.6) ? 'accept' : 'return', 10)
  }
  const share = task.state === 'raised' ? 0.15 : 0.02
  if (draw.isLucky(share)) soon(crowd, turn, 'take', 5)
  else if (draw.isLucky(0.02)) soon(crowd, turn, 'decline', 5)
  else if (draw.isLucky(0.02)) soon(crowd, turn, 'help', 5)
}

function goOn(crowd: Crowd, turn: Turn): void {
  const { draw, judge } = crowd
  const { state } = turn.task
  if (state === 'acknowledged') {
    if (draw.isLucky(0.12)) return judge.count('acknowledged and forgot')
    if (draw.isLucky(0.05)) soon(crowd, turn, 'ask-help', 5)
    return soon(crowd, turn, 'set-out', 40)
  }
  if (state === 'on-the-way') return soon(crowd, turn, 'arrive', 40)
  if (state === 'at-the-door') {
    if (draw.isLucky(0.03)) return judge.count('never said what was found')
    return soon(crowd, turn, 'find', 30)
  }
  if (state === 'found') soon(crowd, turn, 'close', 40 * 60)
}

function sees(crowd: Crowd, { task: id, person: who }: Sheet, now: Instant): void {
  const task = crowd.program.rows.get(id)?.task
  const seat = crowd.seats.get(who)
  if (!task || !seat || now >= seat.until) return
  const turn = { task, who, now }
  if (task.responsible !== who) return consider(crowd, turn)
  if (task.state === 'raised') answer(crowd, turn)
  else goOn(crowd, turn)
}

/** Does what was meant to be done, if it still can be: else the page says so. */
function does(crowd: Crowd, { who, task: id, what: meant }: Doing, now: Instant): void {
  const { draw, program, judge, seats } = crowd
  const row = program.rows.get(id)
  const seat = seats.get(who)
  if (!row || !seat || now >= seat.until) return
  const { task } = row
  const what = meant === 'look' ? lookedAt(crowd, task, who) : meant
  const needsOther = what === 'hand-over' || what === 'ask-help'
  const to = needsOther ? colleague(crowd, task, who, now) : undefined
  if (needsOther && !to) return
  const outcome = what === 'find' ? outcomeFor(draw, task.kind) : null
  const after = program.act(id, what, say(crowd, who), now, {
    ...(outcome ? { outcome } : {}),
    ...(to ? { to } : {}),
    ...(draw.isLucky(0.3) ? { anyway: true } : {}),
  })
  if (!after) return
  if (isFault(after)) return judge.count(`refused: ${after.fault}`)
  if (after.task.responsible === who && what !== 'hand-over') {
    goOn(crowd, { task: after.task, who, now })
  }
}

function lookedAt({ draw }: Crowd, task: Task, who: PersonId): Act {
  if (task.responsible === who) return 'acknowledge'
  return draw.isLucky(0.5) ? 'take' : 'help'
}

function colleague(crowd: Crowd, task: Task, who: PersonId, now: Instant): Somebody | undefined {
  const others = crowd.street.seats.filter(
    ({ committee, person, since, until }) =>
      committee === task.committee && person !== who && since <= now && now < until,
  )
  const to = others[crowd.draw.between(0, others.length - 1)]
  return to && say(crowd, to.person)
}

function drawDead(draw: Draw, { seats }: Street, { start, end }: { start: Instant; end: Instant }) {
  const dead = new Map<PersonId, Span[]>()
  for (const { person } of seats) {
    const spans = []
    while (draw.isLucky(0.5)) {
      const from = draw.between(start, end)
      spans.push({ from, to: from + draw.between(1, 48) * hourMs })
    }
    if (draw.isLucky(0.05)) spans.push({ from: start, to: end })
    dead.set(person, spans)
  }
  return dead
}

function outcomeFor(draw: Draw, kind: Task['kind']): NonNullable<Task['outcome']> {
  const isLeft = draw.isLucky(0.2)
  switch (kind) {
    case 'hazard':
      return isLeft ? 'hazard-real' : 'hazard-false'
    case 'device-repair':
      return isLeft ? 'sensor-fault' : 'fine'
    case 'care-visit':
      return isLeft ? 'needed-help' : 'fine'
    case 'home-check':
      return isLeft ? 'hazard-real' : 'refused'
    case 'care-offer':
    case 'roster-gap':
      return 'fine'
    default:
      return kind satisfies never
  }
}
