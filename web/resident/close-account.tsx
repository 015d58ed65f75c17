import type { ComponentType } from 'preact'
import { useState } from 'preact/hooks'
import { UserX } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { myData } from '../../src/ground/privacy/own-data/api.ts'
import { useOwnDataWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Strip } from '../ui/state.tsx'
import type { Asking } from './close-once-more.tsx'

type Holds = Readonly<Output<typeof myData>['holds']>
type Again = { again: () => Promise<void> }

/** What closing does is said first; then it is asked once more. Without script, a plain form. */
export function CloseAccount(props: { holds: Holds } & Again) {
  const { holds, again } = props
  const words = useOwnDataWords()
  const [isAsking, setAsking] = useState(false)
  const [parts, setParts] = useState<{ OnceMore: ComponentType<Asking> } | null>(null)
  const isHeld = holds.some(({ why, until }) => why === 'post' && until === null)
  // Nobody loads it who does not close anything.
  const ask = async () => {
    setParts(await import('./close-once-more.tsx'))
    setAsking(true)
  }
  return (
    <details>
      <summary class="button button-quiet out-left">{words.closeDo}</summary>
      {isHeld ? (
        <Strip tone="amber">{words.closeHeld}</Strip>
      ) : (
        <form
          class="stack"
          method="post"
          action="/my-data/account"
          onSubmit={(event) => {
            event.preventDefault()
            void ask()
          }}
        >
          <p>{words.closeLine}</p>
          <ul class="points">
            {words.closeEffect.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
          <div>
            <Button type="submit" kind="danger" icon={UserX}>
              {words.closeDo}
            </Button>
          </div>
        </form>
      )}
      {parts ? (
        <parts.OnceMore open={isAsking && !isHeld} onClose={() => setAsking(false)} again={again} />
      ) : null}
    </details>
  )
}
