import { useState } from 'preact/hooks'
import { History } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { myConsents } from '../../src/ground/privacy/consents/api.ts'
import { useLive } from '../shell/live.ts'
import { ReadAloud } from '../shell/read-aloud.tsx'
import { useFirst, useNow } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useConsentWords, useLanguage, useWords } from '../shell/words.tsx'
import { Badge, type Tone } from '../ui/badge.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Card, Facts, Heading } from '../ui/card.tsx'
import { Strip } from '../ui/state.tsx'
import { formatDate, formatInstant } from '../words/format.ts'
import { EndConsent, RenewConsent, type Consent } from './consent-acts.tsx'
import { Fold } from './fold.tsx'
import { Resident } from './frame.tsx'

type Mine = Output<typeof myConsents>

const tones: Record<Consent['is'], Tone> = {
  live: 'jade',
  refused: 'plain',
  off: 'none',
  ended: 'plain',
  never: 'none',
}

/** Everything that the person agreed to, refused or ended: what ending does first, then one tap. */
export function ConsentsPage() {
  const words = useConsentWords()
  const { result, again } = useFirst<typeof myConsents>('/privacy/consents', {})
  useLive('care', again)
  const answered = result.value
  return (
    <Resident back={{ href: '/care/looks', words: useWords().privacy.title }}>
      <div class="stack stack-wide">
        <div class="stack stack-tight">
          <h1 class="head headline">{words.title}</h1>
          <p class="small muted">{words.line}</p>
          {answered?.ok ? <ReadAll mine={answered.answer} /> : null}
        </div>
        {answered?.ok ? (
          <All mine={answered.answer} again={again} />
        ) : (
          <Unanswered refusal={answered?.refusal} again={again} />
        )}
      </div>
    </Resident>
  )
}

function ReadAll(props: { mine: Mine }) {
  const words = useConsentWords()
  const spoken = props.mine.consents.map(
    ({ purpose, is }) => `${words.names[purpose]}。${words.states[is]}。${words.what[purpose]}`,
  )
  return <ReadAloud sentences={() => [words.title, words.line, ...spoken]} />
}

function All(props: { mine: Mine; again: () => Promise<void> }) {
  const { consents, mayEnd, mayGive } = props.mine
  const words = useConsentWords()
  return (
    <>
      {mayGive ? null : <Strip tone="amber">{mayEnd ? words.mayOnlyEnd : words.kinOnly}</Strip>}
      {consents.map((one) => (
        <One key={one.purpose} consent={one} {...{ mayEnd, mayGive }} again={props.again} />
      ))}
    </>
  )
}

function One(props: {
  consent: Consent
  mayEnd: boolean
  mayGive: boolean
  again: () => Promise<void>
}) {
  const { consent, mayEnd, mayGive } = props
  const { purpose, is } = consent
  const words = useConsentWords()
  const [endedAt, setEndedAt] = useState<number | null>(null)
  const at = formatInstant(endedAt ?? 0, useNow(), useLanguage())
  return (
    <Card label={words.names[purpose]}>
      <div class="stack">
        <Heading aside={<Badge tone={tones[is]}>{words.states[is]}</Badge>}>
          {words.names[purpose]}
        </Heading>
        <div class="stack" aria-live="polite">
          <p>{words.what[purpose]}</p>
          {endedAt !== null && is !== 'live' ? <Strip flat>{words.ended(at)}</Strip> : null}
        </div>
        {is === 'live' ? (
          <Living
            consent={consent}
            {...{ mayEnd, mayGive }}
            again={props.again}
            onEnded={setEndedAt}
          />
        ) : (
          <NotLiving consent={consent} mayGive={mayGive} />
        )}
        <Before consent={consent} />
      </div>
    </Card>
  )
}

function Living(props: {
  consent: Consent
  mayEnd: boolean
  mayGive: boolean
  again: () => Promise<void>
  onEnded: (at: number) => void
}) {
  const { consent, mayEnd, mayGive, again } = props
  const words = useConsentWords()
  const language = useLanguage()
  const now = useNow()
  const day = (at: number | null) => (at === null ? '' : formatDate(at, now, language))
  return (
    <>
      <Facts
        facts={[
          { name: words.since, says: day(consent.since) },
          { name: words.until, says: day(consent.until) },
          { name: words.by, says: words.givers[consent.by ?? 'person'] },
          { name: words.how, says: consent.isOnPaper ? words.onPaper : words.onPage },
          { name: words.version, says: words.versionSays(consent.textVersion ?? 0) },
        ]}
      />
      {consent.renewBy === null ? null : (
        <RenewConsent consent={consent} by={day(consent.renewBy)} mayGive={mayGive} again={again} />
      )}
      {mayEnd ? (
        <EndConsent purpose={consent.purpose} onEnded={props.onEnded} again={again} />
      ) : null}
    </>
  )
}

/** A no is no fault: it says until when nobody asks, and leaves the door open. */
function NotLiving(props: { consent: Consent; mayGive: boolean }) {
  const { is, notAskedUntil } = props.consent
  const words = useConsentWords()
  const date = formatDate(notAskedUntil ?? 0, useNow(), useLanguage())
  const line =
    is === 'refused' ? words.refusedLine(date) : is === 'off' ? words.offLine : words.neverLine
  return (
    <>
      <p>{line}</p>
      {is === 'off' || !props.mayGive ? null : (
        <LinkButton wide href="/care">
          {words.look}
        </LinkButton>
      )}
    </>
  )
}

function Before(props: { consent: Consent }) {
  const { before } = props.consent
  const words = useConsentWords()
  const language = useLanguage()
  const now = useNow()
  if (before.length === 0) return null
  const day = (at: number) => formatDate(at, now, language)
  return (
    <Fold icon={History} title={words.before} line={words.beforeLine(before.length)}>
      <ul class="points">
        {before.map(({ since, endedAt, by }) => (
          <li key={`${since} ${endedAt}`}>
            {words.beforeSays(day(since), day(endedAt), words.givers[by])}
          </li>
        ))}
      </ul>
    </Fold>
  )
}
