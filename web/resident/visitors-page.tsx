import { useState } from 'preact/hooks'
import { DoorOpen } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { myPasses, revokePass } from '../../src/desks/identity/passes/api.ts'
import { call } from '../shell/call.ts'
import { doorWords } from '../shell/passes.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useFirst, useNow } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useLanguage, useResidentWords, useWords } from '../shell/words.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, Heading } from '../ui/card.tsx'
import { State } from '../ui/state.tsx'
import { formatSpan } from '../words/format.ts'
import { Resident } from './frame.tsx'
import { PageHead } from './page-head.tsx'
import { PassForm } from './pass-form.tsx'
import { MadePass, type Made } from './pass-made.tsx'

type Passes = Output<typeof myPasses>
type Pass = Passes['passes'][number]

/** A visitor is let in by a door and some hours; their name is not asked. */
export function VisitorsPage() {
  const words = useResidentWords('visitors')
  const { result, again } = useFirst<typeof myPasses>('/identity/passes', {})
  const [made, setMade] = useState<Made | null>(null)
  const answered = result.value
  const onMade = async (pass: Made) => {
    setMade(pass)
    await again()
  }
  return (
    <Resident back={{ href: '/home', words: useWords().ui.home }}>
      <noscript class="strip strip-amber under-4">{words.noScript}</noscript>
      <div class="stack stack-wide">
        <PageHead title={words.title} line={words.line} read={words.promises.join('\n')} />
        {answered?.ok ? (
          <>
            {made ? (
              <MadePass made={made} onAnother={() => setMade(null)} />
            ) : (
              <PassForm doors={answered.answer.doors} onMade={onMade} />
            )}
            <OpenPasses passes={answered.answer.passes} again={again} />
          </>
        ) : (
          <Unanswered refusal={answered?.refusal} again={again} />
        )}
        <Promises />
      </div>
    </Resident>
  )
}

function OpenPasses(props: { passes: readonly Pass[]; again: () => Promise<void> }) {
  const words = useResidentWords('visitors')
  const act = useAct()
  const revoke = async (pass: string) => {
    await act.run(() => call<typeof revokePass>('post', '/identity/passes/revoke', { pass }))
    await props.again()
  }
  return (
    <section class="stack">
      <Heading>{words.listHead}</Heading>
      <RefusalStrip refusal={act.refusal} />
      {props.passes.length === 0 ? (
        <State kind="empty" icon={DoorOpen} title={words.listNone} line={words.listNoneLine} />
      ) : (
        <ul class="stack">
          {props.passes.map((pass) => (
            <li key={pass.pass}>
              <OpenPass pass={pass} isBusy={act.isBusy} onRevoke={() => void revoke(pass.pass)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function OpenPass(props: { pass: Pass; isBusy: boolean; onRevoke: () => void }) {
  const { pass } = props
  const words = useResidentWords('visitors')
  const { places } = useWords()
  const now = useNow()
  const door = doorWords(pass.place, places)
  const span = formatSpan(pass.from, pass.until, now, useLanguage())
  const state = pass.isRevoked ? 'revoked' : pass.from <= now ? 'now' : 'later'
  const tones = { now: 'jade', later: 'plain', revoked: 'none' } as const
  return (
    <Card>
      <div class="pass-row">
        <div class="stack stack-tight grow">
          <p class="strong">{door}</p>
          <p class="small">{span}</p>
          <p>
            <Badge tone={tones[state]}>{words.states[state]}</Badge>
          </p>
        </div>
        {pass.isRevoked ? null : (
          <Button
            kind="danger"
            busy={props.isBusy}
            label={words.revokeOne(door, span)}
            onClick={props.onRevoke}
          >
            {words.revoke}
          </Button>
        )}
      </div>
    </Card>
  )
}

function Promises() {
  const words = useResidentWords('visitors')
  return (
    <Card label={words.promiseHead} sunk>
      <h2 class="strong under-2">{words.promiseHead}</h2>
      <ul class="points">
        {words.promises.map((promise) => (
          <li key={promise}>{promise}</li>
        ))}
      </ul>
    </Card>
  )
}
