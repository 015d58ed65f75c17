import type { ComponentChildren } from 'preact'
import { LoaderCircle } from 'lucide'
import { Icon, joined, type IconNode } from './icon.tsx'

export type ButtonKind = 'plain' | 'primary' | 'quiet' | 'danger'

type Look = {
  kind?: ButtonKind | undefined
  wide?: boolean | undefined
  tall?: boolean | undefined
  icon?: IconNode | undefined
  /** Said instead of the words, where these alone would not tell which row is meant. */
  label?: string | undefined
  className?: string | undefined
  children: ComponentChildren
}

/**
 * A button. One of kind `primary` a screen. While `busy` it keeps the focus, says so and does
 * nothing when pressed.
 */
export function Button(
  props: Look & {
    type?: 'button' | 'submit' | undefined
    name?: string | undefined
    value?: string | undefined
    form?: string | undefined
    busy?: boolean | undefined
    disabled?: boolean | undefined
    pressed?: boolean | undefined
    onClick?: ((event: MouseEvent) => void) | undefined
  },
) {
  return (
    <button
      class={look(props)}
      type={props.type ?? 'button'}
      name={props.name}
      value={props.value}
      form={props.form}
      disabled={props.disabled}
      aria-busy={props.busy || undefined}
      aria-disabled={props.busy || undefined}
      aria-pressed={props.pressed}
      aria-label={props.label}
      onClick={(event) => (props.busy ? event.preventDefault() : props.onClick?.(event))}
    >
      {props.busy ? <Icon of={LoaderCircle} className="turning" /> : drawing(props)}
      {props.children}
    </button>
  )
}

/** A link drawn as a button: another page, a phone call, a file. */
export function LinkButton(
  props: Look & {
    href: string
    download?: string | undefined
    onClick?: ((event: MouseEvent) => void) | undefined
  },
) {
  return (
    <a
      class={look(props)}
      href={props.href}
      download={props.download}
      aria-label={props.label}
      onClick={props.onClick}
    >
      {drawing(props)}
      {props.children}
    </a>
  )
}

function look(props: Look): string {
  return joined(
    'button',
    props.kind !== undefined && props.kind !== 'plain' && `button-${props.kind}`,
    props.wide && 'button-wide',
    props.tall && 'button-tall',
    props.className,
  )
}

function drawing(props: Look) {
  return props.icon ? <Icon of={props.icon} /> : null
}
