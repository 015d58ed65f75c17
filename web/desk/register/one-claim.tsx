import { useState } from 'preact/hooks'
import type { decideClaim, listClaims, oneClaim } from '../../../src/desks/identity/proving/api.ts'
import type { ClaimBecause, Verdict } from '../../../src/desks/identity/proving/types.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { PersonId } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct, useIsAlive, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useLanguage, useRegisterWords, useWorkWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ChoiceGroup } from '../../ui/choice.tsx'
import { Row } from '../../ui/list.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatDate, formatInstant, formatList } from '../../words/format.ts'

type Claim = Output<typeof listClaims>['claims'][number]
type Sides = Output<typeof oneClaim>

/** Whom it is about is shown to whoever opens it to decide: each has that in their book. */
export function OneClaim(props: { claim: Claim; onDone: () => void }) {
  const { claim, onDone } = props
  const words = useRegisterWords()
  const { places } = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  const isAlive = useIsAlive()
  const { isBusy, refusal, run } = useAct()
  const [sides, setSides] = useState<Sides | null>(null)
  const { place } = claim
  const open = () =>
    void run(async () => {
      const asked = { claim: claim.claim }
      const result = await call<typeof oneClaim>('get', '/identity/claims/one', asked)
      if (result.ok) setSides(result.answer)
      return result
    })
  return (
    <Row
      title={[
        claim.nameSaid,
        ...(place ? [`${places.compound(place)} ${places.spot(place)}`] : []),
      ].join(' · ')}
      detail={words.claimReasons[claim.reason]}
      line={[words.proofKinds[claim.proof], formatInstant(claim.at, now, language)].join(' · ')}
      more={
        sides ? (
          <Deciding claim={claim} sides={sides} onDone={onDone} />
        ) : (
          <div class="stack stack-tight">
            <div>
              <Button
                busy={isBusy}
                disabled={!isAlive}
                label={words.claimOpenOne(claim.nameSaid)}
                onClick={open}
              >
                {words.claimOpen}
              </Button>
            </div>
            <RefusalStrip refusal={refusal} />
          </div>
        )
      }
    />
  )
}

/** Both sides beside each other; neither shows the number that they share. */
function BothSides({ claim, sides }: { claim: Claim; sides: Sides }) {
  const words = useRegisterWords()
  const { places } = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  const { phone, holder, alike } = sides
  const proofs: Readonly<Record<string, string>> = words.claimProofs
  const phoneSaid = (masked: string | null) =>
    masked === null ? words.claimNoPhone : words.claimPhone(masked)
  return (
    <div class="sides">
      <Card sunk label={words.claimSide.asks}>
        <p class="note">{words.claimSide.asks}</p>
        <p class="strong">{words.claimSays(claim.nameSaid)}</p>
        <p>{phoneSaid(phone)}</p>
        <p>
          {words.claimAt(formatInstant(claim.at, now, language), words.proofKinds[claim.proof])}
        </p>
      </Card>
      {holder ? (
        <Card sunk label={words.claimSide.held}>
          <p class="note">{words.claimSide.held}</p>
          <p class="strong">{claim.named?.name}</p>
          <p>{phoneSaid(holder.phone)}</p>
          <p>
            {words.claimAt(
              words.claimHolder(formatDate(holder.since, now, language)),
              proofs[holder.proof] ?? holder.proof,
            )}
          </p>
        </Card>
      ) : null}
      {alike.map((one) => (
        <Card sunk key={one.person} label={words.claimSide.alike}>
          <p class="note">{words.claimSide.alike}</p>
          <p class="strong">{one.name}</p>
          <p>{bornSaid(one.bornYear, words)}</p>
          {one.places.map((place) => (
            <p key={place.place}>{`${places.compound(place)} ${places.spot(place)}`}</p>
          ))}
        </Card>
      ))}
    </div>
  )
}

function bornSaid(year: number | null, words: ReturnType<typeof useRegisterWords>): string {
  return year === null ? words.claimBornUnknown : words.claimBorn(year)
}

const yesBecause: readonly ClaimBecause[] = [
  ...(['saw-id-card', 'knows-them', 'household-says', 'saw-papers'] as const),
]
const noBecause: readonly ClaimBecause[] = ['not-here', 'not-shown', 'somebody-else']
const isNew = 'new'

/** Whom they mean, where there are several; then one tap that says yes or no, and why. */
function Deciding(props: { claim: Claim; sides: Sides; onDone: () => void }) {
  const { claim, sides, onDone } = props
  const words = useRegisterWords()
  const language = useLanguage()
  const { isBusy, refusal, run } = useAct()
  const [only, ...others] = sides.candidates
  const isNamed = only !== undefined && others.length === 0 && claim.reason !== 'not-registered'
  const [meant, mean] = useState<string>(isNamed ? only.person : '')
  const decide = async (verdict: Verdict, because: ClaimBecause) => {
    const person = verdict === 'is-that-person' ? { person: meant as PersonId } : {}
    const asked = { claim: claim.claim, verdict, because, ...person }
    if (await run(() => call<typeof decideClaim>('post', '/identity/claims/decide', asked))) {
      onDone()
    }
  }
  const options = sides.candidates.map(({ person, name, bornYear, isHeld }) => ({
    ...{ value: person, words: formatList([name, bornSaid(bornYear, words)], language) },
    line: isHeld ? words.claimHeld : undefined,
  }))
  return (
    <div class="stack">
      <BothSides claim={claim} sides={sides} />
      {sides.isAlikeBeyond ? <Strip tone="amber">{words.claimBeyond}</Strip> : null}
      <fieldset class="stack stack-tight" disabled={isBusy}>
        <ChoiceGroup
          column
          legend={words.claimPick}
          name={`who ${claim.claim}`}
          options={[...options, { value: isNew, words: words.claimNew }]}
          value={meant}
          onPick={mean}
        />
        <p class="small-strong">{words.claimYes}</p>
        <div class="flow">
          {yesBecause.map((because) => (
            <Button
              key={because}
              disabled={meant === ''}
              onClick={() =>
                void decide(meant === isNew ? 'new-person' : 'is-that-person', because)
              }
            >
              {words.claimBecause[because]}
            </Button>
          ))}
        </div>
        <p class="small-strong">{words.claimNo}</p>
        <div class="flow">
          {noBecause.map((because) => (
            <Button key={because} onClick={() => void decide('refused', because)}>
              {words.claimBecause[because]}
            </Button>
          ))}
        </div>
      </fieldset>
      <RefusalStrip refusal={refusal} />
    </div>
  )
}
