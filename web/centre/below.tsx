import type { Kept } from '../shell/shell.tsx'
import { useCentreWords } from '../shell/words.tsx'
import { Clocks } from './clocks.tsx'
import { Zone } from './frame.tsx'
import { Gaps } from './gaps.tsx'
import { HealthTable } from './health-table.tsx'
import type { Pulse, StreetNow } from './matters.ts'
import { ShiftNotes } from './notes.tsx'
import { PulseZone } from './pulse-zone.tsx'

/** The pulse, the health of devices, and what runs out. */
export function Below(props: {
  street: StreetNow
  pulse: Kept<Pulse>
  again: () => Promise<void>
}) {
  const words = useCentreWords()
  const { street } = props
  return (
    <div class="below">
      <PulseZone pulse={props.pulse} />
      <Zone label={words.healthTitle} className="zone-health">
        <HealthTable kinds={street.kinds} />
      </Zone>
      <Zone label={words.clocksTitle} className="zone-clocks">
        <Clocks street={street} />
        <div class="room-shift">
          <Gaps gaps={street.gaps} />
          <ShiftNotes notes={street.notes} again={props.again} />
        </div>
      </Zone>
    </div>
  )
}
