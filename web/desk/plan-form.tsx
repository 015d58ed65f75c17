import { useState } from 'preact/hooks'
import { CalendarPlus } from 'lucide'
import type { planWeeks } from '../../src/ground/duties/roster/api.ts'
import { dayOf } from '../../src/kernel/calendar.ts'
import type { PostId } from '../../src/kernel/ids.ts'
import { call } from '../shell/call.ts'
import { useAct, useNow } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useDeskWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { CheckGroup } from '../ui/choice.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import type { Week } from './roster-page.tsx'
import { holderSaid } from './who.tsx'

const weekdays = ['1', '2', '3', '4', '5', '6', '0']
const weeksMax = 8
const isTime = (text: string) => /^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$/.test(text)

type Plan = { post: string; days: string[]; from: string; to: string; weeks: string }

/** From the shown week on: the same hours on the same days. What is planned already stays. */
export function PlanForm(props: { week: Week; again: () => Promise<void> }) {
  const words = useDeskWords()
  const { plan, set, problems, refusal, said, isBusy, send } = usePlan(props)
  return (
    <details class="no-print">
      <summary class="button button-wide">{words.planTitle}</summary>
      <div class="stack above-3">
        <PlanFields week={props.week} plan={plan} set={set} problems={problems} />
        <RefusalStrip refusal={refusal} />
        <p class="note" role="status">
          {said}
        </p>
        <Button icon={CalendarPlus} wide busy={isBusy} onClick={() => void send()}>
          {words.planSave}
        </Button>
      </div>
    </details>
  )
}

function usePlan({ week, again }: { week: Week; again: () => Promise<void> }) {
  const words = useDeskWords()
  const now = useNow()
  const [plan, set] = useState<Plan>({
    ...{ post: week.posts[0]?.post ?? '', days: [] },
    ...{ from: '08:30', to: '17:30', weeks: '1' },
  })
  const [isSent, setSent] = useState(false)
  const [said, say] = useState('')
  const { isBusy, refusal, run } = useAct()
  const problems = {
    days: isSent && plan.days.length === 0 ? words.planDaysMissing : undefined,
    from: isSent && !isTime(plan.from) ? words.planTimeWrong : undefined,
    to: isSent && !isTime(plan.to) ? words.planTimeWrong : undefined,
  }
  const send = async () => {
    setSent(true)
    if (plan.days.length === 0 || !isTime(plan.from) || !isTime(plan.to)) return
    const monday = week.days[0]?.day ?? dayOf(now)
    const from = monday < dayOf(now) ? dayOf(now) : monday
    const hours = { post: plan.post as PostId, from: plan.from, to: plan.to }
    await run(async () => {
      const result = await call<typeof planWeeks>('post', '/duties/shifts/weeks', {
        ...{ body: week.body, from, weeks: Number(plan.weeks) },
        pattern: [{ ...hours, weekdays: plan.days.map(Number) }],
      })
      if (result.ok) say(words.planDone(result.answer.planned, result.answer.kept))
      return result
    })
    await again()
  }
  return { plan, set, problems, refusal, said, isBusy, send }
}

function PlanFields(props: {
  week: Week
  plan: Plan
  set: (plan: Plan) => void
  problems: Record<'days' | 'from' | 'to', string | undefined>
}) {
  const { week, plan, set, problems } = props
  const words = useDeskWords()
  return (
    <>
      <SelectField
        label={words.planWho}
        name="post"
        options={week.posts.map((one) => ({ value: one.post, words: holderSaid(one, words) }))}
        value={plan.post}
        onInput={(post) => set({ ...plan, post })}
      />
      <CheckGroup
        legend={words.planDays}
        name="days"
        options={weekdays.map((day) => ({ value: day, words: words.weekday(Number(day)) }))}
        values={plan.days}
        problem={problems.days}
        onPick={(days) => set({ ...plan, days })}
      />
      <TextField
        label={words.planFrom}
        name="from"
        type="time"
        value={plan.from}
        problem={problems.from}
        onInput={(from) => set({ ...plan, from })}
      />
      <TextField
        label={words.planTo}
        name="to"
        type="time"
        value={plan.to}
        help={words.planToHelp}
        problem={problems.to}
        onInput={(to) => set({ ...plan, to })}
      />
      <SelectField
        label={words.planWeeks}
        name="weeks"
        options={Array.from({ length: weeksMax }, (_, at) => ({
          value: String(at + 1),
          words: words.planWeeksCount(at + 1),
        }))}
        value={plan.weeks}
        onInput={(weeks) => set({ ...plan, weeks })}
      />
    </>
  )
}
