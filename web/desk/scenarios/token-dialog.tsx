import { useEffect, useState } from 'preact/hooks'
import { Trash2 } from 'lucide'
import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { useScenarioWords, useWorkWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { changed, valueAt } from './change.ts'
import { fieldSaid } from './difference.ts'
import type { Written } from './editors.tsx'
import { TokenEditor } from './token-editor.tsx'
import type { Speech } from './said.ts'
import type { Token } from './sentence.ts'

/** A small form for one part of the sentence; nothing is changed before it is set. */
export function TokenDialog(props: {
  token: Token | null
  rule: Definition
  speech: Speech
  onSet: (rule: Definition) => void
  onClose: () => void
}) {
  const { token, rule, speech } = props
  const words = useScenarioWords()
  const { ui } = useWorkWords()
  const [written, write] = useState<Written | null>(null)
  const [isTried, setTried] = useState(false)
  useEffect(() => {
    write(null)
    setTried(false)
  }, [token])
  const set = () => {
    if (!token) return
    if (written === null) return props.onClose()
    if ('isWrong' in written) return setTried(true)
    props.onSet(changed(rule, token.field, written.value))
  }
  return (
    <Dialog
      open={token !== null}
      title={token ? words.change(fieldSaid(token.field, speech)) : ''}
      onClose={props.onClose}
      acts={
        <>
          <Button onClick={props.onClose}>{ui.cancel}</Button>
          <Button kind="primary" onClick={set}>
            {words.set}
          </Button>
        </>
      }
    >
      {token ? (
        <>
          <TokenEditor
            key={token.field}
            token={token}
            rule={rule}
            value={valueAt(rule, token.field)}
            isTried={isTried}
            onWrite={write}
          />
          <RemoveStep token={token} rule={rule} onSet={props.onSet} />
        </>
      ) : null}
    </Dialog>
  )
}

/** A step can be taken out where another is left. */
function RemoveStep(props: { token: Token; rule: Definition; onSet: (rule: Definition) => void }) {
  const { field } = props.token
  const words = useScenarioWords()
  const list = /^(.*steps)\.(\d+)\.tell$/.exec(field)
  const [, path, at] = list ?? []
  if (path === undefined || at === undefined) return null
  const steps = valueAt(props.rule, path) as Definition['steps']
  if (steps.length < 2) return null
  const rest = steps.filter((_, index) => index !== Number(at))
  return (
    <Button
      kind="danger"
      icon={Trash2}
      onClick={() => props.onSet(changed(props.rule, path, rest))}
    >
      {words.removeStep}
    </Button>
  )
}
