import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Button } from './button.tsx'

type Inside = { title: string; acts: ComponentChildren; children: ComponentChildren }

/**
 * A second look before something is done. The browser keeps the focus inside and gives it back.
 * `onClose` is called when the person leaves it by the Escape key or the system's back.
 */
export function Dialog(props: Inside & { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => show(dialog.current, props.open), [props.open])
  return (
    <dialog
      class="dialog"
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
    >
      {props.open ? <DialogBody {...props} titleId={titleId} /> : null}
    </dialog>
  )
}

/** What a dialog holds; by itself it is a sheet in the page. */
export function DialogBody(props: Inside & { titleId?: string | undefined }) {
  return (
    <div class="dialog-body">
      <h2 class="title" id={props.titleId}>
        {props.title}
      </h2>
      <div class="stack">{props.children}</div>
      <div class="dialog-acts">{props.acts}</div>
    </div>
  )
}

/** What was just done, and the way back while there is one. */
export function Toast(props: {
  children: ComponentChildren
  undoWord?: string | undefined
  onUndo?: (() => void) | undefined
}) {
  return (
    <div class="toast">
      <span>{props.children}</span>
      {props.undoWord ? <Button onClick={props.onUndo}>{props.undoWord}</Button> : null}
    </div>
  )
}

function show(dialog: HTMLDialogElement | null, open: boolean): void {
  if (!dialog || dialog.open === open) return
  if (!open) dialog.close()
  else dialog.showModal()
}
