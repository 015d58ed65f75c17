import { useState } from 'preact/hooks'
import { Plus } from 'lucide'
import type { Input, Output } from '../../../src/kernel/endpoint.ts'
import type { Id } from '../../../src/kernel/ids.ts'
import type { addDevice } from '../../../src/watch/devices/api.ts'
import type { DeviceKind } from '../../../src/watch/devices/types.ts'
import type { listGateways } from '../../../src/watch/sensing/api.ts'
import { call, type Refusal } from '../../shell/call.ts'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useAct, useFirst, useIsAlive } from '../../shell/shell.tsx'
import { useDeviceWords, useWorkWords } from '../../shell/words.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card, Heading } from '../../ui/card.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { nameProblem, placeProblem, useWritten } from './written.tsx'
import { kinds } from './kinds.ts'
import { ModelField } from './model-field.tsx'
import { placeCode, PlaceField, placeLevel } from './place-field.tsx'
import { ShownOnce } from './shown-once.tsx'

type Added = Output<typeof addDevice> & { kind: DeviceKind }

export function AddOne() {
  const words = useDeviceWords()
  const { sensing } = useWorkWords()
  const [added, setAdded] = useState<Added | null>(null)
  if (!added) return <AddForm onAdded={setAdded} />
  return (
    <section>
      <Heading>{words.added(sensing.kind(added.kind))}</Heading>
      <Card>
        <div class="stack">
          <ShownOnce secret={added} />
          <div class="flow">
            <LinkButton kind="primary" href={`/desk/devices/${added.device}`}>
              {words.openPage}
            </LinkButton>
            <LinkButton href={`/desk/devices/labels?device=${added.device}`}>
              {words.printLabel}
            </LinkButton>
            <Button icon={Plus} onClick={() => setAdded(null)}>
              {words.addAnother}
            </Button>
          </div>
        </div>
      </Card>
    </section>
  )
}

function AddForm(props: { onAdded: (added: Added) => void }) {
  const words = useDeviceWords()
  const form = useForm()
  const { isBusy, refusal, run } = useAct()
  const isAlive = useIsAlive()
  const add = () => {
    const input = form.read()
    if (!input) return
    void run(async () => {
      const result = await call<typeof addDevice>('post', '/devices/add', input)
      if (result.ok) props.onAdded({ ...result.answer, kind: input.kind })
      return result
    })
  }
  return (
    <section>
      <Heading line={words.addOneLine}>{words.addOne}</Heading>
      <form
        method="post"
        action="/desk/devices/add"
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <fieldset class="stack" disabled={!isAlive}>
          <WhatAndWhere form={form} problem={placeProblem(form.place.wrong, refusal, words)} />
          <HowItSpeaks form={form} refusal={refusal} />
          <WhoKeepsIt form={form} />
          <RefusalStrip refusal={refusal} />
          <Button type="submit" kind="primary" icon={Plus} tall wide busy={isBusy}>
            {words.addDo}
          </Button>
        </fieldset>
      </form>
    </section>
  )
}

type Form = ReturnType<typeof useForm>

