import { useScenarioWords } from '../../shell/words.tsx'
import { changeSaid, type Change } from './difference.ts'
import type { Speech } from './said.ts'

/** What one version says otherwise than the one it was made from, in words. */
export function Changes(props: { changes: readonly Change[]; speech: Speech }) {
  const words = useScenarioWords()
  if (props.changes.length === 0) return <p class="note">{words.changedNone}</p>
  return (
    <dl class="changes">
      {props.changes.flatMap((change) => {
        const { name, says } = changeSaid(change, props.speech)
        return [
          <dt key={`${change.field} name`} class="small-strong">
            {name}
          </dt>,
          <dd key={change.field} class="small">
            {says}
          </dd>,
        ]
      })}
    </dl>
  )
}
