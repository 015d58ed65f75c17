import { useState } from 'preact/hooks'
import { Hourglass, Mail, Store, Users } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { HomeCode } from '../../src/kernel/ids.ts'
import type {
  askHousehold,
  howProven,
  proveByLetter,
  showCode,
} from '../../src/desks/identity/proving/api.ts'
import { call } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useIsAlive, useNow } from '../shell/shell.tsx'
import { useLanguage, useResidentWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Heading } from '../ui/card.tsx'
import { TextField } from '../ui/field.tsx'
import { State } from '../ui/state.tsx'
import { formatDate, formatTime } from '../words/format.ts'
import { Digits, digitsIn } from './digits.tsx'
import { Fold } from './fold.tsx'
import { usePrimary } from './primary.ts'
import { ReadToMe } from './standing.tsx'

type Proven = Output<typeof howProven>
type Again = { again: () => Promise<void> }

/** Before the register shows anything it has to be them: three ways, and what waits already. */
export function ProvePart(props: { proven: Proven } & Again) {
  const words = useResidentWords('prove')
  return (
    <section class="stack">
      <Heading line={words.line}>{words.head}</Heading>
      <Waiting proven={props.proven} />
      <div class="acts">
        <LetterPart again={props.again} />
        <StationPart />
        <HouseholdPart again={props.again} />
      </div>
    </section>
  )
}

function Waiting(props: { proven: Proven }) {
  const words = useResidentWords('prove')
  const language = useLanguage()
  const now = useNow()
  return (
    <>
      {props.proven.waiting.map(({ kind, state, at, until, because }) => {
        const key = `${kind} ${at}`
        if (state === 'waiting' && kind === 'claim') {
          return (
            <State
              key={key}
              kind="empty"
              icon={Hourglass}
              title={words.claimHead}
              line={words.claimLine}
            />
          )
        }
        if (state === 'waiting') {
          const day = formatDate(until ?? at, now, language)
          return (
            <State
              key={key}
              kind="empty"
              icon={Hourglass}
              title={words.asked}
              line={words.askedLine(day)}
            />
          )
        }
        if (state === 'proven') return null
        const why: Readonly<Record<string, string>> = words.refusedBecause
        return (
          <State
            key={key}
            kind="not-allowed"
            title={words.refusedHead}
            line={`${(because && why[because]) ?? ''}${words.refusedLine}`}
          />
        )
      })}
    </>
  )
}

/** The digits of a letter and one's own name; what of it was wrong is not told apart. */
function LetterPart(props: Again) {
  const words = useResidentWords('prove')
  const [code, setCode] = useState('')
  const { name, setName, ...form } = useNamed()
  const prove = (event: Event) => {
    const digits = digitsIn(code, 10)
    form.send(event, digits === null ? 'code' : null, async (said) => {
      const input = { code: digits ?? '', name: said }
      const done = await call<typeof proveByLetter>('post', '/identity/home/letter', input)
      if (done.ok && done.answer.state === 'proven') location.assign('/home')
      else if (done.ok) await props.again()
      return done
    })
  }
  return (
    <Fold icon={Mail} title={words.letterHead} line={words.letterLine}>
      <form method="post" action="/my-home" noValidate onSubmit={prove}>
        <fieldset class="stack" disabled={!form.isAlive}>
          <TextField
            label={words.code}
            name="code"
            inputMode="numeric"
            maxLength={20}
            help={words.codeHelp}
            value={code}
            problem={form.wrong === 'code' ? words.codeProblem : undefined}
            onInput={setCode}
          />
          <NameField name={name} isWrong={form.wrong === 'name'} onInput={setName} />
          <Button type="submit" kind={usePrimary()} wide busy={form.isBusy}>
            {words.enter}
          </Button>
        </fieldset>
      </form>
      <RefusalStrip refusal={form.refusal} />
    </Fold>
  )
}

