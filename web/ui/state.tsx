import type { ComponentChildren } from 'preact'
import { Inbox, LockKeyhole, TriangleAlert, WifiOff } from 'lucide'
import { Icon, joined, type IconNode } from './icon.tsx'

export type StateKind = 'empty' | 'loading' | 'failed' | 'offline' | 'not-allowed'

const icons: Record<Exclude<StateKind, 'loading'>, IconNode> = {
  empty: Inbox,
  failed: TriangleAlert,
  offline: WifiOff,
  'not-allowed': LockKeyhole,
}

/** Why there is nothing to see: what happened, then the next step. */
export function State(props: {
  kind: StateKind
  title: string
  line?: ComponentChildren
  act?: ComponentChildren
  icon?: IconNode | undefined
}) {
  const loading = props.kind === 'loading'
  return (
    <div
      class={joined('card', 'state', `state-${props.kind}`)}
      role={props.kind === 'failed' ? 'alert' : 'status'}
      aria-busy={loading || undefined}
    >
      {props.kind === 'loading' ? null : (
        <Icon of={props.icon ?? icons[props.kind]} className="state-icon" />
      )}
      <p class="strong">{props.title}</p>
      {props.line ? <p class="small muted">{props.line}</p> : null}
      {loading ? (
        <>
          <span class="skeleton" />
          <span class="skeleton skeleton-short" />
        </>
      ) : null}
      {props.act ? <div class="state-act flow">{props.act}</div> : null}
    </div>
  )
}

/** One quiet line that stays: no network, example data. `flat`: from edge to edge. */
export function Strip(props: {
  tone?: 'plain' | 'amber' | 'signal' | undefined
  icon?: IconNode | undefined
  flat?: boolean | undefined
  act?: ComponentChildren
  children: ComponentChildren
}) {
  const tone = props.tone ?? 'plain'
  const icon = props.icon ?? (tone === 'signal' ? TriangleAlert : undefined)
  return (
    <div class={joined('strip', `strip-${tone}`, props.flat && 'strip-flat')}>
      {icon ? <Icon of={icon} small /> : null}
      <span class="strip-words">{props.children}</span>
      {props.act}
    </div>
  )
}
