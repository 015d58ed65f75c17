import type { decideClaim, listClaims } from '../../../src/desks/identity/proving/api.ts'
import type { Verdict } from '../../../src/desks/identity/proving/types.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import { call } from '../../shell/call.ts'
import { useAct, useFirst, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useRegisterWords, useWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { List, Row } from '../../ui/list.tsx'
import { formatInstant } from '../../words/format.ts'
import { LettersPart } from './letters-part.tsx'
import { RegisterPage, registerPaths } from './frame.tsx'

/** Who lives where: letters that prove it, and what only a person can tell. */
export function ProofsPage() {
  const words = useRegisterWords()
  return (
    <RegisterPage at={registerPaths.proofs} title={words.proofsTitle} line={words.proofsLine}>
      <Claims />
      <LettersPart />
    </RegisterPage>
  )
}

function Claims() {
  const words = useRegisterWords()
  const kept = useFirst<typeof listClaims>('/identity/claims', {})
  const result = kept.result.value
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={kept.again} />
  const { claims } = result.answer
  return (
    <section class="stack no-print">
      <Heading>{words.claimsTitle}</Heading>
      {claims.length === 0 ? (
        <p class="note">{words.claimsNone}</p>
      ) : (
        <List label={words.claimsTitle}>
          {claims.map((one) => (
            <OneClaim key={one.claim} claim={one} again={kept.again} />
          ))}
        </List>
      )}
    </section>
  )
}

type Claim = Output<typeof listClaims>['claims'][number]

function OneClaim(props: { claim: Claim; again: () => Promise<void> }) {
  const { claim, again } = props
  const words = useRegisterWords()
  const { places } = useWords()
  const language = useLanguage()
  const now = useNow()
  const { isBusy, refusal, run } = useAct()
  const decide = async (verdict: Verdict) => {
    const named = verdict === 'is-that-person' && claim.named ? claim.named.person : undefined
    const asked = { claim: claim.claim, verdict, ...(named ? { person: named } : {}) }
    const done = await run(() => call<typeof decideClaim>('post', '/identity/claims/decide', asked))
    if (done) await again()
  }
  const { place, named } = claim
  return (
    <Row
      title={`${claim.nameSaid} · ${place ? `${places.compound(place)} ${places.spot(place)}` : ''}`}
      detail={[
        words.claimReasons[claim.reason],
        ...(named ? [words.claimNamed(named.name)] : []),
      ].join(' · ')}
      line={[words.proofKinds[claim.proof], formatInstant(claim.at, now, language)].join(' · ')}
      more={
        <div class="stack stack-tight">
          <div class="flow">
            {named ? (
              <Button busy={isBusy} onClick={() => void decide('is-that-person')}>
                {words.isThatPerson}
              </Button>
            ) : null}
            <Button busy={isBusy} onClick={() => void decide('new-person')}>
              {words.newPerson}
            </Button>
            <Button busy={isBusy} onClick={() => void decide('refused')}>
              {words.claimRefuse}
            </Button>
          </div>
          <RefusalStrip refusal={refusal} />
        </div>
      }
    />
  )
}
