import { useEffect, useState } from 'preact/hooks'
import { ChevronLeft, Printer, QrCode as QrIcon } from 'lucide'
import type { Input, Output } from '../../../src/kernel/endpoint.ts'
import type { DeviceId } from '../../../src/kernel/ids.ts'
import type { labels as labelsContract } from '../../../src/watch/devices/api.ts'
import type { listDevices } from '../../../src/watch/sensing/api.ts'
import { call, type Answered, type Refusal } from '../../shell/call.ts'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useDeviceWords, useWorkWords } from '../../shell/words.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { State } from '../../ui/state.tsx'
import { DevicesFrame } from './frame.tsx'
import { kindIcons } from './kinds.ts'
import { codeOf, QrCode } from '../../ui/qr.tsx'

type Label = Output<typeof labelsContract>['labels'][number]

const aSheet = 24
/** As many as the server makes at once. */
const atOnce = 100

/** Labels as they are stuck on: three by eight on a sheet of A4. */
export function LabelsPage() {
  const words = useDeviceWords()
  const { sensing } = useWorkWords()
  const { labels, refusal, again } = useLabels()
  return (
    <DevicesFrame at={null} label={sensing.labelsTitle} isSheet>
      <div class="stack stack-wide sheet">
        <div class="no-print stack">
          <LinkButton
            kind="quiet"
            icon={ChevronLeft}
            className="out-left back"
            href="/desk/devices"
          >
            {sensing.devicesTitle}
          </LinkButton>
          <h1 class="head">{sensing.labelsTitle}</h1>
          <p>{words.labelsLine}</p>
          {labels && labels.length > 0 ? (
            <div class="flow">
              <Button kind="primary" icon={Printer} onClick={() => print()}>
                {words.print}
              </Button>
              <span class="note">
                {words.labelsCount(labels.length, Math.ceil(labels.length / aSheet))}
              </span>
            </div>
          ) : null}
        </div>
        {!labels ? (
          <Unanswered refusal={refusal} again={again} />
        ) : labels.length === 0 ? (
          <State kind="empty" icon={QrIcon} title={words.labelsNone} line={words.labelsNoneLine} />
        ) : (
          <ul class="labels">
            {labels.map((label) => (
              <OneLabel key={label.device} label={label} />
            ))}
          </ul>
        )}
      </div>
    </DevicesFrame>
  )
}

/** What is on it tells nobody who lives where: a number, a kind, the word people put on it. */
function OneLabel({ label }: { label: Label }) {
  const words = useDeviceWords()
  const { sensing } = useWorkWords()
  const code = codeOf(label.svg)
  return (
    <li class="label">
      {code ? <QrCode code={code} label={label.url} /> : null}
      <span class="label-words">
        <b class="label-kind">
          <Icon of={kindIcons[label.kind]} small />
          {sensing.kind(label.kind)}
        </b>
        {label.label === '' ? null : <span>{label.label}</span>}
        <b class="label-number">{label.shortNumber}</b>
        <span class="label-scan">{words.labelScan}</span>
      </span>
    </li>
  )
}

/** The address says which: one device, or those that the list's filter gives. */
function useLabels() {
  const [labels, setLabels] = useState<Label[] | null>(null)
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined)
  const load = async () => {
    setRefusal(undefined)
    const result = await labelsAt(location.search)
    if (result.ok) setLabels(result.answer)
    else setRefusal(result.refusal)
  }
  useEffect(() => void load(), [])
  return { labels, refusal, again: load }
}

async function labelsAt(search: string): Promise<Answered<Label[]>> {
  const found = await devicesAt(search)
  if (!found.ok) return found
  const labels: Label[] = []
  for (let from = 0; from < found.answer.length; from += atOnce) {
    const devices = found.answer.slice(from, from + atOnce)
    const made = await call<typeof labelsContract>('post', '/devices/labels', { devices })
    if (!made.ok) return made
    labels.push(...made.answer.labels)
  }
  return { ok: true, answer: labels }
}

async function devicesAt(search: string): Promise<Answered<DeviceId[]>> {
  const query = new URLSearchParams(search)
  const one = query.get('device')
  if (one !== null) return { ok: true, answer: [one as DeviceId] }
  const asked = ['committee', 'kind', 'state'].flatMap((name) => {
    const value = query.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  if (query.get('of') !== 'list') return { ok: true, answer: [] }
  const filter = Object.fromEntries(asked) as Input<typeof listDevices>
  const listed = await call<typeof listDevices>('get', '/sensing/devices', filter)
  if (!listed.ok) return listed
  return { ok: true, answer: listed.answer.devices.map(({ device }) => device) }
}
