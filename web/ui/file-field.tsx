import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Problem } from './field.tsx'
import { joined } from './icon.tsx'

/** One file to choose. */
export function FileField(props: {
  label: string
  name: string
  /** Which files the browser offers: ".xlsx". */
  accept: string
  help?: ComponentChildren
  problem?: string | undefined
  onPick: (file: File | null) => void
}) {
  const id = useId()
  const described = joined(
    props.problem !== undefined && `${id}-problem`,
    Boolean(props.help) && `${id}-help`,
  )
  return (
    <div class={joined('field', props.problem !== undefined && 'field-error')}>
      <label class="field-label" for={id}>
        {props.label}
      </label>
      <input
        class="field-input"
        id={id}
        type="file"
        name={props.name}
        accept={props.accept}
        aria-invalid={props.problem !== undefined || undefined}
        aria-describedby={described || undefined}
        onChange={(event) => props.onPick(event.currentTarget.files?.[0] ?? null)}
      />
      {props.problem !== undefined ? <Problem id={`${id}-problem`}>{props.problem}</Problem> : null}
      {props.help ? (
        <p class="field-help" id={`${id}-help`}>
          {props.help}
        </p>
      ) : null}
    </div>
  )
}
