import { X } from 'lucide'
import type { cancelShift, endLeave } from '../../src/ground/duties/roster/api.ts'
import { dayOf, weekdayOf } from '../../src/kernel/calendar.ts'
import { call } from '../shell/call.ts'
import { useAct, useNow } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useDeskWords, useLanguage } from '../shell/words.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Heading } from '../ui/card.tsx'
import { Row, List } from '../ui/list.tsx'
import { formatDate, formatSpan, formatTime } from '../words/format.ts'
import type { Week } from './roster-page.tsx'
import { holderSaid } from './who.tsx'

type Shift = Week['shifts'][number]

/** Seven days under each other; on paper the same without buttons: `again` null. */
export function WeekTable(props: { week: Week; again: (() => Promise<void>) | null }) {
  const { week } = props
  const words = useDeskWords()
  const language = useLanguage()
  const now = useNow()
  const act = useAct()
  return (
    <>
      <RefusalStrip refusal={act.refusal} />
      <table class="ledger week">
        <caption class="visually-hidden">{words.rosterOf(week.name)}</caption>
        <tbody>
          {week.days.map(({ day, kind }, at) => (
            <tr key={day} class={day === dayOf(now) ? 'week-today' : undefined}>
              <th scope="row">
                <b class="ink">{words.weekday(weekdayOf(day))}</b>
                <br />
                {formatDate(Date.parse(`${day}T12:00:00+08:00`), now, language)}
                <br />
                {words.dayKind(kind)}
              </th>
              <td>
                <ShiftsOf shifts={shiftsOn(week, day, at === 0)} {...props} act={act} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** By the day on which they begin; what began the week before stands on its first day. */
function shiftsOn({ shifts }: Week, day: string, isFirst: boolean): readonly Shift[] {
  return shifts
    .filter(({ from }) => dayOf(from) === day || (isFirst && dayOf(from) < day))
    .toSorted((a, b) => a.from - b.from)
}

function ShiftsOf(props: {
  shifts: readonly Shift[]
  week: Week
  again: (() => Promise<void>) | null
  act: ReturnType<typeof useAct>
}) {
  const { shifts, week, again, act } = props
  const words = useDeskWords()
  const now = useNow()
  if (shifts.length === 0) return <span class="muted">{words.rosterNobody}</span>
  const cancel = async (shift: string) => {
    await act.run(() => call<typeof cancelShift>('post', '/duties/shifts/cancel', { shift }))
    await again?.()
  }
  return (
    <ul>
      {shifts.map((one) => {
        const span = `${formatTime(one.from)}–${formatTime(one.to)}`
        const who = holderSaid(one, words)
        return (
          <li key={one.shift} class="week-shift">
            <span class="grow">
              <b>{span}</b> {who}
              {one.takenOverAt === null ? null : (
                <span class="note"> · {words.takenOverAt(formatTime(one.takenOverAt))}</span>
              )}
            </span>
            {again && week.mayArrange && one.to > now ? (
              <Button
                kind="quiet"
                icon={X}
                label={words.cancelShiftOf(who, span)}
                busy={act.isBusy}
                className="no-print"
                onClick={() => void cancel(one.shift)}
              >
                <span class="visually-hidden">{words.cancelShift}</span>
              </Button>
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}

/** Hours of this week in which too few are on. */
export function Gaps(props: { week: Week }) {
  const { gaps } = props.week
  const words = useDeskWords()
  const language = useLanguage()
  const now = useNow()
  if (gaps.length === 0) return null
  return (
    <section>
      <Heading>{words.gapsTitle}</Heading>
      <ul class="stack stack-tight">
        {gaps.map(({ from, to, missing }) => (
          <li key={from}>
            <Badge tone="signal">{words.gapAt(formatSpan(from, to, now, language), missing)}</Badge>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Leaves(props: { week: Week; again: (() => Promise<void>) | null }) {
  const { week, again } = props
  const words = useDeskWords()
  const language = useLanguage()
  const now = useNow()
  const { isBusy, refusal, run } = useAct()
  const end = async (leave: string) => {
    await run(() => call<typeof endLeave>('post', '/duties/leave/end', { leave }))
    await again?.()
  }
  if (week.leaves.length === 0) return null
  return (
    <section>
      <Heading>{words.leaveTitle}</Heading>
      <RefusalStrip refusal={refusal} />
      <List label={words.leaveTitle}>
        {week.leaves.map((one) => (
          <Row
            key={one.leave}
            title={holderSaid(one, words)}
            detail={formatSpan(one.from, one.to, now, language)}
            line={
              one.deputy ? words.leaveDeputy(holderSaid(one.deputy, words)) : words.leaveNoDeputy
            }
            side={
              again && week.mayArrange && one.to > now ? (
                <Button busy={isBusy} onClick={() => void end(one.leave)}>
                  {one.from > now ? words.leaveCancel : words.leaveEnd}
                </Button>
              ) : null
            }
          />
        ))}
      </List>
    </section>
  )
}
