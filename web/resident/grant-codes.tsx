import { useState } from 'preact/hooks'
import { HandHelping, KeyRound } from 'lucide'
import type { Input, Output } from '../../src/kernel/endpoint.ts'
import type { makeGrantCode, takeGrant } from '../../src/desks/identity/grants/api.ts'
import { call, type Refusal } from '../shell/call.ts'
import { useAct, useIsAlive, useNow } from '../shell/shell.tsx'
import { useLanguage, useResidentWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { ChoiceGroup } from '../ui/choice.tsx'
import { TextField } from '../ui/field.tsx'
import { formatInstant } from '../words/format.ts'
import { Digits, digitsIn } from './digits.tsx'
import { Fold } from './fold.tsx'
import { Headline } from './headline.tsx'
import { usePrimary } from './primary.ts'
import { RefusedHere } from './refused-here.tsx'
import { ReadToMe } from './standing.tsx'

type Relation = Input<typeof makeGrantCode>['relation']
type Code = Output<typeof makeGrantCode>

const relations: readonly Relation[] = ['child', 'kin', 'volunteer']
const daysOffered = [7, 30, 90, 365] as const

/** A code for whoever is to help: made here, read to them, used once. */
export function MakeCode() {
  const words = useResidentWords('actingFor')
  const [made, setMade] = useState<Code | null>(null)
  return (
    <Fold icon={HandHelping} title={words.makeHead} line={words.makeLine}>
      {made ? (
        <CodeShown code={made} onDone={() => setMade(null)} />
      ) : (
        <MakeCodeForm onMade={setMade} />
      )}
    </Fold>
  )
}

function MakeCodeForm(props: { onMade: (code: Code) => void }) {
  const words = useResidentWords('actingFor')
  const [relation, setRelation] = useState<Relation>('child')
  const [days, setDays] = useState<number>(30)
  const act = useAct()
  const make = async (event: Event) => {
    event.preventDefault()
    if (act.isBusy) return
    await act.run(async () => {
      const input = { relation, days }
      const made = await call<typeof makeGrantCode>('post', '/identity/grants/codes', input)
      if (made.ok) props.onMade(made.answer)
      return made
    })
  }
  return (
    <form method="post" action="/helpers" noValidate onSubmit={(event) => void make(event)}>
      <fieldset class="stack" disabled={!useIsAlive()}>
        <p>{words.makeCan}</p>
        <p>{words.makeCannot}</p>
        <ChoiceGroup
          legend={words.makeAsk}
          name="relation"
          value={relation}
          options={relations.map((one) => ({ value: one, words: words.relations[one] }))}
          onPick={(value) => setRelation(relations.find((one) => one === value) ?? 'child')}
        />
        <ChoiceGroup
          legend={words.daysHead}
          name="days"
          value={String(days)}
          options={daysOffered.map((count) => ({
            value: String(count),
            words: words.days[count] ?? String(count),
          }))}
          onPick={(value) => setDays(Number(value))}
        />
        <Button type="submit" kind={usePrimary()} wide busy={act.isBusy}>
          {words.make}
        </Button>
      </fieldset>
      <RefusedHere refusal={act.refusal} />
    </form>
  )
}

function CodeShown(props: { code: Code; onDone: () => void }) {
  const words = useResidentWords('actingFor')
  const until = formatInstant(props.code.expiresAt, useNow(), useLanguage())
  const { code } = props.code
  return (
    <div class="stack">
      <Headline step={1} level={2}>
        {words.codeHead}
      </Headline>
      <Digits of={code} by={4} />
      <p class="centre">{words.codeLine(until)}</p>
      <ReadToMe text={`${words.codeHead}\n${[...code].join(' ')}\n${words.codeLine(until)}`} />
      <Button wide onClick={props.onDone}>
        {words.codeDone}
      </Button>
    </div>
  )
}

/** The other side: the code that somebody read to me, and what they call me. */
export function TakeCode(props: { onTaken: () => Promise<void> }) {
  const words = useResidentWords('actingFor')
  const wish = useTaking(props.onTaken)
  return (
    <Fold icon={KeyRound} title={words.takeHead} line={words.takeLine}>
      <form method="post" action="/helpers" noValidate onSubmit={(event) => void wish.take(event)}>
        <fieldset class="stack" disabled={!useIsAlive()}>
          <TextField
            label={words.code}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={20}
            value={wish.code}
            problem={wish.wrong === 'code' ? words.codeProblem : undefined}
            onInput={wish.setCode}
          />
          <TextField
            label={words.called}
            name="called"
            maxLength={30}
            help={words.calledHelp}
            value={wish.called}
            problem={wish.wrong === 'called' ? words.calledProblem : undefined}
            onInput={wish.setCalled}
          />
          <Button type="submit" wide busy={wish.isBusy}>
            {words.take}
          </Button>
        </fieldset>
      </form>
      <RefusedHere refusal={wish.refusal} />
      <p class="small is-jade" role="status">
        {wish.isTaken ? words.taken : ''}
      </p>
    </Fold>
  )
}

function useTaking(onTaken: () => Promise<void>) {
  const words = useResidentWords('actingFor')
  const [code, setCode] = useState('')
  const [called, setCalled] = useState('')
  const [wrong, setWrong] = useState<'code' | 'called' | null>(null)
  const [isTaken, setTaken] = useState(false)
  const act = useAct()
  return {
    ...{ code, called, wrong, isTaken, setCode, setCalled, isBusy: act.isBusy },
    refusal: act.refusal && plainly(act.refusal, words),
    async take(event: Event) {
      event.preventDefault()
      const digits = digitsIn(code, 8)
      const name = called.trim()
      const problem = digits === null ? 'code' : name === '' || name.length > 30 ? 'called' : null
      setWrong(problem)
      setTaken(false)
      if (digits === null || problem || act.isBusy) return
      const input = { code: digits, called: name }
      if (!(await act.run(() => call<typeof takeGrant>('post', '/identity/grants/take', input)))) {
        return
      }
      setCode('')
      setTaken(true)
      await onTaken()
    },
  }
}

/** "Not found" says too little of a code, and "not allowed" too little of a link without account. */
function plainly(refusal: Refusal, words: { wrongCode: string; needsAccount: string }): Refusal {
  const said =
    refusal.fault === 'not-found'
      ? words.wrongCode
      : refusal.fault === 'not-allowed'
        ? words.needsAccount
        : null
  return said === null ? refusal : { ...refusal, sentence: { 'zh-CN': said, en: said } }
}
