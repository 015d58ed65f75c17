import { useState } from 'preact/hooks'
import { ChevronLeft, ChevronRight, Printer } from 'lucide'
import type { listBodies } from '../../src/ground/duties/api.ts'
import type { roster } from '../../src/ground/duties/roster/api.ts'
import { dayOf } from '../../src/kernel/calendar.ts'
import { dayMs } from '../../src/kernel/clock.ts'
import type { Input, Output } from '../../src/kernel/endpoint.ts'
import type { whoAmI } from '../../src/desks/identity/api.ts'
import { useFirst, useNow } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useDeskWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { Strip } from '../ui/state.tsx'
import { formatDate } from '../words/format.ts'
import { CoversForm } from './covers-form.tsx'
import { LeaveForm } from './leave-form.tsx'
import { PlanForm } from './plan-form.tsx'
import { ReadingPage } from './reading-page.tsx'
import { Gaps, Leaves, WeekTable } from './week.tsx'

export type Week = Output<typeof roster>

/** Who is on when, for a week; whoever may arrange it does it here. */
export function RosterPage() {
  const words = useDeskWords()
  const [asked, ask] = useState<Input<typeof roster>>({})
  const kept = useFirst<typeof roster>('/duties/roster', asked)
  const result = kept.result.value
  return (
    <ReadingPage at="/desk/shift" title={words.rosterTitle} line={words.rosterLine}>
      <Bodies body={asked.body} pick={(body) => ask({ ...asked, body })} />
      {result?.ok ? (
        <OneWeek
          week={result.answer}
          again={kept.again}
          turn={(day) => ask({ ...asked, ...(day === null ? {} : { day }) })}
        />
      ) : (
        <Unanswered refusal={result?.refusal} again={kept.again} />
      )}
    </ReadingPage>
  )
}

/** An officer sees every body of the street. */
function Bodies(props: { body: string | undefined; pick: (body: string) => void }) {
  const words = useDeskWords()
  const isOfficer = useIsOfficer()
  const bodies = useFirst<typeof listBodies>('/duties/bodies', isOfficer ? {} : null).result.value
  if (!isOfficer || !bodies?.ok) return null
  const own = bodies.answer.bodies.find(({ kind }) => kind === 'street')
  return (
    <>
      <SelectField
        label={words.rosterBody}
        name="body"
        options={bodies.answer.bodies.map(({ body, name }) => ({ value: body, words: name }))}
        value={props.body ?? own?.body}
        onInput={props.pick}
      />
      <p>
        <LinkButton kind="quiet" className="out-left" href="/desk/register/keeper">
          {words.keeperDoor}
        </LinkButton>
      </p>
    </>
  )
}

function useIsOfficer(): boolean {
  const me = useFirst<typeof whoAmI>('/identity/me', {}).result.value
  return me?.ok === true && me.answer.role === 'street'
}

function OneWeek(props: { week: Week; again: () => Promise<void>; turn: (day: string) => void }) {
  const { week, again, turn } = props
  const words = useDeskWords()
  const { duties } = useWorkWords()
  const language = useLanguage()
  const isOfficer = useIsOfficer()
  const now = useNow()
  const monday = week.days[0]?.day ?? dayOf(now)
  const from = Date.parse(`${monday}T00:00:00+08:00`)
  return (
    <>
      <div class="stack">
        <h2 class="title">
          {words.rosterOf(week.name)} ·{' '}
          {words.rosterWeek(
            formatDate(from, now, language),
            formatDate(from + 6 * dayMs, now, language),
          )}
        </h2>
        <div class="flow">
          <Button icon={ChevronLeft} onClick={() => turn(dayOf(from - 7 * dayMs))}>
            {words.weekBefore}
          </Button>
          <Button onClick={() => turn(dayOf(now))}>{words.thisWeek}</Button>
          <Button icon={ChevronRight} onClick={() => turn(dayOf(from + 7 * dayMs))}>
            {words.weekAfter}
          </Button>
          <LinkButton icon={Printer} href={`/desk/roster/paper/${week.body}/${monday}`}>
            {words.printRoster}
          </LinkButton>
        </div>
      </div>
      {week.unknownYear === null ? null : (
        <Strip tone="amber">{duties.unknownYear(week.unknownYear)}</Strip>
      )}
      {week.covers.length === 0 ? <p>{words.rosterNone}</p> : <Gaps week={week} />}
      {week.covers.length > 0 || week.shifts.length > 0 ? (
        <WeekTable week={week} again={again} />
      ) : null}
      <Leaves week={week} again={again} />
      {week.mayArrange ? (
        <>
          <PlanForm key={`plan ${week.body} ${monday}`} week={week} again={again} />
          <LeaveForm key={`leave ${week.body}`} week={week} again={again} />
          {isOfficer ? <CoversForm key={`covers ${week.body}`} week={week} again={again} /> : null}
        </>
      ) : null}
    </>
  )
}
