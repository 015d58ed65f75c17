import { useEffect, useState } from 'preact/hooks'
import { ListPlus, RefreshCw, Trash2 } from 'lucide'
import type { Definition, When } from '../../../src/watch/scenarios/definition/types.ts'
import { useScenarioWords, useWorkWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField } from '../../ui/field.tsx'
import { joined, negated, parentOf, removed, replaced, valueAt, type LeafChoice } from './change.ts'
import { lineSaid, type Line } from './sentence.ts'

const leafChoices: readonly LeafChoice[] = [
  'silence',
  'state',
  'threshold',
  'count',
  'sequence',
  'habit',
  'habit-count',
  'habit-use',
  'health',
  'peers',
]

/** What can be done with a condition as a whole: another kind, one more beside it, turned round. */
export function ConditionDialog(props: {
  line: Line | null
  rule: Definition
  onClose: () => void
  onSet: (rule: Definition) => void
}) {
  const words = useScenarioWords()
  const { ui } = useWorkWords()
  return (
    <Dialog
      open={props.line !== null}
      title={words.changeCondition}
      onClose={props.onClose}
      acts={<Button onClick={props.onClose}>{ui.cancel}</Button>}
    >
      {props.line?.node === undefined ? null : (
        <Acts {...props} line={props.line} node={props.line.node} />
      )}
    </Dialog>
  )
}

function Acts(props: {
  line: Line
  node: string
  rule: Definition
  onSet: (rule: Definition) => void
}) {
  const { node, rule, onSet } = props
  const words = useScenarioWords()
  const when = valueAt(rule, node) as When | undefined
  const [kind, setKind] = useState<LeafChoice>(() => choiceOf(when))
  useEffect(() => setKind(choiceOf(when)), [node])
  if (!when) return null
  const isJoined = when.is === 'all' || when.is === 'any'
  return (
    <>
      <p class="strong">{lineSaid(props.line)}</p>
      {isJoined ? null : (
        <>
          <SelectField
            label={words.replaceBy}
            name="kind"
            value={kind}
            options={leafChoices.map((value) => ({ value, words: words.kinds[value] ?? value }))}
            onInput={(value) => setKind(value as LeafChoice)}
          />
          <Button
            icon={RefreshCw}
            disabled={kind === choiceOf(when)}
            onClick={() => onSet(replaced(rule, node, kind))}
          >
            {words.replaceBy}
          </Button>
          <Button onClick={() => onSet(negated(rule, node))}>
            {when.is === 'not' ? words.unnegate : words.negate}
          </Button>
        </>
      )}
      <Button icon={ListPlus} onClick={() => onSet(joined(rule, node, 'all'))}>
        {words.addAnd}
      </Button>
      <Button icon={ListPlus} onClick={() => onSet(joined(rule, node, 'any'))}>
        {words.addOr}
      </Button>
      {parentOf(node) === null ? null : (
        <Button kind="danger" icon={Trash2} onClick={() => onSet(removed(rule, node))}>
          {words.removeCondition}
        </Button>
      )}
    </>
  )
}

function choiceOf(when: When | undefined): LeafChoice {
  if (!when || when.is === 'all' || when.is === 'any') return 'state'
  const leaf = when.is === 'not' ? when.of : when
  return leaf.is === 'habit' && leaf.of !== 'gap' ? `habit-${leaf.of}` : leaf.is
}
