/** Devices that behave oddly: what each makes of what it would have said. Pure. */
import { hourMs, minuteMs, secondMs, type Instant } from '../src/kernel/clock.ts'
import type { Planted, TownDevice, TownMap } from '../town/map.ts'
import type { Heard } from './devices.ts'

type Odd = Planted['odd'][number]

const lowPercent = 9
/** So far the wrong clock runs ahead; it is not believed then. */
const aheadMs = 47 * minuteMs
/** A loose contact: so often in two minutes of every ten. */
const flapEveryMs = secondMs / 4
const flapsMs = 2 * minuteMs
const flapAgainMs = 10 * minuteMs
/** So long a mended case is said to be closed. */
const mendedMs = hourMs

/** Everything heard in (from, to], with what the odd devices make of it. */
export function oddly(map: TownMap, heard: readonly Heard[], from: Instant, to: Instant): Heard[] {
  const { odd } = map.planted
  if (odd.length === 0) return [...heard]
  const changed = heard.map((one) =>
    odd
      .filter(({ device }) => device === one.device.device)
      .reduce((before, wish) => oddOf(wish, before), one),
  )
  const flapping = odd.flatMap((wish) => {
    const device = map.devices.find((one) => one.device === wish.device)
    return wish.what === 'flapping' && device ? flaps(wish, device, from, to) : []
  })
  return [...changed, ...flapping]
}

function oddOf({ what, from, to }: Odd, said: Heard): Heard {
  const isOdd = from < said.at && (to === null || said.at <= to)
  switch (what) {
    case 'flapping':
      return said
    case 'low-battery':
      return isOdd ? { ...said, battery: lowPercent } : said
    case 'wrong-clock':
      return isOdd ? { ...said, claims: said.at + aheadMs } : said
    case 'tampered':
      if (isOdd) return { ...said, tampered: true }
      return to !== null && to < said.at && said.at <= to + mendedMs
        ? { ...said, tampered: false }
        : said
    default:
      return what satisfies never
  }
}

function flaps({ from: began, to: ended }: Odd, device: TownDevice, from: Instant, to: Instant) {
  const flapping: Heard[] = []
  const last = Math.min(to, ended ?? to)
  const first = Math.floor(Math.max(from, began) / flapEveryMs) * flapEveryMs + flapEveryMs
  for (let at = first; at <= last; at += flapEveryMs) {
    if (at % flapAgainMs >= flapsMs) continue
    const state = (at / flapEveryMs) % 2 === 0 ? 'open' : 'closed'
    flapping.push({ device, at, state })
  }
  return flapping
}
