import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { ChevronDown, TriangleAlert } from 'lucide'
import { Icon, joined } from './icon.tsx'

type FieldProps = {
  label: string
  name: string
  value?: string | undefined
  help?: ComponentChildren
  /** What is wrong and what would be right; the field is then marked and names this sentence. */
  problem?: string | undefined
  /** The page opens with this field before the reader. */
  focused?: boolean | undefined
  required?: boolean | undefined
  disabled?: boolean | undefined
  /** A word beside the label where the field may stay empty. */
  optionalWord?: string | undefined
  onInput?: ((value: string) => void) | undefined
}

/** One line to write, or several with `rows`. */
export function TextField(
  props: FieldProps & {
    rows?: number | undefined
    type?:
      | 'text'
      | 'tel'
      | 'email'
      | 'url'
      | 'date'
      | 'time'
      | 'datetime-local'
      | 'number'
      | 'search'
    inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | undefined
    autoComplete?: string | undefined
    placeholder?: string | undefined
    maxLength?: number | undefined
    min?: string | undefined
    max?: string | undefined
  },
) {
  const id = useId()
  const common = {
    ...shared(props, id),
    maxLength: props.maxLength,
    placeholder: props.placeholder,
  }
  return (
    <Frame {...props} id={id}>
      {props.rows === undefined ? (
        <input
          {...common}
          // Preact's types want one branch for each type; all of ours are lines of text
          // oxlint-disable-next-line typescript/no-unnecessary-type-assertion
          type={(props.type ?? 'text') as 'text'}
          inputMode={props.inputMode}
          autocomplete={props.autoComplete}
          min={props.min}
          max={props.max}
          onInput={(event) => props.onInput?.(event.currentTarget.value)}
        />
      ) : (
        <textarea
          {...common}
          rows={props.rows}
          onInput={(event) => props.onInput?.(event.currentTarget.value)}
        />
      )}
    </Frame>
  )
}

export type Option = { value: string; words: string; disabled?: boolean | undefined }

/** One of many, where many are too many for a row of words. */
export function SelectField(props: FieldProps & { options: readonly Option[] }) {
  const id = useId()
  return (
    <Frame {...props} id={id}>
      <span class="field-select">
        <select
          {...shared(props, id)}
          onChange={(event) => props.onInput?.(event.currentTarget.value)}
        >
          {props.options.map((option) => (
            <option
              key={option.value}
              value={option.value}
              disabled={option.disabled}
              selected={option.value === props.value}
            >
              {option.words}
            </option>
          ))}
        </select>
        <Icon of={ChevronDown} small />
      </span>
    </Frame>
  )
}

/** What is wrong, with its mark. */
export function Problem(props: { id?: string | undefined; children: ComponentChildren }) {
  return (
    <p class="field-problem" id={props.id} role="alert">
      <Icon of={TriangleAlert} small />
      <span>{props.children}</span>
    </p>
  )
}

function Frame(props: FieldProps & { id: string; children: ComponentChildren }) {
  return (
    <div class={joined('field', props.problem !== undefined && 'field-error')}>
      <label class="field-label" for={props.id}>
        {props.label}
        {props.optionalWord ? <span class="field-optional"> {props.optionalWord}</span> : null}
      </label>
      {props.children}
      {props.problem !== undefined ? (
        <Problem id={`${props.id}-problem`}>{props.problem}</Problem>
      ) : null}
      {props.help ? (
        <p class="field-help" id={`${props.id}-help`}>
          {props.help}
        </p>
      ) : null}
    </div>
  )
}

function shared(props: FieldProps, id: string) {
  const described = joined(
    props.problem !== undefined && `${id}-problem`,
    Boolean(props.help) && `${id}-help`,
  )
  return {
    id,
    class: 'field-input',
    name: props.name,
    value: props.value,
    required: props.required,
    disabled: props.disabled,
    autofocus: props.focused || undefined,
    'aria-invalid': props.problem !== undefined || undefined,
    'aria-describedby': described || undefined,
  }
}
