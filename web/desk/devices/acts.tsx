import { useState } from 'preact/hooks'
import { Ban, HandHelping, KeyRound, MapPin, Printer, Replace, Undo2 } from 'lucide'
import { dayOf, endOfDay } from '../../../src/kernel/calendar.ts'
import type { HomeCode, Id } from '../../../src/kernel/ids.ts'
import type {
  lendDevice,
  moveDevice,
  renewCredential,
  replaceDevice,
  returnDevice,
  revokeDevice,
} from '../../../src/watch/devices/api.ts'
import { call } from '../../shell/call.ts'
import { useNow } from '../../shell/shell.tsx'
import { useDeviceWords, useWorkWords } from '../../shell/words.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { ActDialog } from './act-dialog.tsx'
import type { Device } from './device-page.tsx'
import { placeCode, PlaceField, placeLevel } from './place-field.tsx'
import { nameProblem, placeProblem, Sure, useWritten } from './written.tsx'

type ActProps = { device: Device; again: () => Promise<void> }

/** What the street's officer can do with a device. */
export function DeviceActs(props: ActProps) {
  const words = useDeviceWords()
  const { device, lentUntil, hasCredential, revokedAt } = props.device
  const isOver = revokedAt !== null
  return (
    <section>
      {isOver ? null : <Heading line={words.actsLine}>{words.actsTitle}</Heading>}
      <div class="flow">
        {isOver ? null : (
          <LinkButton icon={Printer} href={`/desk/devices/labels?device=${device}`}>
            {words.printLabel}
          </LinkButton>
        )}
        {isOver ? null : <Move {...props} />}
        {isOver ? null : lentUntil === null ? <Lend {...props} /> : <GiveBack {...props} />}
        {isOver || !hasCredential ? null : <Renew {...props} />}
        <ReplaceIt {...props} />
        {isOver ? null : <Revoke {...props} />}
      </div>
    </section>
  )
}

function Move({ device, again }: ActProps) {
  const words = useDeviceWords()
  const place = useWritten(device.place.place)
  const said = useWritten('')
  const code = placeCode(place.value)
  return (
    <ActDialog
      words={words.move}
      icon={MapPin}
      title={words.move}
      line={words.moveLine}
      does={words.moveDo}
      isReady={code !== device.place.place}
      onDone={again}
      run={() =>
        place.isWrong(placeLevel(code) === 0)
          ? null
          : call<typeof moveDevice>('post', '/devices/move', {
              device: device.device,
              place: code as Id<'place'>,
              ...maybeWords(said.value),
            })
      }
    >
      {({ refusal }) => (
        <>
          <PlaceField
            label={words.moveWhere}
            value={place.value}
            problem={placeProblem(place.wrong, refusal, words)}
            onInput={place.write}
          />
          <Why value={said.value} onInput={said.write} />
        </>
      )}
    </ActDialog>
  )
}

function ReplaceIt({ device, again }: ActProps) {
  const words = useDeviceWords()
  const said = useWritten('')
  // the friendly name mostly stays; an EUI is the new device's own
  const name = useWritten(device.nameAtGateway ?? '')
  const needsName = !device.hasCredential
  // replacing ends this device, and its page says so while the new password still stands here
  return (
    <ActDialog
      isOver={device.revokedAt !== null}
      words={words.replace}
      icon={Replace}
      title={words.replace}
      line={words.replaceLine}
      does={words.replaceDo}
      onDone={again}
      run={() =>
        name.isWrong(needsName && name.value.trim() === '')
          ? null
          : call<typeof replaceDevice>('post', '/devices/replace', {
              device: device.device,
              ...(needsName ? { nameAtGateway: name.value.trim() } : {}),
              ...maybeWords(said.value),
            })
      }
    >
      {({ refusal }) => (
        <>
          {needsName ? (
            <TextField
              label={words.nameAtGateway}
              name="name"
              help={words.nameAtGatewayHelp}
              maxLength={100}
              value={name.value}
              problem={nameProblem(name.wrong, refusal, words)}
              onInput={name.write}
            />
          ) : null}
          <Why value={said.value} onInput={said.write} />
        </>
      )}
    </ActDialog>
  )
}

