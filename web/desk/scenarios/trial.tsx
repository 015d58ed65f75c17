import { useEffect, useRef, useState } from 'preact/hooks'
import { CircleStop, FlaskConical } from 'lucide'
import type { tryRule } from '../../../src/watch/scenarios/api.ts'
import { secondMs } from '../../../src/kernel/clock.ts'
import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { call } from '../../shell/call.ts'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useAct, useNow } from '../../shell/shell.tsx'
import { useLanguage, useScenarioWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { State, Strip } from '../../ui/state.tsx'
import { formatInstant } from '../../words/format.ts'
import { isSame } from './change.ts'
import { wholeIn } from './editors.tsx'
import { TrialResult } from './trial-result.tsx'
import type { Trial } from './trial-sums.ts'

/** What was tried, and with which rule: once the rule is another, the result is an old one. */
type Tried = { rule: Definition; trial: Trial }

/** A version over days of this street, beside the one in force, before anybody trusts it. */
export function TrialPanel(props: {
  rule: Definition
  /** What is wrong with a rule has to be put right before it can be tried. */
  isWrong: boolean
  nameOf: (place: string) => string
  /** A result to begin with, for pictures and tests. */
  first?: Tried | undefined
}) {
  const words = useScenarioWords()
  const tried = useTrial(props.rule, props.first)
  const { result } = tried
  return (
    <section class="trial stack stack-wide" aria-label={words.trialTitleNone}>
      <Head result={result} />
      <TryForm {...tried} isWrong={props.isWrong} />
      {props.rule.consent === null ? null : <p class="note">{words.trialLooks}</p>}
      <div role="status">
        {tried.isBusy ? <p class="small">{words.trying}</p> : null}
        {tried.ended ? <Strip tone="amber">{words.tryEnded[tried.ended]}</Strip> : null}
      </div>
      {tried.isBusy ? <Waiting onStop={tried.stop} /> : null}
      {result ? (
        <>
          {isSame(result.rule, props.rule) ? null : <Strip tone="amber">{words.stale}</Strip>}
          <TrialResult
            trial={result.trial}
            minutes={result.rule.workMinutes}
            nameOf={props.nameOf}
          />
        </>
      ) : tried.isBusy ? null : (
        <State
          kind="empty"
          icon={FlaskConical}
          title={words.trialEmpty}
          line={words.trialEmptyLine}
        />
      )}
    </section>
  )
}

/** How long it has taken, and a way out. */
function Waiting(props: { onStop: () => void }) {
  const words = useScenarioWords()
  const [seconds, count] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => count((before) => before + 1), secondMs)
    return () => clearInterval(timer)
  }, [])
  return (
    <div class="flow">
      <Button icon={CircleStop} onClick={props.onStop}>
        {words.tryStop}
      </Button>
      <span class="note">{words.tryingFor(seconds)}</span>
    </div>
  )
}

function Head(props: { result: Tried | null }) {
  const words = useScenarioWords()
  const language = useLanguage()
  const now = useNow()
  const trial = props.result?.trial
  const count = trial ? new Set(trial.days.map(({ day }) => day)).size : 0
  const simulated = trial?.simulatedPercent ?? 0
  return (
    <Heading
      line={
        trial?.storedFrom
          ? `${words.trialLine} ${words.stored(formatInstant(trial.storedFrom, now, language))}`
          : words.trialLine
      }
      aside={
        trial ? (
          <Badge tone={simulated > 0 ? 'unknown' : 'plain'}>
            {simulated > 0 ? words.simulated(simulated) : words.simulatedNone}
          </Badge>
        ) : null
      }
    >
      {trial ? words.trialTitle(count) : words.trialTitleNone}
    </Heading>
  )
}

function TryForm(props: ReturnType<typeof useTrial> & { isWrong: boolean }) {
  const words = useScenarioWords()
  const [days, setDays] = useState('90')
  const [capacity, setCapacity] = useState('6')
  const [isTried, setTried] = useState(false)
  const most = wholeIn(capacity, 1, 1_000)
  const run = (seed: number) => {
    setTried(true)
    if (most !== null) void props.run(Number(days), most, seed)
  }
  return (
    <div class="trial-form">
      <SelectField
        label={words.tryDays}
        name="days"
        value={days}
        options={[14, 30, 90, 365].map((count) => ({
          value: String(count),
          words: words.tryDaysOf(count),
        }))}
        onInput={setDays}
      />
      <TextField
        label={words.capacity}
        name="capacity"
        inputMode="numeric"
        value={capacity}
        problem={isTried && most === null ? words.numberProblem('1', '1000') : undefined}
        onInput={setCapacity}
      />
      <Button
        icon={FlaskConical}
        busy={props.isBusy}
        disabled={props.isWrong}
        onClick={() => run(props.seed)}
      >
        {words.tryDo}
      </Button>
      {props.result && props.result.trial.simulatedPercent > 0 ? (
        <Button
          kind="quiet"
          className="trial-again out-left"
          busy={props.isBusy}
          disabled={props.isWrong}
          onClick={() => run(props.seed + 1)}
        >
          {words.tryAgain}
        </Button>
      ) : null}
      {props.isWrong ? <p class="note">{words.problemsAside}</p> : null}
      <RefusalStrip refusal={props.refusal} />
    </div>
  )
}

/** Nothing of a trial is kept: whoever stops it, leaves or is cut off tries again. */
function useTrial(rule: Definition, first: Tried | undefined) {
  const [result, keep] = useState<Tried | null>(first ?? null)
  const [seed, setSeed] = useState(1)
  const [ended, end] = useState<'stopped' | 'lost' | null>(null)
  const running = useRef<AbortController | null>(null)
  const act = useAct()
  useEffect(() => () => running.current?.abort(), [])
  return {
    ...{ result, seed, ended, isBusy: act.isBusy, refusal: act.refusal },
    stop: () => running.current?.abort(),
    async run(days: number, capacityPerDay: number, nextSeed: number) {
      setSeed(nextSeed)
      end(null)
      const { signal } = (running.current = new AbortController())
      await act.run(async () => {
        const input = { definition: JSON.stringify(rule), days, capacityPerDay, seed: nextSeed }
        const answer = await call<typeof tryRule>('post', '/scenarios/try', input, signal)
        if (answer.ok && answer.answer.result) keep({ rule, trial: answer.answer.result })
        if (answer.ok || answer.refusal.fault !== 'offline') return answer
        end(signal.aborted ? 'stopped' : 'lost')
        return { ok: true, answer: null }
      })
    },
  }
}
