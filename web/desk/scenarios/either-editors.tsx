import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { useScenarioWords } from '../../shell/words.tsx'
import { ChoiceGroup } from '../../ui/choice.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { LengthField, NumberField, type EditorProps, type Written } from './editors.tsx'

type Choice = { name: string; words: string; value: unknown }

/**
 * Either something fixed, or a form. `fixed`: what each of the other choices stands for. The form
 * begins with `start` where the rule says nothing of the kind yet.
 */
function Either(
  props: EditorProps & {
    fixed: readonly Choice[]
    other: string
    start: unknown
    children: (given: EditorProps) => ComponentChildren
  },
) {
  const words = useScenarioWords()
  const isFixed = props.fixed.find(({ value }) => value === props.value)
  const [picked, pick] = useState(isFixed?.name ?? 'other')
  const start = isFixed ? props.start : props.value
  return (
    <>
      <ChoiceGroup
        legend={words.ruleFor}
        name="either"
        column
        options={[
          ...props.fixed.map(({ name, words: says }) => ({ value: name, words: says })),
          { value: 'other', words: props.other },
        ]}
        value={picked}
        onPick={(name) => {
          pick(name)
          const one = props.fixed.find((choice) => choice.name === name)
          props.onWrite({ value: one ? one.value : start })
        }}
      />
      {picked === 'other'
        ? props.children({ value: start, isTried: props.isTried, onWrite: props.onWrite })
        : null}
    </>
  )
}

/** How long something has to last: not at all, or so long. */
export function LastingEditor(props: EditorProps) {
  const words = useScenarioWords()
  const atOnce = { name: 'none', words: words.atOnce, value: 0 }
  return (
    <Either {...props} fixed={[atOnce]} other={words.lasts('…')} start={10}>
      {(given) => <LengthField {...given} />}
    </Either>
  )
}

export function ClearsEditor(props: EditorProps) {
  const words = useScenarioWords()
  return (
    <Either
      {...props}
      fixed={[
        { name: 'never', words: words.clearsNever, value: null },
        { name: 'none', words: words.clearsAtOnce, value: 0 },
      ]}
      other={words.clears('…')}
      start={10}
    >
      {(given) => <LengthField {...given} />}
    </Either>
  )
}

export function CooldownEditor(props: EditorProps) {
  const words = useScenarioWords()
  const none = { name: 'none', words: words.noCooldown, value: 0 }
  return (
    <Either {...props} fixed={[none]} other={words.cooldown('…')} start={60}>
      {(given) => <LengthField {...given} />}
    </Either>
  )
}

export function ExpiresEditor(props: EditorProps) {
  const words = useScenarioWords()
  const none = { name: 'none', words: words.noExpiry, value: null }
  return (
    <Either {...props} fixed={[none]} other={words.fields['expiresDays'] ?? ''} start={14}>
      {(given) => (
        <NumberField {...given} min={1} max={365} per={1} unit={words.fields['days'] ?? ''} />
      )}
    </Either>
  )
}

export function HoursEditor(props: EditorProps & { isQuiet: boolean }) {
  const words = useScenarioWords()
  const none = {
    name: 'none',
    words: props.isQuiet ? words.noQuiet : words.allDay,
    value: null,
  }
  return (
    <Either
      {...props}
      fixed={[none]}
      other={words.hours('…', '…')}
      start={{ from: '22:00', to: '07:00' }}
    >
      {(given) => (
        <Pair
          {...given}
          type="time"
          isRight={(text) => /^\d{2}:\d{2}$/.test(text)}
          problem={words.problem('wrong-form', '')}
        />
      )}
    </Either>
  )
}

export function SeasonEditor(props: EditorProps) {
  const words = useScenarioWords()
  const none = { name: 'none', words: words.allYear, value: null }
  return (
    <Either
      {...props}
      fixed={[none]}
      other={words.season('…', '…')}
      start={{ from: '06-01', to: '09-30' }}
    >
      {(given) => <SeasonFields {...given} />}
    </Either>
  )
}

