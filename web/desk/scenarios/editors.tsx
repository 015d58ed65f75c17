import { useState } from 'preact/hooks'
import { useScenarioWords } from '../../shell/words.tsx'
import { CheckGroup } from '../../ui/choice.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'

/** What an editor says on every stroke: the value as the rule holds it, or that it is none. */
export type Written = { value: unknown } | { isWrong: true }

/** `isTried`: it was to be set; from then on what is wrong is said. */
export type EditorProps = {
  value: unknown
  isTried: boolean
  onWrite: (written: Written) => void
}

type Unit = 'minute' | 'hour' | 'day'
const unitMinutes: Readonly<Record<Unit, number>> = { minute: 1, hour: 60, day: 1_440 }
const yearMinutes = 527_040

/** A length of time in the unit that says it shortest: 48 hours, 15 minutes, 5 days. */
export function LengthField(props: EditorProps) {
  const words = useScenarioWords()
  const first = typeof props.value === 'number' && props.value > 0 ? props.value : 60
  const [unit, setUnit] = useState<Unit>(() => unitFor(first))
  const [amount, setAmount] = useState(String(first / unitMinutes[unit]))
  const tell = (nextAmount: string, nextUnit: Unit) => {
    const minutes = wholeIn(nextAmount, 1, yearMinutes / unitMinutes[nextUnit])
    props.onWrite(minutes === null ? { isWrong: true } : { value: minutes * unitMinutes[nextUnit] })
  }
  const isWrong = wholeIn(amount, 1, yearMinutes / unitMinutes[unit]) === null
  return (
    <div class="length">
      <TextField
        label={words.amount}
        name="amount"
        inputMode="numeric"
        value={amount}
        problem={props.isTried && isWrong ? words.lengthProblem : undefined}
        onInput={(next) => {
          setAmount(next)
          tell(next, unit)
        }}
      />
      <SelectField
        label={words.unit}
        name="unit"
        value={unit}
        options={(['minute', 'hour', 'day'] as const).map((value) => ({
          value,
          words: words.units[value],
        }))}
        onInput={(next) => {
          setUnit(next as Unit)
          tell(amount, next as Unit)
        }}
      />
    </div>
  )
}

/** A number as people write it; the rule holds whole numbers of a small part of the unit. */
export function NumberField(
  props: EditorProps & { min: number; max: number; unit: string; per: number; label?: string },
) {
  const words = useScenarioWords()
  const { min, max, per, unit } = props
  const [text, setText] = useState(() => String(Number(props.value ?? min) / per))
  const number = numberIn(text, per)
  const isWrong = number === null || number < min || number > max
  const label = props.label ?? (unit === '' ? words.amount : `${words.amount} (${unit})`)
  return (
    <TextField
      label={label}
      name="number"
      inputMode={per === 1 ? 'numeric' : 'decimal'}
      value={text}
      problem={
        props.isTried && isWrong
          ? words.numberProblem(String(min / per), String(max / per))
          : undefined
      }
      onInput={(next) => {
        setText(next)
        const value = numberIn(next, per)
        const isNone = value === null || value < min || value > max
        props.onWrite(isNone ? { isWrong: true } : { value })
      }}
    />
  )
}

export function WrittenField(props: EditorProps) {
  const words = useScenarioWords()
  const [text, setText] = useState(() => (typeof props.value === 'string' ? props.value : ''))
  return (
    <TextField
      label={words.fields['reason'] ?? ''}
      name="reason"
      rows={4}
      maxLength={500}
      help={words.whyHelp}
      value={text}
      problem={props.isTried && text.trim() === '' ? words.whyNeeded : undefined}
      onInput={(next) => {
        setText(next)
        const value = next.trim()
        props.onWrite(value === '' ? { isWrong: true } : { value })
      }}
    />
  )
}

export function OneMeasure(props: EditorProps) {
  const words = useScenarioWords()
  const [measure, setMeasure] = useState(String(props.value))
  return (
    <SelectField
      label={words.fields['measure'] ?? ''}
      name="measure"
      value={measure}
      options={words.measureKeys
        .filter((key) => !isDaySum(key))
        .map((key) => ({ value: key, words: words.measure(key) }))}
      onInput={(next) => {
        setMeasure(next)
        props.onWrite({ value: next })
      }}
    />
  )
}

/** Sums of a day: what homes of one building are compared by. */
export function CheckedMeasures(props: EditorProps) {
  const words = useScenarioWords()
  const [measures, setMeasures] = useState(props.value as string[])
  return (
    <CheckGroup
      legend={words.fields['measures'] ?? ''}
      name="measures"
      column
      options={words.measureKeys
        .filter(isDaySum)
        .map((key) => ({ value: key, words: words.measure(key) }))}
      values={measures}
      problem={props.isTried && measures.length === 0 ? words.pickStates : undefined}
      onPick={(next) => {
        setMeasures(next)
        props.onWrite(next.length === 0 ? { isWrong: true } : { value: next })
      }}
    />
  )
}

/** A whole number between two bounds, or null. */
export function wholeIn(text: string, min: number, max: number): number | null {
  const number = numberIn(text, 1)
  return number === null || number < min || number > max ? null : number
}

/** A decimal as whole numbers of `1/per`; finer than that is no number of ours. */
function numberIn(text: string, per: number): number | null {
  const written = text.trim().replaceAll(',', '')
  if (!/^-?\d{1,10}(\.\d{1,4})?$/.test(written)) return null
  const number = Math.round(Number(written) * per * 10_000) / 10_000
  return Number.isInteger(number) ? number : null
}

function unitFor(minutes: number): Unit {
  if (minutes % 1_440 === 0 && minutes >= 4_320) return 'day'
  return minutes % 60 === 0 ? 'hour' : 'minute'
}

function isDaySum(measure: string): boolean {
  return measure.endsWith('-day')
}
