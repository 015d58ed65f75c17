import { useState } from 'preact/hooks'
import { Plus } from 'lucide'
import type { Input } from '../../../src/kernel/endpoint.ts'
import type { Id } from '../../../src/kernel/ids.ts'
import type { addGateway } from '../../../src/watch/devices/api.ts'
import type { Format } from '../../../src/watch/devices/types.ts'
import { call, type Refusal } from '../../shell/call.ts'
import { useDeviceWords, useWorkWords } from '../../shell/words.tsx'
import { ChoiceGroup } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'
import { ActDialog } from './act-dialog.tsx'
import { placeProblem, useWritten } from './written.tsx'
import { placeCode, PlaceField, placeLevel } from './place-field.tsx'

const formats: readonly Format[] = ['canonical', 'zigbee2mqtt', 'chirpstack']

/** A new gateway; its password comes back once, with the settings to copy. */
export function AddGateway(props: { onDone: () => Promise<void> }) {
  const words = useDeviceWords()
  const form = useForm()
  return (
    <ActDialog
      words={words.addGateway}
      icon={Plus}
      title={words.addGateway}
      line={words.gatewaysLine}
      does={words.addDo}
      onDone={props.onDone}
      run={() => {
        const input = form.read()
        return input && call<typeof addGateway>('post', '/devices/gateways', input)
      }}
    >
      {({ refusal }) => <Fields form={form} refusal={refusal} />}
    </ActDialog>
  )
}

/** What is written, and what the server is asked with; null while something is wrong. */
function useForm() {
  const name = useWritten('')
  const place = useWritten('')
  const [maker, setMaker] = useState('')
  const [format, setFormat] = useState<Format>('canonical')
  const read = (): Input<typeof addGateway> | null => {
    const code = placeCode(place.value)
    const isNameless = name.isWrong(!/^[0-9A-Za-z-]{1,40}$/.test(name.value.trim()))
    if (place.isWrong(placeLevel(code) === 0) || isNameless) return null
    return {
      ...{ name: name.value.trim(), format, place: code as Id<'place'> },
      ...(maker.trim() === '' ? {} : { maker: maker.trim() }),
    }
  }
  return { name, place, maker, setMaker, format, setFormat, read }
}

function Fields(props: { form: ReturnType<typeof useForm>; refusal: Refusal | null }) {
  const { form, refusal } = props
  const words = useDeviceWords()
  const { ui } = useWorkWords()
  const isTaken = refusal?.field === 'name'
  return (
    <>
      <TextField
        label={words.gatewayName}
        name="name"
        autoComplete="off"
        maxLength={40}
        help={words.gatewayNameHelp}
        value={form.name.value}
        problem={
          form.name.wrong ? words.gatewayNameProblem : isTaken ? words.gatewayNameTaken : undefined
        }
        onInput={form.name.write}
      />
      <PlaceField
        label={words.gatewayPlace}
        value={form.place.value}
        problem={placeProblem(form.place.wrong, refusal, words)}
        onInput={form.place.write}
      />
      <ChoiceGroup
        legend={words.formatName}
        name="format"
        column
        options={formats.map((one) => ({
          value: one,
          words: words.format(one).says,
          line: words.format(one).toDo,
        }))}
        value={form.format}
        onPick={(value) => form.setFormat(value as Format)}
      />
      <TextField
        label={words.maker}
        name="maker"
        optionalWord={ui.optional}
        maxLength={60}
        value={form.maker}
        onInput={form.setMaker}
      />
    </>
  )
}
