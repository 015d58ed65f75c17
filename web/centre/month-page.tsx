import { Printer } from 'lucide'
import { useState } from 'preact/hooks'
import type { whoAmI } from '../../src/desks/identity/api.ts'
import type { monthInNumbers } from '../../src/outlook/overview/api.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { CommitteeCode } from '../../src/kernel/ids.ts'
import type { Params } from '../shell/pages.ts'
import { useFirst, useNow, useShell } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useCentreWords, useLanguage } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { State } from '../ui/state.tsx'
import { formatInstant } from '../words/format.ts'
import { Centre, Zone, ZoneHead } from './frame.tsx'
import { CommitteeTable, KindTable, LateChart } from './month-tables.tsx'
import { formatMonth, monthAt, monthsBefore } from './months.ts'

export type Month = Output<typeof monthInNumbers>

/** A month of the street, worst first, each number with the list behind it; on paper too. */
export function MonthPage(props: { params: Params }) {
  const words = useCentreWords()
  const language = useLanguage()
  const [current] = useState(monthAt(useShell().now.peek()))
  const { committee } = props.params
  const month = props.params.month ?? current
  const kept = useFirst<typeof monthInNumbers>('/overview/month', {
    month,
    ...(committee === undefined ? {} : { committee: committee as CommitteeCode }),
  })
  const result = kept.result.value
  const where = result?.ok
    ? result.answer.committees.find((one) => one.committee === committee)?.name
    : undefined
  const me = useFirst<typeof whoAmI>('/identity/me', {}).result.value
  const street = me?.ok ? me.answer.street : ''
  const named = `${where ?? street} ${words.monthOf(formatMonth(month, language))}`
  return (
    <Centre at="/centre/month" className="room-plain room-month" title={named}>
      <Zone label={named} className="zone-sheet">
        <Pickers
          month={month}
          current={current}
          committee={committee}
          committees={result?.ok ? result.answer.committees : []}
        />
        {result?.ok ? (
          <TheMonth answer={result.answer} month={month} committee={committee} />
        ) : (
          <Unanswered refusal={result?.refusal} again={kept.again} />
        )}
      </Zone>
    </Centre>
  )
}

const monthsMax = 24

function Pickers(props: {
  month: string
  current: string
  committee: string | undefined
  committees: Month['committees']
}) {
  const words = useCentreWords()
  const language = useLanguage()
  const { month, current, committee } = props
  const go = (to: { month?: string; committee?: string }) => {
    const wanted = { month, committee: committee ?? '', ...to }
    const parts = [wanted.month, ...(wanted.committee === '' ? [] : [wanted.committee])]
    location.assign(`/centre/month/${parts.join('/')}`)
  }
  const months = [...new Set([...monthsBefore(current, monthsMax), month])]
  return (
    <div class="month-pickers no-print">
      <SelectField
        name="month"
        label={words.monthPicker}
        value={month}
        options={months.map((one) => ({ value: one, words: formatMonth(one, language) }))}
        onInput={(to) => go({ month: to })}
      />
      <SelectField
        name="committee"
        label={words.monthWhere}
        value={committee ?? ''}
        options={[
          { value: '', words: words.wholeStreet },
          ...props.committees.map((one) => ({ value: one.committee, words: one.name })),
        ]}
        onInput={(to) => go({ committee: to })}
      />
      <Button kind="primary" icon={Printer} onClick={() => print()}>
        {words.printIt}
      </Button>
    </div>
  )
}

function TheMonth(props: { answer: Month; month: string; committee: string | undefined }) {
  const words = useCentreWords()
  const language = useLanguage()
  const now = useNow()
  const { answer, month, committee } = props
  if (answer.rows.length === 0) {
    return <State kind="empty" title={words.monthNone} line={words.monthNoneLine} />
  }
  return (
    <>
      <p class="note">
        {answer.isOver
          ? ''
          : `${words.monthNotOver(formatInstant(answer.now, answer.now, language))} `}
        {words.monthLine}
        <span class="print-only"> {words.printedAt(formatInstant(now, now, language))}</span>
      </p>
      <section class="month-part" aria-label={words.byKind}>
        <ZoneHead note={words.worstFirst}>{words.byKind}</ZoneHead>
        <KindTable rows={answer.rows} month={month} committee={committee} />
      </section>
      <div class="month-two">
        <section class="month-part" aria-label={words.monthChart}>
          <ZoneHead>{words.monthChart}</ZoneHead>
          <LateChart rows={answer.rows} />
        </section>
        <section class="month-part" aria-label={words.byCommittee}>
          <ZoneHead>{words.byCommittee}</ZoneHead>
          <CommitteeTable committees={answer.committees} month={month} />
        </section>
      </div>
    </>
  )
}
