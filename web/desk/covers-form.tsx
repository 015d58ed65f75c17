import { useState } from 'preact/hooks'
import { Plus, X } from 'lucide'
import type { setCovers } from '../../src/ground/duties/roster/api.ts'
import { call } from '../shell/call.ts'
import { useAct } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useDeskWords, useWorkWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import type { Week } from './roster-page.tsx'

type Cover = Week['covers'][number]

const daysOf = ['every-day', 'working', 'off'] as const
const peopleMax = 5

/** Which hours must be filled. As long as there are none, the roster binds nobody. */
export function CoversForm(props: { week: Week; again: () => Promise<void> }) {
  const { week } = props
  const words = useDeskWords()
  const { duties } = useWorkWords()
  const { isBusy, refusal, run } = useAct()
  const set = async (covers: readonly Cover[]) => {
    await run(() =>
      call<typeof setCovers>('post', '/duties/covers', { body: week.body, covers: [...covers] }),
    )
    await props.again()
  }
  const said = (one: Cover) => words.cover(duties.days[one.days], one.from, one.to, one.people)
  return (
    <details class="no-print">
      <summary class="button button-wide">{words.coversTitle}</summary>
      <div class="stack above-3">
        <p class="note">{words.coversLine}</p>
        <RefusalStrip refusal={refusal} />
        <ul>
          {week.covers.map((one) => (
            <li key={said(one)} class="week-shift">
              <span class="grow">{said(one)}</span>
              <Button
                icon={X}
                label={`${words.coverDrop}: ${said(one)}`}
                busy={isBusy}
                onClick={() => void set(week.covers.filter((other) => other !== one))}
              >
                {words.coverDrop}
              </Button>
            </li>
          ))}
        </ul>
        <NewCover isBusy={isBusy} add={(cover) => void set([...week.covers, cover])} />
      </div>
    </details>
  )
}

function NewCover(props: { isBusy: boolean; add: (cover: Cover) => void }) {
  const words = useDeskWords()
  const { duties } = useWorkWords()
  const [cover, set] = useState<Cover>({ days: 'every-day', from: '08:30', to: '17:30', people: 1 })
  return (
    <>
      <SelectField
        label={words.coverDays}
        name="days"
        options={daysOf.map((days) => ({ value: days, words: duties.days[days] }))}
        value={cover.days}
        onInput={(days) => set({ ...cover, days: days as Cover['days'] })}
      />
      <TextField
        label={words.planFrom}
        name="from"
        type="time"
        value={cover.from}
        onInput={(from) => set({ ...cover, from })}
      />
      <TextField
        label={words.planTo}
        name="to"
        type="time"
        value={cover.to}
        help={words.planToHelp}
        onInput={(to) => set({ ...cover, to })}
      />
      <SelectField
        label={words.coverPeople}
        name="people"
        options={Array.from({ length: peopleMax }, (_, at) => ({
          value: String(at + 1),
          words: String(at + 1),
        }))}
        value={String(cover.people)}
        onInput={(people) => set({ ...cover, people: Number(people) })}
      />
      <Button icon={Plus} wide busy={props.isBusy} onClick={() => props.add(cover)}>
        {words.coverAdd}
      </Button>
    </>
  )
}