/** Asked twice: there is no way back. */
function Revoke({ device, again }: ActProps) {
  const words = useDeviceWords()
  const said = useWritten('')
  const [sure, setSure] = useState<string[]>([])
  return (
    <ActDialog
      words={words.revoke}
      icon={Ban}
      isDanger
      title={words.revoke}
      line={words.revokeLine}
      does={words.revokeDo}
      isReady={sure.length > 0}
      onDone={again}
      run={() =>
        call<typeof revokeDevice>('post', '/devices/revoke', {
          device: device.device,
          ...maybeWords(said.value),
        })
      }
    >
      {() => (
        <>
          <Why value={said.value} onInput={said.write} />
          <Sure values={sure} onPick={setSure} />
        </>
      )}
    </ActDialog>
  )
}

function Lend({ device, again }: ActProps) {
  const words = useDeviceWords()
  const home = useWritten('')
  const day = useWritten('')
  const now = useNow()
  const code = placeCode(home.value)
  return (
    <ActDialog
      words={words.lend}
      icon={HandHelping}
      title={words.lend}
      line={words.lendLine}
      does={words.lendDo}
      onDone={again}
      run={() => {
        const isNoHome = home.isWrong(placeLevel(code) !== 4)
        if (day.isWrong(day.value <= dayOf(now)) || isNoHome) return null
        return call<typeof lendDevice>('post', '/devices/lend', {
          device: device.device,
          home: code as HomeCode,
          until: day.value,
        })
      }}
    >
      {({ refusal }) => (
        <>
          <PlaceField
            label={words.lendHome}
            value={home.value}
            problem={home.wrong ? words.homeProblem : placeProblem(false, refusal, words)}
            onInput={home.write}
          />
          <TextField
            label={words.lendUntil}
            name="until"
            type="date"
            min={dayOf(endOfDay(now))}
            value={day.value}
            problem={day.wrong ? words.dayNeeded : undefined}
            onInput={day.write}
          />
        </>
      )}
    </ActDialog>
  )
}

function GiveBack({ device, again }: ActProps) {
  const words = useDeviceWords()
  const place = useWritten('')
  const code = placeCode(place.value)
  return (
    <ActDialog
      words={words.giveBack}
      icon={Undo2}
      title={words.giveBack}
      line={words.giveBackLine}
      does={words.giveBackDo}
      onDone={again}
      run={() =>
        place.isWrong(placeLevel(code) === 0)
          ? null
          : call<typeof returnDevice>('post', '/devices/return', {
              device: device.device,
              place: code as Id<'place'>,
            })
      }
    >
      {({ refusal }) => (
        <PlaceField
          label={words.giveBackWhere}
          value={place.value}
          problem={placeProblem(place.wrong, refusal, words)}
          onInput={place.write}
        />
      )}
    </ActDialog>
  )
}

function Renew({ device, again }: ActProps) {
  const words = useDeviceWords()
  return (
    <ActDialog
      words={words.renew}
      icon={KeyRound}
      title={words.renew}
      line={words.renewLine}
      does={words.renewDo}
      onDone={again}
      run={() =>
        call<typeof renewCredential>('post', '/devices/credential', { source: device.device })
      }
    />
  )
}

function Why(props: { value: string; onInput: (value: string) => void }) {
  const words = useDeviceWords()
  const { ui } = useWorkWords()
  return (
    <TextField
      label={words.words}
      name="words"
      optionalWord={ui.optional}
      help={words.wordsHelp}
      rows={2}
      maxLength={200}
      value={props.value}
      onInput={props.onInput}
    />
  )
}

function maybeWords(written: string): { words?: string } {
  const words = written.trim()
  return words === '' ? {} : { words }
}
