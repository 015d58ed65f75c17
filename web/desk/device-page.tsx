import type { Output } from '../../src/kernel/endpoint.ts'
import type { DeviceId } from '../../src/kernel/ids.ts'
import { secondMs } from '../../src/kernel/clock.ts'
import { ChevronLeft } from 'lucide'
import type { oneDevice } from '../../src/watch/sensing/api.ts'
import type { DeviceState } from '../../src/watch/sensing/types.ts'
import { useLive } from '../shell/live.ts'
import type { Params } from '../shell/pages.ts'
import { Unanswered } from '../shell/unanswered.tsx'
import { useFirst, useNow } from '../shell/shell.tsx'
import { useLanguage, useWords } from '../shell/words.tsx'
import { Badge, type Tone } from '../ui/badge.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Card, Facts, Heading } from '../ui/card.tsx'
import { Column } from '../ui/frames.tsx'
import { formatCount, formatDuration, formatInstant, formatTime } from '../words/format.ts'
import { Desk } from './desk.tsx'

type Device = Output<typeof oneDevice>

const tones: Readonly<Record<DeviceState, Tone>> = {
  alive: 'jade',
  unknown: 'unknown',
  'never-reported': 'none',
  revoked: 'none',
}

/** Whether a device works and what of it was refused; never what it sensed. */
export function DevicePage(props: { params: Params }) {
  const device = (props.params.device ?? '') as DeviceId
  const kept = useFirst<typeof oneDevice>('/sensing/device', { device })
  const words = useWords()
  const result = kept.result.value
  useLive('tasks', kept.again)
  return (
    <Desk at="/desk" shows="main">
      <Column kind="main" label={words.sensing.code}>
        <div class="stack stack-wide reading">
          <LinkButton kind="quiet" icon={ChevronLeft} className="out-left back" href="/desk">
            {words.tasks.door}
          </LinkButton>
          {result?.ok ? (
            <OneDevice device={result.answer} />
          ) : (
            <Unanswered refusal={result?.refusal} again={kept.again} />
          )}
        </div>
      </Column>
    </Desk>
  )
}

function OneDevice(props: { device: Device }) {
  const { device } = props
  const { sensing, places } = useWords()
  return (
    <>
      <header class="stack stack-tight">
        <div>
          <Badge tone={tones[device.state]}>{sensing.state(device.state)}</Badge>
        </div>
        <h1 class="head">{sensing.kind(device.kind)}</h1>
        <p>
          {places.home(device.place)} · {places.compound(device.place)}
        </p>
        <p class={device.state === 'unknown' ? 'hatched small' : 'note'}>
          {sensing.stateLine(device.state)}
        </p>
      </header>
      <Card>
        <DeviceFacts device={device} />
      </Card>
      <section>
        <Heading line={sensing.refusedLine}>{sensing.refusedTitle}</Heading>
        {device.refusals.length === 0 ? (
          <p class="note">{sensing.refusedNone}</p>
        ) : (
          <Refusals device={device} />
        )}
      </section>
      <p class="note">{sensing.neverContents}</p>
    </>
  )
}

function DeviceFacts(props: { device: Device }) {
  const { device } = props
  const { sensing } = useWords()
  const language = useLanguage()
  const now = useNow()
  const at = (instant: number) => formatInstant(instant, now, language)
  return (
    <Facts
      facts={[
        {
          name: sensing.heard,
          says: device.heardAt === null ? sensing.neverHeard : at(device.heardAt),
        },
        {
          name: sensing.heartbeat,
          says: formatDuration(device.heartbeatSeconds * secondMs, language),
        },
        { name: sensing.gateway, says: device.gateway ?? sensing.noGateway },
        { name: sensing.installed, says: at(device.installedAt) },
        ...(device.revokedAt === null
          ? []
          : [{ name: sensing.revoked, says: at(device.revokedAt) }]),
        { name: sensing.code, says: <code>{device.device}</code> },
      ]}
    />
  )
}

function Refusals(props: { device: Device }) {
  const { sensing } = useWords()
  return (
    <table class="ledger">
      <thead>
        <tr>
          <th scope="col">{sensing.day}</th>
          <th scope="col">{sensing.reason}</th>
          <th scope="col" class="right">
            {sensing.count}
          </th>
          <th scope="col" class="right">
            {sensing.lastAt}
          </th>
        </tr>
      </thead>
      <tbody>
        {props.device.refusals.map((refusal) => (
          <tr key={`${refusal.day} ${refusal.reason}`}>
            <td class="nowrap">{refusal.day}</td>
            <td>{sensing.refusal(refusal.reason)}</td>
            <td class="right">{formatCount(refusal.count)}</td>
            <td class="right">{formatTime(refusal.lastAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
