import { useState } from 'preact/hooks'
import { House, Luggage } from 'lucide'
import type { Instant } from '../../src/kernel/clock.ts'
import type { setAway } from '../../src/watch/care/api.ts'
import { call } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useIsAlive, useNow, useShell } from '../shell/shell.tsx'
import { useCareWords, useLanguage } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { formatDate } from '../words/format.ts'
import { awayDates, awayUntil, endOfDay } from './away.ts'
import { Fold } from './fold.tsx'

type Done = () => Promise<void>

/** One switch, set by the person, that ends by its date. */
export function AwayPart(props: { onDone: Done }) {
  const words = useCareWords()
  const language = useLanguage()
  const now = useNow()
  const away = useAway(props.onDone)
  const choices = [
    { until: endOfDay(now, 1), says: words.awayTomorrow },
    { until: endOfDay(now, 3), says: words.awayThree },
    { until: endOfDay(now, 7), says: words.awayWeek },
  ]
  return (
    <Fold icon={Luggage} title={words.awayTitle} line={words.awayHelp}>
      <p>{words.awayAsk}</p>
      {choices.map(({ until, says }) => (
        <Button key={until} wide busy={away.isBusy} onClick={() => void away.set(until)}>
          {says(formatDate(until, now, language))}
        </Button>
      ))}
      <AwayDate now={now} isBusy={away.isBusy} onSet={away.set} />
      <RefusalStrip refusal={away.refusal} />
    </Fold>
  )
}

function AwayDate(props: {
  now: Instant
  isBusy: boolean
  onSet: (until: Instant) => Promise<void>
}) {
  const words = useCareWords()
  const [date, setDate] = useState('')
  const [isWrong, setWrong] = useState(false)
  const { first, last } = awayDates(props.now)
  const submit = (event: Event) => {
    event.preventDefault()
    const until = awayUntil(date, props.now)
    setWrong(until === null)
    if (until !== null) void props.onSet(until)
  }
  return (
    <form method="post" action="/care" onSubmit={submit} noValidate>
      <fieldset class="stack" disabled={!useIsAlive()}>
        <TextField
          label={words.awayDate}
          name="until"
          type="date"
          min={first}
          max={last}
          value={date}
          help={words.awayDateHelp}
          problem={isWrong ? words.awayProblem : undefined}
          onInput={setDate}
        />
        <Button type="submit" wide busy={props.isBusy}>
          {words.awaySet}
        </Button>
      </fieldset>
    </form>
  )
}

/** The way back; one tap. */
export function BackPart(props: { onDone: Done }) {
  const words = useCareWords()
  const { view } = useShell()
  const away = useAway(props.onDone)
  return (
    <div class="stack stack-tight">
      <Button
        // in the elder view the one filled button is the call at the foot
        kind={view === 'elder' ? 'plain' : 'primary'}
        wide
        tall
        icon={House}
        busy={away.isBusy}
        onClick={() => void away.set(null)}
      >
        {words.back}
      </Button>
      <p class="small centre">{words.backHelp}</p>
      <RefusalStrip refusal={away.refusal} />
    </div>
  )
}

function useAway(onDone: Done) {
  const act = useAct()
  return {
    isBusy: act.isBusy,
    refusal: act.refusal,
    async set(until: Instant | null) {
      const isDone = await act.run(() => call<typeof setAway>('post', '/care/away', { until }))
      if (isDone) await onDone()
    },
  }
}
