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
  const say = (who: PersonId): Somebody => {
    const { id: post, title, unit } = seats.get(who) ?? { id: who as never, title: '', unit: '' }
    return { person: who, post, title, unit }
  }
  const soon = (now: Instant, who: PersonId, task: TaskId, what: Doing['what'], minutes: number) =>
    later({ at: now + draw.between(5 * secondMs, minutes * minuteMs), who, task, what })

  /** Asked to answer for it: by far the most do. */
  const answer = (task: Task, who: PersonId, now: Instant): void => {
    const mood = draw.between(1, 100)
    if (mood <= 25) return judge.count('saw it and did nothing')
    if (mood <= 32) return soon(now, who, task.task, 'look', 200)
    if (mood <= 37) return soon(now, who, task.task, 'decline', 5)
    if (mood <= 40) return soon(now, who, task.task, 'hand-over', 5)
    soon(now, who, task.task, 'acknowledge', 2)
  }

  /** Told, and somebody else has it. */
  const consider = (task: Task, who: PersonId, now: Instant): void => {
    if (task.offer?.to === who) {
      return soon(now, who, task.task, draw.isLucky(0.6) ? 'accept' : 'return', 10)
    }
    const share = task.state === 'raised' ? 0.15 : 0.02
    if (draw.isLucky(share)) soon(now, who, task.task, 'take', 5)
    else if (draw.isLucky(0.02)) soon(now, who, task.task, 'decline', 5)
    else if (draw.isLucky(0.02)) soon(now, who, task.task, 'help', 5)
  }

  const goOn = (task: Task, who: PersonId, now: Instant): void => {
    const { task: id, state } = task
    if (state === 'acknowledged') {
      if (draw.isLucky(0.12)) return judge.count('acknowledged and forgot')
      if (draw.isLucky(0.05)) soon(now, who, id, 'ask-help', 5)
      return soon(now, who, id, 'set-out', 40)
    }
    if (state === 'on-the-way') return soon(now, who, id, 'arrive', 40)
    if (state === 'at-the-door') {
      if (draw.isLucky(0.03)) return judge.count('never said what was found')
      return soon(now, who, id, 'find', 30)
    }
    if (state === 'found')
      later({ at: now + draw.between(1, 40) * hourMs, who, task: id, what: 'close' })
  }

  return {
    isDead: (who: PersonId, at: Instant) =>
      (dead.get(who) ?? []).some(({ from, to }) => from <= at && at < to),
    mayPush: (who: PersonId) => pushing.has(who),
    isOfficer: (who: PersonId) => seats.get(who)?.role === 'street',
    say,
    sees({ task: id, person: who }: Sheet, now: Instant): void {
      const row = program.rows.get(id)
      const seat = seats.get(who)
      if (!row || !seat || now >= seat.until) return
      const { task } = row
      if (task.responsible === who) {
        if (task.state === 'raised') answer(task, who, now)
        else goOn(task, who, now)
      } else consider(task, who, now)
    },
    /** Does what was meant to be done, if it still can be: else the page says so, and they look. */
    does({ who, task: id, what }: Doing, now: Instant): void {
      const row = program.rows.get(id)
      const seat = seats.get(who)
      if (!row || !seat || now >= seat.until) return
      const { task, concerned } = row
      if (what === 'look') {
        const isMine = task.responsible === who
        const may = isMine ? 'acknowledge' : draw.isLucky(0.5) ? 'take' : 'help'
        return this.does({ at: now, who, task: id, what: may }, now)
      }
      const others = street.seats.filter(
        (one) =>
          one.committee === task.committee &&
          one.person !== who &&
          one.since <= now &&
          now < one.until,
      )
      const to = others[draw.between(0, others.length - 1)]
      const needsOther = what === 'hand-over' || what === 'ask-help'
      if (needsOther && !to) return
      const outcome = what === 'find' ? outcomeFor(draw, task.kind) : null
      const after = program.act(id, what, say(who), now, {
        ...(outcome ? { outcome } : {}),
        ...(needsOther && to ? { to: say(to.person) } : {}),
        ...(draw.isLucky(0.3) ? { anyway: true } : {}),
      })
      if (!after) return
      if (isFault(after)) return judge.count(`refused: ${after.fault}`)
      const isConcerned = concerned.some(({ person }) => person === who)
      if (isConcerned && after.task.responsible === who && what !== 'hand-over') {
        goOn(after.task, who, now)
      }
    },
  }
}

function drawDead(draw: Draw, { seats }: Street, { start, end }: { start: Instant; end: Instant }) {
  const dead = new Map<PersonId, { from: Instant; to: Instant }[]>()
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
