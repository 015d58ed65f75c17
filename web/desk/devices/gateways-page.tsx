import { Ban, KeyRound, Router } from 'lucide'
import { useState } from 'preact/hooks'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { renewCredential, revokeGateway } from '../../../src/watch/devices/api.ts'
import type { listGateways } from '../../../src/watch/sensing/api.ts'
import type { Refusal } from '../../../src/watch/sensing/types.ts'
import { call } from '../../shell/call.ts'
import { useLive } from '../../shell/live.ts'
import { useFirst, useNow } from '../../shell/shell.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useDeviceWords, useLanguage, useWorkWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Bar } from '../../ui/charts.tsx'
import { State, Strip } from '../../ui/state.tsx'
import { formatCount, formatInstant } from '../../words/format.ts'
import { ActDialog } from './act-dialog.tsx'
import { Sure } from './written.tsx'
import { AddGateway } from './add-gateway.tsx'
import { CountedReasons } from './counted.tsx'
import { DevicesFrame, useIsOfficer } from './frame.tsx'

export type Gateway = Output<typeof listGateways>['gateways'][number]

/** The boxes and network servers that speak for devices, and how many of these are heard. */
export function GatewaysPage() {
  const kept = useFirst<typeof listGateways>('/sensing/gateways', {})
  const words = useDeviceWords()
  const { sensing } = useWorkWords()
  const isOfficer = useIsOfficer()
  const result = kept.result.value
  useLive('tasks', kept.again)
  return (
    <DevicesFrame at="/desk/gateways" label={sensing.gatewaysTitle}>
      <div class="stack stack-wide sheet">
        <header class="section-head">
          <div class="grow">
            <h1 class="head">{sensing.gatewaysTitle}</h1>
            <p class="note">{words.gatewaysLine}</p>
          </div>
          {isOfficer ? <AddGateway onDone={() => againSoon(kept.again)} /> : null}
        </header>
        {!result?.ok ? (
          <Unanswered refusal={result?.refusal} again={kept.again} />
        ) : result.answer.gateways.length === 0 ? (
          <State
            kind="empty"
            icon={Router}
            title={words.gatewaysNone}
            line={words.gatewaysNoneLine}
          />
        ) : (
          <ul class="gateways">
            {result.answer.gateways.toSorted(byNeed).map((gateway) => (
              <li key={gateway.gateway}>
                <OneGateway gateway={gateway} again={kept.again} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </DevicesFrame>
  )
}

/** The program hears of a new gateway a moment after it was written: it is asked for again. */
async function againSoon(again: () => Promise<void>): Promise<void> {
  for (const ms of [600, 2_500]) setTimeout(() => void again(), ms)
  await again()
}

/** First those of which something has to be done. */
function byNeed(a: Gateway, b: Gateway): number {
  const need = (one: Gateway) => (one.isCopied ? 2 : 0) + (one.heard < one.devices ? 1 : 0)
  return need(b) - need(a) || a.name.localeCompare(b.name)
}

function OneGateway(props: { gateway: Gateway; again: () => Promise<void> }) {
  const { gateway } = props
  const words = useDeviceWords()
  const { places } = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  const spot = places.spot(gateway.place)
  const area = places.compound(gateway.place)
  const parts = [spot, ...(area === spot ? [] : [area]), ...(gateway.maker ? [gateway.maker] : [])]
  return (
    <Card label={gateway.name}>
      <div class="stack">
        <div class="flow">
          <Connection gateway={gateway} />
          <span class="push note">{words.format(gateway.format).says}</span>
        </div>
        <div>
          <h2 class="title">{gateway.name}</h2>
          <p class="small muted">{parts.join(' · ')}</p>
        </div>
        <Heard gateway={gateway} />
        <p class="note">
          {gateway.heardAt === null
            ? words.gatewayNever
            : words.gatewayHeard(formatInstant(gateway.heardAt, now, language))}
        </p>
        {gateway.isCopied ? <Strip tone="signal">{words.gatewayCopied}</Strip> : null}
        <Refused gateway={gateway} />
        <Acts {...props} />
      </div>
    </Card>
  )
}

function Connection({ gateway }: { gateway: Gateway }) {
  const words = useDeviceWords()
  const isSilent = gateway.devices > 0 && gateway.heard === 0
  if (gateway.isConnected && isSilent) return <Badge tone="unknown">{words.connectedSilent}</Badge>
  if (gateway.isConnected) return <Badge tone="jade">{words.connected}</Badge>
  const tone = gateway.heardAt === null ? 'none' : 'unknown'
  return <Badge tone={tone}>{words.disconnected}</Badge>
}

function Heard({ gateway }: { gateway: Gateway }) {
  const words = useDeviceWords()
  const { devices, heard } = gateway
  if (devices === 0) return <p class="small">{words.noDevicesBelow}</p>
  const says = words.heardOf(formatCount(devices), formatCount(heard))
  return (
    <div class="stack stack-tight">
      <p class={heard < devices ? 'hatched small-strong' : 'small-strong'}>{says}</p>
      <Bar
        label={says}
        parts={[
          { share: heard / devices, paint: 'jade' },
          { share: 1 - heard / devices, paint: 'unknown' },
        ]}
      />
    </div>
  )
}

function Refused({ gateway }: { gateway: Gateway }) {
  const words = useDeviceWords()
  const { refusals } = gateway
  if (refusals.length === 0) return null
  const count = refusals.reduce((sum, one) => sum + one.count, 0)
  return (
    <details>
      <summary class="button button-quiet out-left">
        {words.gatewayRefused} · {words.messages(formatCount(count))}
      </summary>
      <CountedReasons counted={refusals} says={(reason) => words.refusal(reason as Refusal)} />
    </details>
  )
}

function Acts({ gateway, again }: { gateway: Gateway; again: () => Promise<void> }) {
  const words = useDeviceWords()
  const [sure, setSure] = useState<string[]>([])
  if (!useIsOfficer()) return null
  return (
    <div class="flow">
      <ActDialog
        words={words.renew}
        label={words.of(words.renew, gateway.name)}
        icon={KeyRound}
        title={words.of(words.renew, gateway.name)}
        line={words.gatewayRenewLine}
        does={words.renewDo}
        onDone={again}
        run={() =>
          call<typeof renewCredential>('post', '/devices/credential', { source: gateway.gateway })
        }
      />
      <ActDialog
        words={words.revoke}
        label={words.of(words.revoke, gateway.name)}
        icon={Ban}
        isDanger
        title={words.of(words.revoke, gateway.name)}
        line={words.gatewayRevokeLine(formatCount(gateway.devices))}
        does={words.revokeDo}
        isReady={sure.length > 0}
        onDone={again}
        run={() =>
          call<typeof revokeGateway>('post', '/devices/gateways/revoke', {
            gateway: gateway.gateway,
          })
        }
      >
        {() => <Sure values={sure} onPick={setSure} />}
      </ActDialog>
    </div>
  )
}
