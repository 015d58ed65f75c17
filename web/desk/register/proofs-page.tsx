import { useState } from 'preact/hooks'
import type { listClaims } from '../../../src/desks/identity/proving/api.ts'
import { useFirst } from '../../shell/shell.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useRegisterWords } from '../../shell/words.tsx'
import { Heading } from '../../ui/card.tsx'
import { List } from '../../ui/list.tsx'
import { Strip } from '../../ui/state.tsx'
import { OneClaim } from './one-claim.tsx'
import { EndedLetters } from './ended-letters.tsx'
import { LettersPart } from './letters-part.tsx'
import { RegisterPage, registerPaths } from './frame.tsx'

/** Who lives where: letters that prove it, and what only a person can tell. */
export function ProofsPage() {
  const words = useRegisterWords()
  return (
    <RegisterPage at={registerPaths.proofs} title={words.proofsTitle} line={words.proofsLine}>
      <Claims />
      <EndedLetters />
      <LettersPart />
    </RegisterPage>
  )
}

function Claims() {
  const words = useRegisterWords()
  const kept = useFirst<typeof listClaims>('/identity/claims', {})
  const [isTold, setTold] = useState(false)
  const result = kept.result.value
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={kept.again} />
  const { claims } = result.answer
  return (
    <section class="stack no-print">
      <Heading>{words.claimsTitle}</Heading>
      <div role="status">{isTold ? <Strip>{words.claimTold}</Strip> : null}</div>
      {claims.length === 0 ? (
        <p class="note">{words.claimsNone}</p>
      ) : (
        <List label={words.claimsTitle}>
          {claims.map((one) => (
            <OneClaim
              key={one.claim}
              claim={one}
              onDone={() => {
                setTold(true)
                void kept.again()
              }}
            />
          ))}
        </List>
      )}
    </section>
  )
}
