import type { setWandering } from '../../src/watch/care/api.ts'
import type { Input } from '../../src/kernel/endpoint.ts'
import { call } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useNow } from '../shell/shell.tsx'
import { useCareWords, useLanguage, useResidentWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/card.tsx'
import { formatDate } from '../words/format.ts'
import type { Agreed } from './standing.tsx'

/** The wandering guard: a second, separate agreement. Who agrees is said, and never assumed. */
export function GuardPart(props: { plan: Agreed; onDone: () => Promise<void> }) {
  const { wandering, wanderingTextVersion: textVersion } = props.plan
  const words = useCareWords()
  const act = useAct()
  const tell = async (agrees: Input<typeof setWandering>['agrees']) => {
    const done = () => call<typeof setWandering>('post', '/care/wandering', { agrees })
    if (await act.run(done)) await props.onDone()
  }
  return (
    <section class="stack" aria-label={words.guardTitle}>
      <div>
        <h2 class="strong">{words.guardTitle}</h2>
        <p class="small muted">{wandering === null ? words.guardOff : words.guardOn}</p>
      </div>
      <ul class="points">
        {useResidentWords('terms').guard.map((term) => (
          <li key={term}>{term}</li>
        ))}
      </ul>
      {wandering === null ? (
        <>
          <Button wide busy={act.isBusy} onClick={() => void tell({ textVersion, by: 'person' })}>
            {words.guardAgree.person}
          </Button>
          <Button wide busy={act.isBusy} onClick={() => void tell({ textVersion, by: 'guardian' })}>
            {words.guardAgree.guardian}
          </Button>
          <p class="small centre">{words.guardFree}</p>
        </>
      ) : (
        <>
          <Standing wandering={wandering} />
          <Button wide busy={act.isBusy} onClick={() => void tell(null)}>
            {words.guardEnd}
          </Button>
        </>
      )}
      <RefusalStrip refusal={act.refusal} />
    </section>
  )
}

function Standing(props: { wandering: NonNullable<Agreed['wandering']> }) {
  const { since, agreedUntil, by } = props.wandering
  const words = useCareWords()
  const language = useLanguage()
  const now = useNow()
  return (
    <Facts
      facts={[
        { name: words.agreedSince, says: formatDate(since, now, language) },
        { name: words.agreedUntil, says: formatDate(agreedUntil, now, language) },
        { name: words.guardGivenBy, says: words.guardGivers[by] },
      ]}
    />
  )
}
