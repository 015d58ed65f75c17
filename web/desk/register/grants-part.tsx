import { useEffect, useState } from 'preact/hooks'
import { HandHelping, Printer } from 'lucide'
import type {
  actFor,
  endGrantAtStation,
  grantsOf,
  signGrant,
} from '../../../src/desks/identity/grants/api.ts'
import { dayOf } from '../../../src/kernel/calendar.ts'
import { dayMs } from '../../../src/kernel/clock.ts'
import type { Input, Output } from '../../../src/kernel/endpoint.ts'
import type { PersonId } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useLanguage, useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { ChoiceGroup } from '../../ui/choice.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { List, Row } from '../../ui/list.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatDate, formatInstant } from '../../words/format.ts'
import { keysOf } from './frame.tsx'

type Held = Output<typeof grantsOf>['forThem'][number]
type Part = { person: PersonId; name: string; request: string }

/** Who may act for somebody who stands here, with or without a telephone of their own. */
export function GrantsPart(props: Part & { onPaper: () => void }) {
  const { person, request, onPaper } = props
  const words = useRegisterWords()
  const { refusal, run } = useAct()
  const [held, setHeld] = useState<readonly Held[] | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const ask = () =>
    run(async () => {
      const asked = { person, request }
      const result = await call<typeof grantsOf>('get', '/identity/grants/of', asked)
      if (result.ok) setHeld(result.answer.forThem)
      return result
    })
  useEffect(() => void ask(), [person, request])
  const written = (says: string) => {
    setDone(says)
    void ask()
  }
  return (
    <section class="stack">
      <Heading line={words.grantsLine}>{words.grants}</Heading>
      <div role="status">{done ? <Strip>{done}</Strip> : null}</div>
      <RefusalStrip refusal={refusal} />
      {held?.length === 0 ? <p class="note">{words.grantsNone}</p> : null}
      {held && held.length > 0 ? (
        <List label={words.grants}>
          {held.map((one) => (
            <OneGrant key={one.grant} held={one} written={written} {...props} />
          ))}
        </List>
      ) : null}
      <div>
        <Button icon={Printer} onClick={onPaper}>
          {words.grantPrint}
        </Button>
      </div>
      <SignForm {...props} written={written} />
    </section>
  )
}

type Written = { written: (says: string) => void }

function OneGrant(props: { held: Held } & Part & Written) {
  const { held, person, request, written } = props
  const words = useRegisterWords()
  const language = useLanguage()
  const now = useNow()
  const ending = useAct()
  const acting = useAct()
  const { grant } = held
  const end = async () => {
    const asked = { request, person, grant }
    const path = '/identity/grants/end-at-station'
    if (await ending.run(() => call<typeof endGrantAtStation>('post', path, asked))) {
      written(words.grantEnded)
    }
  }
  const act = async () => {
    const isDone = await acting.run(() =>
      call<typeof actFor>('post', '/identity/act-for', { grant }),
    )
    // From here on the pages are that person's.
    if (isDone) location.assign('/home')
  }
  return (
    <Row
      title={held.called}
      detail={[words.grantRelations[held.relation], words.grantWays[held.way]].join(' · ')}
      line={words.grantTerm(
        formatDate(held.since, now, language),
        formatInstant(held.until, now, language),
      )}
      more={
        <div class="stack stack-tight">
          {held.isMine ? <p class="note">{words.grantActLine}</p> : null}
          <div class="flow">
            {held.isMine ? (
              <Button icon={HandHelping} busy={acting.isBusy} onClick={() => void act()}>
                {words.grantAct}
              </Button>
            ) : null}
            <Button kind="danger" busy={ending.isBusy} onClick={() => void end()}>
              {words.grantEnd}
            </Button>
          </div>
          <RefusalStrip refusal={ending.refusal ?? acting.refusal} />
        </div>
      }
    />
  )
}

const relations = ['child', 'kin', 'volunteer'] as const
type Relation = (typeof relations)[number]
/** A paper is entered within so many days after it was signed. */
const signedWithinDays = 30

const nothingSaid = { code: '', relation: 'child', called: '', days: '30' }
type Said = typeof nothingSaid

