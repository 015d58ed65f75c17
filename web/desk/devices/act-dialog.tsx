import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Answered, Refusal } from '../../shell/call.ts'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useAct } from '../../shell/shell.tsx'
import { useDeviceWords, useWorkWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { IconNode } from '../../ui/icon.tsx'
import { ShownOnce, type Secret } from './shown-once.tsx'

/** What a form needs to know of the act it stands in. */
export type Acting = { refusal: Refusal | null }

type ActProps<T extends object> = {
  words: string
  label?: string | undefined
  icon: IconNode
  title: string
  line: string
  does: string
  isDanger?: boolean
  isReady?: boolean
  /** Nothing to begin any more; what is shown once stays until it was read. */
  isOver?: boolean
  run: () => Promise<Answered<T>> | null
  onDone: () => Promise<void>
  children?: (acting: Acting) => ComponentChildren
}

/**
 * One act on a device or gateway: what follows from it is said first. `run` answers null while
 * something in the form is missing. What comes back with a password is shown once, before closing.
 */
export function ActDialog<T extends object>(props: ActProps<T>) {
  const words = useDeviceWords()
  const acting = useActing(props)
  const { secret, close } = acting
  return (
    <>
      {props.isOver ? null : (
        <Button
          icon={props.icon}
          kind={props.isDanger ? 'danger' : 'plain'}
          label={props.label}
          onClick={acting.open}
        >
          {props.words}
        </Button>
      )}
      <Dialog
        open={acting.isOpen}
        title={secret ? words.done : props.title}
        // a password is not lost by a slip of the Escape key
        onClose={() => (secret ? undefined : close())}
        acts={
          secret ? (
            <Button kind="primary" onClick={close}>
              {words.onceKept}
            </Button>
          ) : (
            <Choice {...props} acting={acting} />
          )
        }
      >
        {secret ? (
          <ShownOnce secret={secret} />
        ) : (
          <>
            <p>{props.line}</p>
            {props.children?.(acting)}
            <RefusalStrip refusal={acting.refusal} />
          </>
        )}
      </Dialog>
    </>
  )
}

/** Back, or do it. */
function Choice<T extends object>(
  props: ActProps<T> & { acting: ReturnType<typeof useActing<T>> },
) {
  const { ui } = useWorkWords()
  const { acting } = props
  return (
    <>
      <Button onClick={acting.close}>{ui.cancel}</Button>
      <Button
        kind={props.isDanger ? 'danger' : 'primary'}
        busy={acting.isBusy}
        disabled={props.isReady === false}
        onClick={() => void acting.act()}
      >
        {props.does}
      </Button>
    </>
  )
}

function useActing<T extends object>(props: ActProps<T>) {
  const [isOpen, setOpen] = useState(false)
  const [secret, keep] = useState<Secret | null>(null)
  const { isBusy, refusal, run, forget } = useAct()
  const close = () => {
    setOpen(false)
    keep(null)
    forget()
  }
  const act = async () => {
    const asked = props.run()
    if (!asked) return
    const isDone = await run(async () => {
      const result = await asked
      if (result.ok && isSecret(result.answer)) keep(result.answer)
      else if (result.ok) setOpen(false)
      return result
    })
    if (isDone) await props.onDone()
  }
  return { isOpen, open: () => setOpen(true), secret, isBusy, refusal, close, act }
}

function isSecret(answer: object): answer is Secret {
  return 'password' in answer
}
