import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { useScenarioWords } from '../../shell/words.tsx'
import { Card } from '../../ui/card.tsx'
import { formatCount } from '../../words/format.ts'
import { percentSaid } from './outcomes.tsx'
import type { Rule } from './rule.ts'

/** How often a lead was right, for everybody who may read the rule. */
export function HitRate(props: { rule: Rule; definition: Definition }) {
  const { rule, definition } = props
  const words = useScenarioWords()
  const { hitRate } = rule
  const { stopsBelow, act } = definition
  // Elsewhere it is no lead that is checked: the scores say more.
  if (stopsBelow === null && act !== 'check-home') return null
  return (
    <Card label={words.hitTitle}>
      <p class="small-strong">{words.hitTitle}</p>
      {hitRate === null ? (
        <p class="small">{words.hitNone}</p>
      ) : (
        <p>
          <b class="hit-rate">{percentSaid((hitRate.right * 100) / hitRate.checked)}</b>{' '}
          {words.hitRate(formatCount(hitRate.right), formatCount(hitRate.checked))}
        </p>
      )}
      {stopsBelow === null ? null : (
        <p class="note">{words.hitFloor(stopsBelow.ofChecks, stopsBelow.percent)}</p>
      )}
    </Card>
  )
}