/** For a day where the clerk acts at once; else as the paper says, to whoever has the code. */
function askedOf(isMe: boolean, said: Said): Pick<Input<typeof signGrant>, 'to' | 'days'> {
  if (isMe) return { to: { kind: 'me' }, days: 1 }
  const { code, called, relation, days } = said
  return {
    to: {
      ...{ kind: 'code', code: code.trim(), called: called.trim() },
      relation: relation as Relation,
    },
    days: Number(days),
  }
}

function isAskable({ to, days }: ReturnType<typeof askedOf>): boolean {
  if (to.kind === 'me') return true
  const isTerm = Number.isInteger(days) && days >= 1 && days <= 365
  return /^[0-9]{6}$/.test(to.code) && to.called !== '' && isTerm
}

/** What the paper says, once it is signed: the program never stands in for the signature. */
function SignForm(props: Part & Written) {
  const { person, name, request, written } = props
  const words = useRegisterWords()
  const language = useLanguage()
  const now = useNow()
  const { isBusy, refusal, run } = useAct()
  const [to, setTo] = useState<'me' | 'code'>('code')
  const [said, say] = useState<Said>(nothingSaid)
  const [signedOn, setSignedOn] = useState(dayOf(now))
  const isMe = to === 'me'
  const asked = askedOf(isMe, said)
  const sign = () =>
    void run(async () => {
      const paper = { request, person, ...asked, signedOn }
      const result = await call<typeof signGrant>('post', '/identity/grants/sign', paper)
      if (result.ok) {
        say({ ...said, code: '', called: '' })
        written(words.grantDone(name, formatInstant(result.answer.until, now, language)))
      }
      return result
    })
  return (
    <details>
      <summary class="button button-quiet out-left">{words.grantSign}</summary>
      <div class="stack">
        <ChoiceGroup
          column
          legend={words.grantTo}
          name="grant to"
          options={keysOf(words.grantTos).map((value) => ({
            ...{ value, words: words.grantTos[value] },
          }))}
          value={to}
          onPick={(value) => setTo(value as typeof to)}
        />
        {isMe ? <p class="note">{words.grantMeLine}</p> : <PaperFields said={said} say={say} />}
        <TextField
          label={words.grantSignedOn}
          name="grant signed on"
          type="date"
          help={words.grantSignedOnHelp}
          min={dayOf(now - signedWithinDays * dayMs)}
          max={dayOf(now)}
          value={signedOn}
          onInput={setSignedOn}
        />
        {isMe && refusal?.fault === 'not-allowed' ? (
          <Strip tone="amber">{words.grantNoAccount}</Strip>
        ) : (
          <RefusalStrip refusal={refusal} />
        )}
        <div>
          <Button busy={isBusy} disabled={signedOn === '' || !isAskable(asked)} onClick={sign}>
            {words.grantDo}
          </Button>
        </div>
      </div>
    </details>
  )
}

/** What is asked of the paper where somebody else is to act. */
function PaperFields({ said, say }: { said: Said; say: (said: Said) => void }) {
  const words = useRegisterWords()
  const field = (key: 'code' | 'called' | 'days') => ({
    ...{ name: `grant ${key}`, autoComplete: 'off', value: said[key] },
    onInput: (value: string) => say({ ...said, [key]: value }),
  })
  return (
    <>
      <TextField
        label={words.grantCode}
        help={words.grantCodeHelp}
        inputMode="numeric"
        maxLength={6}
        {...field('code')}
      />
      <SelectField
        label={words.grantRelation}
        name="grant relation"
        options={relations.map((value) => ({
          ...{ value, words: words.grantRelations[value] },
        }))}
        value={said.relation}
        onInput={(relation) => say({ ...said, relation })}
      />
      <TextField
        label={words.grantCalled}
        help={words.grantCalledHelp}
        maxLength={30}
        {...field('called')}
      />
      <TextField
        label={words.grantDays}
        help={words.grantDaysHelp}
        inputMode="numeric"
        maxLength={3}
        {...field('days')}
      />
    </>
  )
}
