import { useState } from 'preact/hooks'
import { Plus, Trash2 } from 'lucide'
import type { DeviceKind } from '../../../src/watch/devices/types.ts'
import type { Signal } from '../../../src/watch/scenarios/definition/types.ts'
import { useScenarioWords, useWorkWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckGroup, ChoiceGroup } from '../../ui/choice.tsx'
import { SelectField } from '../../ui/field.tsx'
import type { EditorProps } from './editors.tsx'
import { countersUp } from './measured.ts'

/** One kind of device, and any of the things that it says. */
export function SignalEditor(props: EditorProps & { isCounter: boolean }) {
  const [signal, setSignal] = useState(props.value as Signal)
  return (
    <SignalFields
      signal={signal}
      isCounter={props.isCounter}
      isTried={props.isTried}
      name="signal"
      onChange={(next) => {
        setSignal(next)
        props.onWrite(next.states.length === 0 ? { isWrong: true } : { value: next })
      }}
    />
  )
}

/** What counts as a sign: any sign of life, or some signals of some kinds. */
export function SignsEditor(props: EditorProps) {
  const words = useScenarioWords()
  const [signs, setSigns] = useState(props.value as Signal[] | null)
  const write = (next: Signal[] | null) => {
    setSigns(next)
    const isWrong = next?.some(({ states }) => states.length === 0) ?? false
    props.onWrite(isWrong ? { isWrong } : { value: next })
  }
  return (
    <>
      <ChoiceGroup
        legend={words.fields['signs'] ?? ''}
        name="signs"
        column
        options={[
          { value: 'any', words: words.anySignChoice, line: words.anySignLine },
          { value: 'these', words: words.theseSigns },
        ]}
        value={signs === null ? 'any' : 'these'}
        onPick={(picked) => write(picked === 'any' ? null : [openDoor])}
      />
      {signs?.map((signal, at) => (
        <div key={at} class="stack">
          <SignalFields
            signal={signal}
            isCounter={false}
            isTried={props.isTried}
            name={`signal-${at}`}
            onChange={(next) => write(signs.map((one, index) => (index === at ? next : one)))}
          />
          {signs.length > 1 ? (
            <Button icon={Trash2} onClick={() => write(signs.filter((_, index) => index !== at))}>
              {words.removeKind}
            </Button>
          ) : null}
        </div>
      ))}
      {signs !== null && signs.length < 8 ? (
        <Button icon={Plus} onClick={() => write([...signs, openDoor])}>
          {words.addKind}
        </Button>
      ) : null}
    </>
  )
}

const openDoor: Signal = { kind: 'door-contact', states: ['open'] }

function SignalFields(props: {
  signal: Signal
  isCounter: boolean
  isTried: boolean
  name: string
  onChange: (signal: Signal) => void
}) {
  const { signal, isCounter } = props
  const words = useScenarioWords()
  const { sensing } = useWorkWords()
  const kinds = isCounter
    ? Object.keys(countersUp)
    : [...new Set(words.signalKeys.map((key) => key.slice(0, key.indexOf(' '))))]
  const statesOf = (kind: string) =>
    isCounter
      ? [countersUp[kind as DeviceKind] ?? '']
      : words.signalKeys
          .filter((key) => key.startsWith(`${kind} `))
          .map((key) => key.slice(kind.length + 1))
  return (
    <>
      <SelectField
        label={words.kindOf}
        name={`${props.name}-kind`}
        value={signal.kind}
        options={kinds.map((kind) => ({ value: kind, words: sensing.kind(kind) }))}
        onInput={(kind) =>
          props.onChange({ kind: kind as DeviceKind, states: statesOf(kind).slice(0, 1) })
        }
      />
      {isCounter ? null : (
        <CheckGroup
          legend={words.fields['states'] ?? ''}
          name={`${props.name}-states`}
          column
          options={statesOf(signal.kind).map((state) => ({
            value: state,
            words: words.signal(`${signal.kind} ${state}`),
          }))}
          values={signal.states}
          problem={props.isTried && signal.states.length === 0 ? words.pickStates : undefined}
          onPick={(states) => props.onChange({ ...signal, states })}
        />
      )}
    </>
  )
}
