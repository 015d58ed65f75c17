import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { useScenarioWords } from '../../shell/words.tsx'
import { ChoiceGroup } from '../../ui/choice.tsx'
import {
  CheckedMeasures,
  LengthField,
  NumberField,
  OneMeasure,
  WrittenField,
  type EditorProps,
} from './editors.tsx'
import {
  AfterEditor,
  ClearsEditor,
  CooldownEditor,
  ExpiresEditor,
  HoursEditor,
  LastingEditor,
  SeasonEditor,
  StopsEditor,
} from './either-editors.tsx'
import { SignalEditor, SignsEditor } from './signal-editors.tsx'
import { unitOf } from './measured.ts'
import { valueAt } from './change.ts'
import type { Token } from './sentence.ts'

/** The form that fits what a part of the sentence is. */
export function TokenEditor(props: EditorProps & { token: Token; rule: Definition }) {
  const { token, rule, ...given } = props
  const { edit } = token
  const words = useScenarioWords()
  switch (edit.as) {
    case 'minutes':
      return edit.isZeroFine ? <LastingEditor {...given} /> : <LengthField {...given} />
    case 'choice':
      return <OneOf {...given} of={edit.of} isTruth={edit.isTruth === true} />
    case 'number': {
      const { unit, per } = unitOf(edit.measure ?? '')
      return <NumberField {...given} {...edit} unit={unit} per={per} />
    }
    case 'days':
      return <NumberField {...given} min={1} max={90} unit={words.fields['days'] ?? ''} per={1} />
    case 'signal':
      return <SignalEditor {...given} isCounter={isUse(rule, token.field)} />
    case 'signs':
      return <SignsEditor {...given} />
    case 'measure':
      return <OneMeasure {...given} />
    case 'measures':
      return <CheckedMeasures {...given} />
    case 'text':
      return <WrittenField {...given} />
    case 'hours':
      return <HoursEditor {...given} isQuiet={edit.isQuiet} />
    case 'season':
      return <SeasonEditor {...given} />
    case 'after':
      return <AfterEditor {...given} />
    case 'clears':
      return <ClearsEditor {...given} />
    case 'cooldown':
      return <CooldownEditor {...given} />
    case 'expires':
      return <ExpiresEditor {...given} />
    case 'stops':
      return <StopsEditor {...given} />
    default:
      return edit satisfies never
  }
}

function OneOf(props: EditorProps & { of: string; isTruth: boolean }) {
  const words = useScenarioWords()
  const choices = Object.entries(words.choices[props.of] ?? {})
  const now = String(props.value)
  return (
    <ChoiceGroup
      legend={words.fields[props.of] ?? words.fields['is'] ?? ''}
      name={props.of}
      column
      options={choices.map(([value, says]) => ({ value, words: says }))}
      value={now}
      onPick={(value) => props.onWrite({ value: props.isTruth ? value === 'true' : value })}
    />
  )
}

/** A day's use is made of a number that counts up, no signal. */
function isUse(rule: Definition, field: string): boolean {
  return valueAt(rule, field.replace(/\.signal$/, '.of')) === 'use'
}
