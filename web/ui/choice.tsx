import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Problem } from './field.tsx'
import { joined } from './icon.tsx'

export type ChoiceOption = {
  value: string
  words: string
  /** A muted line under the words. */
  line?: string | undefined
  disabled?: boolean | undefined
}

type ChoiceProps = {
  legend: string
  name: string
  options: readonly ChoiceOption[]
  help?: ComponentChildren
  problem?: string | undefined
  required?: boolean | undefined
  /** Under each other instead of as one row of words. */
  column?: boolean | undefined
}

/** One of a few, as a row of words. */
export function ChoiceGroup(
  props: ChoiceProps & {
    value?: string | undefined
    onPick?: ((value: string) => void) | undefined
  },
) {
  return (
    <Frame {...props}>
      {props.options.map((option) => (
        <Choice key={option.value} option={option}>
          <input
            type="radio"
            name={props.name}
            value={option.value}
            checked={option.value === props.value}
            disabled={option.disabled}
            required={props.required}
            onChange={() => props.onPick?.(option.value)}
          />
        </Choice>
      ))}
    </Frame>
  )
}

/** Any of a few, as a row of words. */
export function CheckGroup(
  props: ChoiceProps & {
    values: readonly string[]
    onPick?: ((values: string[]) => void) | undefined
  },
) {
  const others = (value: string) => props.values.filter((one) => one !== value)
  return (
    <Frame {...props}>
      {props.options.map((option) => (
        <Choice key={option.value} option={option}>
          <input
            type="checkbox"
            name={props.name}
            value={option.value}
            checked={props.values.includes(option.value)}
            disabled={option.disabled}
            onChange={(event) =>
              props.onPick?.(
                event.currentTarget.checked
                  ? [...others(option.value), option.value]
                  : others(option.value),
              )
            }
          />
        </Choice>
      ))}
    </Frame>
  )
}

function Choice(props: { option: ChoiceOption; children: ComponentChildren }) {
  return (
    <label class="choice">
      {props.children}
      <span class="choice-words">
        {props.option.words}
        {props.option.line ? <span class="choice-line">{props.option.line}</span> : null}
      </span>
    </label>
  )
}

function Frame(props: ChoiceProps & { children: ComponentChildren }) {
  const id = useId()
  const described = joined(
    props.problem !== undefined && `${id}-problem`,
    Boolean(props.help) && `${id}-help`,
  )
  return (
    <fieldset class="field" aria-describedby={described || undefined}>
      <legend class="field-label">{props.legend}</legend>
      <div class={joined('choices', props.column && 'choices-column')}>{props.children}</div>
      {props.problem !== undefined ? <Problem id={`${id}-problem`}>{props.problem}</Problem> : null}
      {props.help ? (
        <p class="field-help" id={`${id}-help`}>
          {props.help}
        </p>
      ) : null}
    </fieldset>
  )
}