/** Six digits for the worker at the station, who has the person before them. */
function StationPart() {
  const words = useResidentWords('prove')
  const [shown, setShown] = useState<Output<typeof showCode> | null>(null)
  const act = useAct()
  const show = () =>
    void act.run(async () => {
      const made = await call<typeof showCode>('post', '/identity/home/code', {})
      setShown(made.ok ? made.answer : null)
      return made
    })
  return (
    <Fold icon={Store} title={words.stationHead} line={words.stationLine}>
      {shown ? (
        <div class="stack" role="status">
          <p class="title">{words.stationCode}</p>
          <Digits of={shown.code} by={3} />
          <p class="centre">{words.stationUntil(formatTime(shown.expiresAt))}</p>
          <ReadToMe text={`${words.stationCode}\n${[...shown.code].join(' ')}`} />
        </div>
      ) : (
        <Button wide busy={act.isBusy} onClick={show}>
          {words.showCode}
        </Button>
      )}
      <RefusalStrip refusal={act.refusal} />
    </Fold>
  )
}

/** The number of the home stands on the page of whoever has proven it. */
function HouseholdPart(props: Again) {
  const words = useResidentWords('prove')
  const [home, setHome] = useState('')
  const { name, setName, ...form } = useNamed()
  const ask = (event: Event) => {
    const code = homeIn(home)
    form.send(event, code === null ? 'home' : null, async (said) => {
      const input = { home: (code ?? '') as HomeCode, name: said }
      const asked = await call<typeof askHousehold>('post', '/identity/home/ask', input)
      if (asked.ok) await props.again()
      return asked
    })
  }
  return (
    <Fold icon={Users} title={words.householdHead} line={words.householdLine}>
      <form method="post" action="/my-home" noValidate onSubmit={ask}>
        <fieldset class="stack" disabled={!form.isAlive}>
          <TextField
            label={words.home}
            name="home"
            maxLength={40}
            help={words.homeHelp}
            value={home}
            problem={form.wrong === 'home' ? words.homeProblem : undefined}
            onInput={setHome}
          />
          <NameField name={name} isWrong={form.wrong === 'name'} onInput={setName} />
          <Button type="submit" wide busy={form.isBusy}>
            {words.ask}
          </Button>
        </fieldset>
      </form>
      <RefusalStrip refusal={form.refusal} />
    </Fold>
  )
}

function NameField(props: { name: string; isWrong: boolean; onInput: (name: string) => void }) {
  const words = useResidentWords('prove')
  return (
    <TextField
      label={words.name}
      name="name"
      autoComplete="name"
      maxLength={60}
      help={words.nameHelp}
      value={props.name}
      problem={props.isWrong ? words.nameProblem : undefined}
      onInput={props.onInput}
    />
  )
}

/** A form with one's own name in it: the first field that is wrong is marked. */
function useNamed() {
  const [name, setName] = useState('')
  const [wrong, setWrong] = useState<'code' | 'home' | 'name' | null>(null)
  const act = useAct()
  return {
    ...{ name, setName, wrong, isBusy: act.isBusy, refusal: act.refusal, isAlive: useIsAlive() },
    send(
      event: Event,
      problem: 'code' | 'home' | null,
      ask: (name: string) => ReturnType<Parameters<typeof act.run>[0]>,
    ) {
      event.preventDefault()
      const said = name.trim()
      const first = problem ?? (said === '' ? 'name' : null)
      setWrong(first)
      if (first === null && !act.isBusy) void act.run(() => ask(said))
    },
  }
}

/** "310104011013-01-26-501", with dashes or spaces as people copy it. */
function homeIn(written: string): string | null {
  const code = written
    .normalize('NFKC')
    .trim()
    .replace(/[\s–—-]+/g, '-')
  return /^\d{12}-[0-9A-Za-z]+-[0-9A-Za-z]+-[0-9A-Za-z]+$/.test(code) ? code : null
}
