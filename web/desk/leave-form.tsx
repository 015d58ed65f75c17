import { useState } from 'preact/hooks'
import { CalendarOff } from 'lucide'
import type { goOnLeave } from '../../src/ground/duties/roster/api.ts'
import { dayOf } from '../../src/kernel/calendar.ts'
import { dayMs } from '../../src/kernel/clock.ts'
import type { PostId } from '../../src/kernel/ids.ts'
import { call } from '../shell/call.ts'
import { useAct, useNow } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useDeskWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import type { Week } from './roster-page.tsx'
import { holderSaid } from './who.tsx'

type Leave = { post: string; from: string; until: string; deputy: string }

/** Whole days; today begins now. */
export function LeaveForm(props: { week: Week; again: () => Promise<void> }) {
  const words = useDeskWords()
  const today = dayOf(useNow())
  const [leave, set] = useState<Leave>({
    ...{ post: props.week.posts[0]?.post ?? '', deputy: '' },
    ...{ from: today, until: today },
  })
  const { isBusy, refusal, run } = useAct()
  const send = async () => {
    await run(() =>
      call<typeof goOnLeave>('post', '/duties/leave', {
        post: leave.post as PostId,
        ...(leave.from > today ? { from: midnight(leave.from) } : {}),
        until: midnight(leave.until) + dayMs,
        ...(leave.deputy === '' ? {} : { deputy: leave.deputy as PostId }),
      }),
    )
    await props.again()
  }
  return (
    <details class="no-print">
      <summary class="button button-wide">{words.leavePlan}</summary>
      <div class="stack above-3">
        <LeaveFields week={props.week} leave={leave} set={set} today={today} />
        <RefusalStrip refusal={refusal} />
        <Button
          icon={CalendarOff}
          wide
          busy={isBusy}
          disabled={leave.until < leave.from || leave.from === ''}
          onClick={() => void send()}
        >
          {words.leaveSave}
        </Button>
      </div>
    </details>
  )
}

function LeaveFields(props: {
  week: Week
  leave: Leave
  set: (leave: Leave) => void
  today: string
}) {
  const { week, leave, set, today } = props
  const words = useDeskWords()
  const posts = week.posts.map((one) => ({ value: one.post, words: holderSaid(one, words) }))
  const none = { value: '', words: words.leaveDeputyNone }
  return (
    <>
      <SelectField
        label={words.leavePost}
        name="post"
        options={posts}
        value={leave.post}
        onInput={(post) => set({ ...leave, post })}
      />
      <TextField
        label={words.leaveFrom}
        name="from"
        type="date"
        min={today}
        value={leave.from}
        onInput={(from) => set({ ...leave, from })}
      />
      <TextField
        label={words.leaveUntil}
        name="until"
        type="date"
        min={leave.from}
        value={leave.until}
        onInput={(until) => set({ ...leave, until })}
      />
      <SelectField
        label={words.leaveDeputyField}
        name="deputy"
        options={[none, ...posts.filter(({ value }) => value !== leave.post)]}
        value={leave.deputy}
        onInput={(deputy) => set({ ...leave, deputy })}
      />
    </>
  )
}

function midnight(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`)
}
