import { useState } from 'preact/hooks'
import { Printer } from 'lucide'
import { dayOf } from '../../../src/kernel/calendar.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { listDevices } from '../../../src/watch/sensing/api.ts'
import type { DeviceState } from '../../../src/watch/sensing/types.ts'
import { useFirst, useIsAlive, useNow } from '../../shell/shell.tsx'
import { useDeviceWords, useWorkWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { List, Row } from '../../ui/list.tsx'
import { State } from '../../ui/state.tsx'
import { formatCount } from '../../words/format.ts'
import {
  committeesIn,
  countIn,
  inputOf,
  isNumbered,
  pathOf,
  shortNumber,
  startPath,
  sumOf,
  type Counted,
  type Filter,
} from './filter.ts'
import { kindIcons, stateTones } from './kinds.ts'
import type { Go } from './list-page.tsx'

type Answer = Output<typeof listDevices>
type Listed = Answer['devices'][number]
type ListProps = {
  counts: readonly Counted[]
  /** null: on its way. */
  answer: Answer | null
  filter: Filter
  go: Go
}

/** Shared devices one by one; those in homes are only counted. */
export function DeviceList(props: ListProps) {
  const { filter } = props
  const words = useDeviceWords()
  const [asked, ask] = useState('')
  const searched = useSearched(filter, asked)
  return (
    <section class="stack">
      <div class="section-head">
        <h2 class="title grow heading" id="devices-head" tabIndex={-1}>
          {useTitle(props)}
        </h2>
        <ShowAll {...props} />
      </div>
      <States {...props} />
      <fieldset class="device-search" disabled={!useIsAlive()}>
        <TextField
          label={words.search}
          name="number"
          type="search"
          autoComplete="off"
          help={words.searchHelp}
          maxLength={40}
          value={asked}
          onInput={ask}
        />
      </fieldset>
      {searched ? (
        <Found devices={searched} />
      ) : props.answer ? (
        <Listed {...props} answer={props.answer} />
      ) : (
        <State kind="loading" title={words.wait} />
      )}
    </section>
  )
}

/** Whoever looks for a number looks among all states. null: nobody looks, or it is on its way. */
function useSearched(filter: Filter, asked: string): readonly Listed[] | null {
  const isAsked = asked.trim() !== ''
  const all = useFirst<typeof listDevices>(
    '/sensing/devices',
    isAsked ? inputOf({ ...filter, state: null }) : null,
  ).result.value
  if (!isAsked || !all?.ok) return null
  return all.answer.devices.filter(({ device }) => isNumbered(device, asked))
}

function useTitle({ filter, counts }: ListProps): string {
  const words = useDeviceWords()
  const { sensing } = useWorkWords()
  const name = committeesIn(counts).find(({ code }) => code === filter.committee)?.name
  const parts = [name, filter.kind && sensing.kind(filter.kind)].filter(Boolean)
  return parts.length === 0 ? words.listTitle : parts.join(' · ')
}

function ShowAll({ filter, counts, go }: ListProps) {
  const words = useDeviceWords()
  if (filter.committee === null && filter.kind === null) return null
  return (
    <LinkButton kind="quiet" href={startPath} onClick={(event) => go(allOf(filter), event)}>
      {committeesIn(counts).length > 1 ? words.showAll : words.showAllOwn}
    </LinkButton>
  )
}

function allOf(filter: Filter): Filter {
  return { committee: null, kind: null, state: filter.state ?? 'unknown' }
}

const shownStates: readonly (DeviceState | null)[] = [
  'unknown',
  'quiet',
  'never-reported',
  'alive',
  null,
]

/** Which state is listed, each with how many there are. */
function States({ filter, counts, go }: ListProps) {
  const words = useDeviceWords()
  const sum = sumOf(counts, filter)
  return (
    <nav class="views" aria-label={words.pickState}>
      {shownStates.map((state) => {
        const to = { ...filter, state }
        return (
          <a
            key={state}
            class="view"
            href={pathOf(to)}
            aria-current={filter.state === state ? 'page' : undefined}
            onClick={(event) => go(to, event)}
          >
            {words.stateCount(
              state === null ? words.all : words.state(state),
              formatCount(countIn(sum, state)),
            )}
          </a>
        )
      })}
    </nav>
  )
}

function Listed({ answer, filter, counts }: ListProps & { answer: Answer }) {
  const words = useDeviceWords()
  const { devices, total } = answer
  const inHomes = Math.max(0, countIn(sumOf(counts, filter), filter.state) - total)
  return (
    <>
      {devices.length === 0 ? (
        <State kind="empty" title={words.listEmpty} line={words.listEmptyLine} />
      ) : (
        <Rows devices={devices} />
      )}
      {devices.length < total ? (
        <p class="note">{words.cut(formatCount(devices.length), formatCount(total))}</p>
      ) : null}
      {inHomes > 0 ? <p class="note">{words.inHomes(formatCount(inHomes))}</p> : null}
      {devices.length > 0 ? (
        <div>
          <LinkButton icon={Printer} href={labelsPath(filter)}>
            {words.printLabels}
          </LinkButton>
        </div>
      ) : null}
    </>
  )
}

function labelsPath(filter: Filter): string {
  return `/desk/devices/labels?${new URLSearchParams({ of: 'list', ...inputOf(filter) })}`
}

function Found(props: { devices: readonly Listed[] }) {
  const words = useDeviceWords()
  return (
    <div class="stack" role="status">
      <p class="note">
        {props.devices.length === 0
          ? words.searchNone
          : words.listed(formatCount(props.devices.length))}
      </p>
      {props.devices.length === 0 ? null : <Rows devices={props.devices} />}
    </div>
  )
}

function Rows(props: { devices: readonly Listed[] }) {
  const words = useDeviceWords()
  return (
    <div class="device-rows">
      <List label={words.listTitle}>
        {props.devices.map((device) => (
          <DeviceRow key={device.device} device={device} />
        ))}
      </List>
    </div>
  )
}

function DeviceRow(props: { device: Listed }) {
  const { device } = props
  const { sensing, places } = useWorkWords()
  const words = useDeviceWords()
  const spot = places.spot(device.place)
  const area = places.compound(device.place)
  const parts = [
    ...(area === spot ? [] : [area]),
    ...(device.label === '' ? [] : [device.label]),
    shortNumber(device.device),
  ]
  return (
    <Row
      icon={kindIcons[device.kind]}
      href={`/desk/devices/${device.device}`}
      title={`${sensing.kind(device.kind)} · ${spot}`}
      line={parts.join(' · ')}
      side={
        <>
          <Badge tone={stateTones[device.state]}>{words.state(device.state)}</Badge>
          <Wrong device={device} />
        </>
      }
    />
  )
}

/** What is wrong with a device that is heard. */
function Wrong({ device }: { device: Listed }) {
  const words = useDeviceWords()
  const today = dayOf(useNow())
  const [first] = device.conditions
  const isOverdue = device.lentUntil !== null && device.lentUntil < today
  if (first) return <Badge tone="amber">{words.condition(first.condition).says}</Badge>
  return isOverdue ? <Badge tone="amber">{words.overdue}</Badge> : null
}
