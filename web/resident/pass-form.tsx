import { useState } from 'preact/hooks'
import { QrCode as QrIcon } from 'lucide'
import type { Instant } from '../../src/kernel/clock.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { makePass, myPasses } from '../../src/desks/identity/passes/api.ts'
import { call } from '../shell/call.ts'
import { doorWords } from '../shell/passes.ts'
import { useAct, useIsAlive, useNow } from '../shell/shell.tsx'
import { useResidentWords, useWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ChoiceGroup } from '../ui/choice.tsx'
import { TextField } from '../ui/field.tsx'
import { beginOf } from './pass-times.ts'
import type { Made } from './pass-made.tsx'
import { usePrimary } from './primary.ts'
import { RefusedHere } from './refused-here.tsx'

type Door = Output<typeof myPasses>['doors'][number]

const hoursOffered = [2, 4, 8, 24] as const

/** A door, from when, how many hours: three rows of words and one button. */
export function PassForm(props: { doors: readonly Door[]; onMade: (made: Made) => Promise<void> }) {
  const words = useResidentWords('visitors')
  const isAlive = useIsAlive()
  const wish = usePassWish(props.doors)
  const now = useNow()
  const act = useAct()
  const make = async (event: Event) => {
    event.preventDefault()
    const from = wish.begin(now)
    if (from === null || !wish.door || act.isBusy) return
    const { door, hours } = wish
    await act.run(async () => {
      const input = { door: door.door, from, hours }
      const made = await call<typeof makePass>('post', '/identity/passes', input)
      if (made.ok) await props.onMade({ ...made.answer, place: door.place, from })
      return made
    })
  }
  return (
    <Card label={words.make}>
      <form method="post" action="/visitors" noValidate onSubmit={(event) => void make(event)}>
        <fieldset class="stack stack-wide" disabled={!isAlive}>
          <DoorChoice doors={props.doors} wish={wish} />
          <FromChoice wish={wish} />
          <ChoiceGroup
            legend={words.hoursHead}
            name="hours"
            value={String(wish.hours)}
            options={hoursOffered.map((count) => ({
              value: String(count),
              words: words.hours(count),
            }))}
            onPick={(value) => wish.setHours(Number(value))}
          />
          <Button type="submit" kind={usePrimary()} icon={QrIcon} tall wide busy={act.isBusy}>
            {words.make}
          </Button>
        </fieldset>
      </form>
      <RefusedHere refusal={act.refusal} />
    </Card>
  )
}

type Wish = ReturnType<typeof usePassWish>

function usePassWish(doors: readonly Door[]) {
  const [code, setDoor] = useState<string>(doors[0]?.door ?? '')
  const [isLater, setLater] = useState(false)
  const [time, setTime] = useState('')
  const [hours, setHours] = useState<number>(4)
  const [isWrong, setWrong] = useState(false)
  return {
    door: doors.find(({ door }) => door === code),
    ...{ isLater, time, hours, isWrong, setDoor, setLater, setTime, setHours },
    /** null, and marked: no such time is left today. */
    begin(now: Instant): Instant | null {
      const from = isLater ? beginOf(time, hours, now) : now
      setWrong(from === null)
      return from
    },
  }
}

function DoorChoice(props: { doors: readonly Door[]; wish: Wish }) {
  const words = useResidentWords('visitors')
  const { places } = useWords()
  return (
    <ChoiceGroup
      legend={words.doorHead}
      name="door"
      column
      value={props.wish.door?.door}
      options={props.doors.map(({ door, place }) => ({
        value: door,
        words: doorWords(place, places),
      }))}
      onPick={props.wish.setDoor}
    />
  )
}

function FromChoice(props: { wish: Wish }) {
  const words = useResidentWords('visitors')
  const { wish } = props
  return (
    <div class="stack">
      <ChoiceGroup
        legend={words.fromHead}
        name="from"
        value={wish.isLater ? 'later' : 'now'}
        options={[
          { value: 'now', words: words.fromNow },
          { value: 'later', words: words.fromLater },
        ]}
        onPick={(value) => wish.setLater(value === 'later')}
      />
      {wish.isLater ? (
        <TextField
          label={words.fromTime}
          name="time"
          type="time"
          value={wish.time}
          problem={wish.isWrong ? words.fromProblem : undefined}
          onInput={wish.setTime}
        />
      ) : null}
    </div>
  )
}
