import type { Refusal } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useResidentWords } from '../shell/words.tsx'
import { LinkButton } from '../ui/button.tsx'

/** Why something was not done; where the home has to be proven first, the way there. */
export function RefusedHere(props: { refusal: Refusal | null }) {
  const words = useResidentWords('home')
  return (
    <div class={props.refusal ? 'above-3' : undefined}>
      <RefusalStrip refusal={props.refusal} />
      {props.refusal?.fault === 'level-too-low' ? (
        <LinkButton wide href="/my-home">
          {words.proveHome}
        </LinkButton>
      ) : null}
    </div>
  )
}
