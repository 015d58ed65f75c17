import type { ComponentChildren } from 'preact'
import { ChevronDown } from 'lucide'
import { Icon, type IconNode } from '../ui/icon.tsx'

/** A big thing to press that opens where it stands; works before the page's script runs. */
export function Fold(props: {
  icon: IconNode
  title: string
  line?: ComponentChildren
  open?: boolean | undefined
  onToggle?: ((isOpen: boolean) => void) | undefined
  children: ComponentChildren
}) {
  return (
    <details
      class="fold card card-bare"
      open={props.open}
      onToggle={(event) => props.onToggle?.(event.currentTarget.open)}
    >
      <summary class="act fold-head">
        <Icon of={props.icon} className="act-icon" />
        <span class="row-words">
          <b class="row-title">{props.title}</b>
          {props.line ? <span class="row-line">{props.line}</span> : null}
        </span>
        <Icon of={ChevronDown} className="fold-mark" />
      </summary>
      <div class="fold-body stack">{props.children}</div>
    </details>
  )
}
