import type { ComponentChildren } from 'preact'
import { TriangleAlert } from 'lucide'
import { Icon, joined, type IconNode } from './icon.tsx'

/** `unknown` is hatched: no data never looks like good news. `none`: never reported, no part. */
export type Tone = 'plain' | 'jade' | 'amber' | 'signal' | 'brick' | 'unknown' | 'none'

/** State in one word. `signal` always brings an icon. */
export function Badge(props: {
  tone?: Tone | undefined
  icon?: IconNode | undefined
  children: ComponentChildren
}) {
  const icon = props.icon ?? (props.tone === 'signal' ? TriangleAlert : undefined)
  const tone = props.tone !== undefined && props.tone !== 'plain' && `badge-${props.tone}`
  return (
    <span class={joined('badge', tone)}>
      {icon ? <Icon of={icon} small /> : null}
      {props.children}
    </span>
  )
}