/** Two ends, written as the rule holds them. */
function Pair(
  props: EditorProps & { type: 'time'; isRight: (text: string) => boolean; problem: string },
) {
  const words = useScenarioWords()
  const [ends, setEnds] = useState(props.value as { from: string; to: string })
  const write = (next: { from: string; to: string }) => {
    setEnds(next)
    const isRight = props.isRight(next.from) && props.isRight(next.to)
    props.onWrite(isRight ? { value: next } : { isWrong: true })
  }
  return (
    <div class="length">
      {(['from', 'to'] as const).map((end) => (
        <TextField
          key={end}
          label={words.fields[end] ?? end}
          name={end}
          type={props.type}
          value={ends[end]}
          problem={props.isTried && !props.isRight(ends[end]) ? props.problem : undefined}
          onInput={(text) => write({ ...ends, [end]: text.slice(0, 5) })}
        />
      ))}
    </div>
  )
}

const twelve = Array.from({ length: 12 }, (_, at) => at + 1)
const thirtyOne = Array.from({ length: 31 }, (_, at) => at + 1)
const two = (number: number | string) => String(number).padStart(2, '0')

function SeasonFields(props: EditorProps) {
  const words = useScenarioWords()
  const [ends, setEnds] = useState(props.value as { from: string; to: string })
  const write = (end: 'from' | 'to', month: string, day: string) => {
    const next = { ...ends, [end]: `${two(month)}-${two(day)}` }
    setEnds(next)
    props.onWrite({ value: next })
  }
  return (
    <>
      {(['from', 'to'] as const).map((end) => {
        const [month, day] = ends[end].split('-').map((part) => String(Number(part)))
        const name = words.fields[end] ?? end
        return (
          <div key={end} class="length">
            <SelectField
              label={`${name} · ${words.month}`}
              name={`${end}-month`}
              value={month}
              options={twelve.map((one) => ({ value: String(one), words: String(one) }))}
              onInput={(next) => write(end, next, day ?? '1')}
            />
            <SelectField
              label={`${name} · ${words.day}`}
              name={`${end}-day`}
              value={day}
              options={thirtyOne.map((one) => ({ value: String(one), words: String(one) }))}
              onInput={(next) => write(end, month ?? '1', next)}
            />
          </div>
        )
      })}
    </>
  )
}

/** Two parts of one value; while one of them is none, the whole is none. */
function useParts<T extends object>(first: T, onWrite: (written: Written) => void) {
  const [parts, setParts] = useState<{ [Name in keyof T]: T[Name] | null }>(first)
  return (name: keyof T) => (written: Written) => {
    const next = { ...parts, [name]: 'value' in written ? written.value : null }
    setParts(next)
    const isWhole = Object.values(next).every((part) => part !== null)
    onWrite(isWhole ? { value: next } : { isWrong: true })
  }
}

export function AfterEditor(props: EditorProps) {
  const words = useScenarioWords()
  const value = props.value as Definition['after']
  const part = useParts(value, props.onWrite)
  const given = { isTried: props.isTried }
  return (
    <>
      <NumberField
        {...given}
        label={words.fields['times'] ?? ''}
        value={value.times}
        onWrite={part('times')}
        {...{ min: 1, max: 100, per: 1, unit: '' }}
      />
      <p class="small-strong">{words.withinTimes}</p>
      <LengthField {...given} value={value.minutes} onWrite={part('minutes')} />
    </>
  )
}

export function StopsEditor(props: EditorProps) {
  const words = useScenarioWords()
  const none = { name: 'none', words: words.noStops, value: null }
  return (
    <Either
      {...props}
      fixed={[none]}
      other={words.fields['stopsBelow'] ?? ''}
      start={{ percent: 20, ofChecks: 20 }}
    >
      {(given) => <StopsFields {...given} />}
    </Either>
  )
}

function StopsFields(props: EditorProps) {
  const words = useScenarioWords()
  const value = props.value as NonNullable<Definition['stopsBelow']>
  const part = useParts(value, props.onWrite)
  return (
    <>
      <NumberField
        isTried={props.isTried}
        value={value.percent}
        onWrite={part('percent')}
        {...{ min: 1, max: 100, per: 1, unit: '%' }}
      />
      <NumberField
        isTried={props.isTried}
        label={words.checks}
        value={value.ofChecks}
        onWrite={part('ofChecks')}
        {...{ min: 10, max: 1_000, per: 1, unit: '' }}
      />
    </>
  )
}
