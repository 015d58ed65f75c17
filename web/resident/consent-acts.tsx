import { useState } from 'preact/hooks'
import { CircleStop, FileText } from 'lucide'
import type { ConsentPurpose } from '../../src/ground/privacy/types.ts'
import type { endConsent, myConsents, renewConsent } from '../../src/ground/privacy/consents/api.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import { call } from '../shell/call.ts'
import { useAct } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useConsentWords, useResidentWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Strip } from '../ui/state.tsx'
import { Fold } from './fold.tsx'
import { Terms } from './offer.tsx'

export type Consent = Output<typeof myConsents>['consents'][number]

/** What ending does stands above the button that does it. */
export function EndConsent(props: {
  purpose: ConsentPurpose
  onEnded: (at: number) => void
  again: () => Promise<void>
}) {
  const { purpose } = props
  const words = useConsentWords()
  const [isAsking, setAsking] = useState(false)
  const act = useAct()
  const end = async () => {
    const isDone = await act.run(async () => {
      const result = await call<typeof endConsent>('post', '/privacy/consents/end', { purpose })
      if (result.ok) props.onEnded(result.answer.endedAt)
      return result
    })
    if (!isDone) return
    setAsking(false)
    await props.again()
  }
  return (
    <>
      <Button wide tall icon={CircleStop} onClick={() => setAsking(true)}>
        {words.end[purpose]}
      </Button>
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title={words.endAsk}
        acts={
          <>
            <Button onClick={() => setAsking(false)}>{words.endKeep}</Button>
            <Button kind="danger" busy={act.isBusy} onClick={() => void end()}>
              {words.endConfirm}
            </Button>
          </>
        }
      >
        <p class="strong">{words.endHead}</p>
        <ul class="points">
          {words.effect[purpose].map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
        <RefusalStrip refusal={act.refusal} />
      </Dialog>
    </>
  )
}

/** The words have changed: they are read here, and one press goes on. */
export function RenewConsent(props: {
  consent: Consent
  by: string
  mayGive: boolean
  again: () => Promise<void>
}) {
  const { purpose, presentVersion: textVersion } = props.consent
  const words = useConsentWords()
  const act = useAct()
  const renew = async () => {
    const asked = { purpose, textVersion }
    const done = () => call<typeof renewConsent>('post', '/privacy/consents/renew', asked)
    if (await act.run(done)) await props.again()
  }
  return (
    <section class="stack" aria-label={words.renewHead}>
      <Strip tone="amber">
        <b>{words.renewHead}</b>
      </Strip>
      <p>{words.renewLine(props.by)}</p>
      <Fold icon={FileText} title={words.renewRead}>
        <NewWords purpose={purpose} />
      </Fold>
      {props.mayGive ? (
        <Button wide tall busy={act.isBusy} onClick={() => void renew()}>
          {words.renew}
        </Button>
      ) : null}
      <RefusalStrip refusal={act.refusal} />
    </section>
  )
}

function NewWords(props: { purpose: ConsentPurpose }) {
  const { guard } = useResidentWords('terms')
  if (props.purpose !== 'wandering-guard')
    return <Terms ofCalls={props.purpose === 'agreed-calls'} />
  return (
    <ul class="points">
      {guard.map((term) => (
        <li key={term}>{term}</li>
      ))}
    </ul>
  )
}
