import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Input } from '../../../src/kernel/endpoint.ts'
import type { act as actOn } from '../../../src/watch/scenarios/api.ts'
import { call, type Answered } from '../../shell/call.ts'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useAct } from '../../shell/shell.tsx'
import { useScenarioWords, useWorkWords } from '../../shell/words.tsx'
import { Button, type ButtonKind } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import type { IconNode } from '../../ui/icon.tsx'
import { Changes } from './changes.tsx'
import { changeRead } from './difference.ts'
import type { Rule, Version } from './rule.ts'
import type { Speech } from './said.ts'

/** Those that a person can ask for. */
type Act = Exclude<Input<typeof actOn>['act'], 'made' | 'shipped' | 'stopped'>

/** One step in a version's life: what follows from it first, then why. */
export function StepDialog(props: {
  rule: Rule
  version: Version
  act: Act
  icon: IconNode
  kind: ButtonKind
  speech: Speech
  again: () => Promise<void>
  onDone: (version: number) => void
}) {
  const { rule, version, act, speech } = props
  const words = useScenarioWords()
  const isRead = act === 'approve' || act === 'submit'
  return (
    <ReasonDialog
      words={words.acts[act] ?? act}
      icon={props.icon}
      kind={props.kind}
      line={words.actLines[act] ?? ''}
      run={async (reason) => {
        const result = await call<typeof actOn>('post', '/scenarios/act', {
          ...{ rule: rule.rule, version: version.version, act, reason },
        })
        if (!result.ok) return result
        await props.again()
        props.onDone(result.answer.version)
        return result
      }}
    >
      {isRead ? (
        <div class="stack stack-tight">
          <p class="small-strong">{words.sendBelow}</p>
          <Changes changes={version.changes.map(changeRead)} speech={speech} />
        </div>
      ) : null}
    </ReasonDialog>
  )
}

type ReasonProps = {
  words: string
  icon: IconNode
  kind: ButtonKind
  line: string
  isReady?: boolean
  run: (reason: string) => Promise<Answered<unknown>>
  children?: ComponentChildren
}

/**
 * A button with a second look: what follows, and why it is done. `run` answers 'stay' where the
 * form has to stay open.
 */
export function ReasonDialog(props: ReasonProps) {
  const words = useScenarioWords()
  const { ui } = useWorkWords()
  const asking = useReason(props.run)
  return (
    <>
      <Button
        icon={props.icon}
        kind={props.kind}
        disabled={props.isReady === false}
        onClick={asking.open}
      >
        {props.words}
      </Button>
      <Dialog
        open={asking.isOpen}
        title={props.words}
        onClose={asking.close}
        acts={
          <>
            <Button onClick={asking.close}>{ui.cancel}</Button>
            <Button
              kind={props.kind === 'danger' ? 'danger' : 'primary'}
              busy={asking.isBusy}
              onClick={() => void asking.go()}
            >
              {props.words}
            </Button>
          </>
        }
      >
        <p>{props.line}</p>
        {props.children}
        <TextField
          label={words.whyChange}
          name="reason"
          rows={3}
          maxLength={500}
          help={words.whyHelp}
          value={asking.reason}
          problem={asking.isMissing ? words.whyNeeded : undefined}
          onInput={asking.write}
        />
        <RefusalStrip refusal={asking.refusal} />
      </Dialog>
    </>
  )
}

function useReason(run: ReasonProps['run']) {
  const [isOpen, setOpen] = useState(false)
  const [reason, write] = useState('')
  const [isTried, setTried] = useState(false)
  const { isBusy, refusal, run: act, forget } = useAct()
  const why = reason.trim()
  const close = () => {
    setOpen(false)
    setTried(false)
    forget()
  }
  const go = async () => {
    setTried(true)
    if (why === '') return
    let stays = false
    const isDone = await act(async () => {
      const result = await run(why)
      stays = result.ok && result.answer === 'stay'
      return result
    })
    if (!isDone || stays) return
    write('')
    close()
  }
  const isMissing = isTried && why === ''
  return { isOpen, open: () => setOpen(true), close, reason, write, isMissing, isBusy, refusal, go }
}
