import { h } from 'preact'

/** One node of an icon as lucide gives it: `import { Phone } from 'lucide'`. */
export type IconNode = readonly (readonly [
  tag: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
])[]

/** The lane gate: our own mark, drawn on lucide's grid. */
export const Lane: IconNode = [
  ['path', { d: 'M4 21V10l8-6 8 6v11' }],
  ['path', { d: 'M2 21h20' }],
  ['path', { d: 'M9 21v-8a3 3 0 0 1 6 0v8' }],
  ['path', { d: 'M12 10v11' }],
]

/** A drawing of one weight. Silent beside a word; `label` where it has to stand alone. */
export function Icon(props: {
  of: IconNode
  small?: boolean | undefined
  className?: string | undefined
  label?: string | undefined
}) {
  const size = props.small ? 'icon icon-small' : 'icon'
  const spoken = props.label
    ? { role: 'img' as const, 'aria-label': props.label }
    : { 'aria-hidden': true as const }
  return (
    <svg class={joined(size, props.className)} viewBox="0 0 24 24" focusable="false" {...spoken}>
      {props.of.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  )
}

/** Class names put together; what is absent is left out. */
export function joined(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
