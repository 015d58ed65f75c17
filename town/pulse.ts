/** How often the example street was heard before it opened, minute by minute; made up. */
import { dayMs, minuteMs, type Instant } from '../src/kernel/clock.ts'
import type * as demo from '../src/outlook/demo/api.ts'
import type { TownApi } from '../simulator/call.ts'
import { openSensors } from '../simulator/devices.ts'
import { seeded, type Seeded } from '../simulator/seeded.ts'
import { caller } from './calling.ts'
import type { TownMap } from './map.ts'

const minutesADay = dayMs / minuteMs
/** A week is lived; the weeks before it are like it, somewhat louder or quieter. */
const daysLived = 7
const weeksAlike = 3
const differsBy = 0.3

export async function bringPulse(api: TownApi, map: TownMap, opensAt: Instant): Promise<void> {
  const call = caller(api, api.operatorKey)
  const end = opensAt - (opensAt % minuteMs)
  const lived = livedMinutes(map, end)
  for (let week = 0; week <= weeksAlike; week++) {
    const from = end - (week + 1) * daysLived * dayMs
    const heard = week === 0 ? lived : alike(lived, seeded(map.seed, 'pulse', week))
    await call<typeof demo.bringPulse>('/demo/pulse', { from, heard })
  }
}

/** What is noticed, not that a device is alive: heartbeats are no pulse. */
function livedMinutes(map: TownMap, end: Instant): number[] {
  const sensors = openSensors(map, { thinly: true })
  const from = end - daysLived * dayMs
  const heard = Array.from({ length: daysLived * minutesADay }, () => 0)
  for (let day = from; day < end; day += dayMs) {
    for (const { at, state } of sensors.between(day - 1, day + dayMs - 1)) {
      if (state === 'heartbeat') continue
      const nth = Math.floor((at - from) / minuteMs)
      heard[nth] = (heard[nth] ?? 0) + 1
    }
  }
  return heard
}

function alike(heard: readonly number[], chance: Seeded): number[] {
  return heard.map((count) => Math.round(count * (1 - differsBy / 2 + differsBy * chance.next())))
}
