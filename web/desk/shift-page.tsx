import { CalendarDays, Users } from 'lucide'
import type { myShift } from '../../src/ground/duties/roster/api.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import { useFirst, useNow } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useDeskWords, useLanguage } from '../shell/words.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Card, Heading } from '../ui/card.tsx'
import { Strip } from '../ui/state.tsx'
import { formatInstant, formatSpan } from '../words/format.ts'
import { HandOver, TakeOver } from './shift-acts.tsx'
import { ShiftNotes } from './shift-notes.tsx'
import { ReadingPage } from './reading-page.tsx'
import { holderSaid } from './who.tsx'

export type MyShift = Output<typeof myShift>

/** My shift now and next, who relieves me, what the last one left for me. */
export function ShiftPage() {
  const words = useDeskWords()
  const kept = useFirst<typeof myShift>('/duties/my-shift', {})
  const result = kept.result.value
  return (
    <ReadingPage at="/desk/shift" title={words.shiftTitle}>
      {result?.ok ? (
        <Mine mine={result.answer} again={kept.again} />
      ) : (
        <Unanswered refusal={result?.refusal} again={kept.again} />
      )}
      <div class="flow">
        <LinkButton icon={CalendarDays} href="/desk/roster">
          {words.rosterTitle}
        </LinkButton>
        <LinkButton icon={Users} href="/desk/colleagues">
          {words.colleaguesTitle}
        </LinkButton>
      </div>
    </ReadingPage>
  )
}

function Mine(props: { mine: MyShift; again: () => Promise<void> }) {
  const { mine, again } = props
  const words = useDeskWords()
  return (
    <>
      {mine.standsInFor ? (
        <Strip>{words.standsIn(holderSaid(mine.standsInFor, words))}</Strip>
      ) : null}
      {mine.leave ? <OnLeave leave={mine.leave} /> : null}
      <Card label={words.shiftNow}>
        <Heading line={`${mine.unit} ${mine.title}`}>{words.shiftNow}</Heading>
        <Now mine={mine} again={again} />
      </Card>
      <ShiftNotes notes={mine.notes} again={again} />
      {mine.hasRoster ? (
        <Card label={words.shiftNext}>
          <Next mine={mine} />
        </Card>
      ) : null}
      <HandOver mine={mine} again={again} />
    </>
  )
}

function Now(props: { mine: MyShift; again: () => Promise<void> }) {
  const { shift, hasRoster, next } = props.mine
  const words = useDeskWords()
  const span = useSpan()
  const at = useAt()
  if (!hasRoster) return <p>{words.shiftNoRoster}</p>
  // from an hour before its beginning a shift can be taken over
  const due = shift ?? next
  return (
    <div class="stack">
      <p class={shift ? 'strong' : undefined}>
        {shift ? span(shift.from, shift.to) : words.shiftNone}
      </p>
      {shift?.takenOverAt ? <p class="note">{words.takenOverAt(at(shift.takenOverAt))}</p> : null}
      {shift?.handedOverAt ? (
        <p class="note">{words.handedOverAt(at(shift.handedOverAt))}</p>
      ) : null}
      {due && due.takenOverAt === null ? <TakeOver shift={due} again={props.again} /> : null}
    </div>
  )
}

function Next(props: { mine: MyShift }) {
  const { next, relief, shift } = props.mine
  const words = useDeskWords()
  const span = useSpan()
  const at = useAt()
  return (
    <div class="stack">
      <Heading>{words.shiftNext}</Heading>
      <p>{next ? span(next.from, next.to) : words.shiftNextNone}</p>
      {shift || next ? (
        <div>
          <h3 class="strong">{words.relief}</h3>
          <p>{relief ? `${at(relief.from)} · ${holderSaid(relief, words)}` : words.reliefNone}</p>
        </div>
      ) : null}
    </div>
  )
}

function OnLeave(props: { leave: NonNullable<MyShift['leave']> }) {
  const { from, to, deputy } = props.leave
  const words = useDeskWords()
  const span = useSpan()
  return (
    <Strip tone="amber">
      {words.leaveSpan(span(from, to))} ·{' '}
      {deputy ? words.leaveDeputy(holderSaid(deputy, words)) : words.leaveNoDeputy}
    </Strip>
  )
}

function useSpan() {
  const now = useNow()
  const language = useLanguage()
  return (from: number, to: number) => formatSpan(from, to, now, language)
}

function useAt() {
  const now = useNow()
  const language = useLanguage()
  return (at: number) => formatInstant(at, now, language)
}