/** What is written, and what the server is asked with; null while something is missing. */
function useForm() {
  const [kind, setKind] = useState('')
  const [isKindMissing, setKindMissing] = useState(false)
  const [model, setModel] = useState('')
  const [gateway, setGateway] = useState('')
  const [label, setLabel] = useState('')
  const [keeper, setKeeper] = useState('')
  const place = useWritten('')
  const name = useWritten('')
  const minutes = useWritten('')
  const gateways = useFirst<typeof listGateways>('/sensing/gateways', {}).result.value
  const listed = gateways?.ok ? gateways.answer.gateways : []
  const through = listed.find((one) => one.gateway === gateway)
  const needsName = through !== undefined && through.format !== 'canonical'
  const read = (): Input<typeof addDevice> | null => {
    const code = placeCode(place.value)
    const often = minutes.value.trim()
    setKindMissing(kind === '')
    const wrong = [
      kind === '',
      place.isWrong(placeLevel(code) === 0),
      name.isWrong(needsName && name.value.trim() === ''),
      minutes.isWrong(often !== '' && !(Number(often) >= 1 && Number(often) <= 1_440)),
    ]
    if (wrong.includes(true)) return null
    const maybe = <Name extends string>(key: Name, value: string) =>
      value.trim() === '' ? {} : ({ [key]: value.trim() } as Record<Name, string>)
    return {
      kind: kind as DeviceKind,
      place: code as Id<'place'>,
      ...maybe('model', model),
      ...(through ? { gateway: through.gateway } : {}),
      ...(through ? maybe('nameAtGateway', name.value) : {}),
      ...(often === '' ? {} : { heartbeatSeconds: Math.round(Number(often) * 60) }),
      ...maybe('label', label),
      ...maybe('keeper', keeper),
    }
  }
  return {
    ...{ kind, setKind, isKindMissing, model, setModel, gateway, setGateway, label, setLabel },
    ...{ keeper, setKeeper, place, name, minutes, listed, through, needsName, read },
  }
}

function WhatAndWhere({ form, problem }: { form: Form; problem: string | undefined }) {
  const words = useDeviceWords()
  const { sensing } = useWorkWords()
  return (
    <>
      <SelectField
        label={words.kind}
        name="kind"
        value={form.kind}
        problem={form.isKindMissing && form.kind === '' ? words.kindPick : undefined}
        options={[
          { value: '', words: words.kindPick },
          ...kinds.map((kind) => ({ value: kind, words: sensing.kind(kind) })),
        ]}
        onInput={form.setKind}
      />
      <PlaceField
        label={words.place}
        value={form.place.value}
        problem={problem}
        onInput={form.place.write}
      />
    </>
  )
}

function HowItSpeaks({ form, refusal }: { form: Form; refusal: Refusal | null }) {
  const words = useDeviceWords()
  const { ui } = useWorkWords()
  return (
    <>
      <SelectField
        label={words.throughGateway}
        name="gateway"
        value={form.gateway}
        options={[
          { value: '', words: words.directly },
          ...form.listed.map((one) => ({
            value: one.gateway,
            words: `${one.name} · ${words.format(one.format).says}`,
          })),
        ]}
        onInput={form.setGateway}
      />
      {form.through ? (
        <TextField
          label={words.nameAtGateway}
          name="name-at-gateway"
          optionalWord={form.needsName ? undefined : ui.optional}
          autoComplete="off"
          help={words.nameAtGatewayHelp}
          maxLength={100}
          value={form.name.value}
          problem={nameProblem(form.name.wrong, refusal, words)}
          onInput={form.name.write}
        />
      ) : null}
      <ModelField
        model={form.model}
        problem={refusal?.field === 'model' ? words.modelProblem : undefined}
        onPick={form.setModel}
      />
      <TextField
        label={words.heartbeatMinutes}
        name="heartbeat"
        optionalWord={ui.optional}
        inputMode="numeric"
        maxLength={4}
        value={form.minutes.value}
        problem={form.minutes.wrong ? words.heartbeatProblem : undefined}
        onInput={form.minutes.write}
      />
    </>
  )
}

function WhoKeepsIt({ form }: { form: Form }) {
  const words = useDeviceWords()
  const { ui } = useWorkWords()
  return (
    <>
      <TextField
        label={words.label}
        name="label"
        optionalWord={ui.optional}
        help={words.labelHelp}
        maxLength={40}
        value={form.label}
        onInput={form.setLabel}
      />
      <TextField
        label={words.keeper}
        name="keeper"
        optionalWord={ui.optional}
        help={words.keeperHelp}
        maxLength={40}
        value={form.keeper}
        onInput={form.setKeeper}
      />
    </>
  )
}
