import type { pulse as pulseContract, streetNow } from '../../src/outlook/overview/api.ts'
import { minuteMs } from '../../src/kernel/clock.ts'
import { WifiOff } from 'lucide'
import { useFirst, useNow, useShell } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useCentreWords, useWorkWords } from '../shell/words.tsx'
import { Icon } from '../ui/icon.tsx'
import { State } from '../ui/state.tsx'
import { formatTime } from '../words/format.ts'
import { Centre, Zone, ZoneHead } from './frame.tsx'
import { HeadNumbers, OnDuty } from './head-numbers.tsx'
import { HealthTable } from './health-table.tsx'
import { useStreet } from './live.ts'
import { MatterWords } from './matter-list.tsx'
import { byUrgency, iconOf, toneOf, type StreetNow } from './matters.ts'
import { PulseZone } from './pulse-zone.tsx'
import { Tiles } from './tiles.tsx'

/**
 * The same on a wall, for whoever walks by: nothing below the neighbourhood, no matter opened. When
 * the connection breaks it stays as it is and says since when.
 */
export function WallPage() {
  const words = useCentreWords()
  const street = useFirst<typeof streetNow>('/overview/street', {})
  const pulse = useFirst<typeof pulseContract>('/overview/pulse', {})
  useStreet(() => Promise.all([street.again(), pulse.again()]))
  const answer = street.result.value
  if (!answer?.ok) {
    return (
      <Centre at="/centre/wall" className="room-plain" title={words.title}>
        <Unanswered refusal={answer?.refusal} again={street.again} />
      </Centre>
    )
  }
  const now = answer.answer
  return (
    <Centre
      at="/centre/wall"
      className="room-wall"
      isQuiet
      title={words.titleOf(now.name)}
      under={<OnDuty street={now} />}
      beside={<HeadNumbers street={now} isWall />}
    >
      <WallMatters street={now} />
      <Tiles street={now} isWall />
      <div class="below">
        <PulseZone pulse={pulse} isWall />
        <Zone label={words.healthTitle} className="zone-health">
          <HealthTable kinds={now.kinds} isWall />
        </Zone>
      </div>
      <WallFoot at={now.now} />
    </Centre>
  )
}

const shownMax = 10

function WallMatters(props: { street: StreetNow }) {
  const words = useCentreWords()
  const now = useNow()
  const { matters, now: asked } = props.street
  const sorted = byUrgency(matters, asked)
  return (
    <Zone label={words.mattersTitle} className="zone-matters">
      <ZoneHead note={words.mattersNote}>{words.mattersTitle}</ZoneHead>
      {sorted.length === 0 ? <State kind="empty" title={words.noMatters} /> : null}
      <ul>
        {sorted.slice(0, shownMax).map((one) => (
          <li key={one.task} class="matter">
            <Icon of={iconOf(one)} className={`is-${toneOf(one, now)}`} />
            <MatterWords matter={one} street={props.street} />
          </li>
        ))}
      </ul>
      {sorted.length > shownMax ? (
        <p class="muted above-3">{words.moreMatters(sorted.length - shownMax)}</p>
      ) : null}
    </Zone>
  )
}

/** So long may pass between two answers while all is well. */
const staleMs = minuteMs

function WallFoot(props: { at: number }) {
  const words = useCentreWords()
  const { wire } = useShell()
  const { ui } = useWorkWords()
  const isStale = wire.isDown.value || useNow() - props.at > staleMs
  return (
    <footer class="wall-foot">
      <span class="muted">{words.wallSays}</span>
      <span role="status" class="is-amber line">
        {isStale ? (
          <>
            <Icon of={WifiOff} label={ui.offline} />
            {words.wallDown(formatTime(props.at))}
          </>
        ) : null}
      </span>
    </footer>
  )
}
