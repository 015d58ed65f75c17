import { useFirst } from '../shell/shell.tsx'
import { useDeskWords } from '../shell/words.tsx'
import type { CommitteeCode, PlaceCode } from '../../src/kernel/ids.ts'
import type { careCount } from '../../src/watch/care/api.ts'
import type { listDevices } from '../../src/watch/sensing/api.ts'
import type { StairFoot } from '../ui/stairs.tsx'
import type { GridStair } from './lit.ts'
import type { Row } from './wording.ts'

/** What the house is looked at for. */
export const layers = ['tasks', 'devices', 'care'] as const
export type Layer = (typeof layers)[number]

export function LayerSwitch(props: { layer: Layer; pick: (layer: Layer) => void }) {
  const words = useDeskWords()
  return (
    <div class="views" role="group" aria-label={words.layers}>
      {layers.map((layer) => (
        <button
          key={layer}
          type="button"
          class="view"
          aria-pressed={layer === props.layer}
          onClick={() => props.pick(layer)}
        >
          {words.layer[layer]}
        </button>
      ))}
    </div>
  )
}

/** Of my tasks those that a layer is about. Nobody else's home is lit in any of them. */
export function ofLayer(layer: Layer, lit: readonly Row[]): readonly Row[] {
  switch (layer) {
    case 'tasks':
      return lit
    case 'devices':
      return lit.filter(({ kind }) => kind === 'device-repair')
    case 'care':
      return lit.filter(({ kind }) => kind === 'care-visit' || kind === 'care-offer')
    default:
      return layer satisfies never
  }
}

/** The neighbourhood that a place's code begins with. */
function committeeOf(spot: PlaceCode): CommitteeCode {
  return spot.slice(0, committeeDigits) as CommitteeCode
}
const committeeDigits = 12

/** How many homes take part in the neighbourhood: a number, or that they are fewer than ten. */
export function CareCount(props: { spot: PlaceCode }) {
  const words = useDeskWords()
  const committee = committeeOf(props.spot)
  const count = useFirst<typeof careCount>('/care/count', { committee }).result.value
  if (!count?.ok) return null
  const { homes, least } = count.answer
  return (
    <p class="strong above-2">{homes === null ? words.careFew(least) : words.careHomes(homes)}</p>
  )
}

/** Under each stair how many of the devices that stand in its shared parts are heard. */
export function useDeviceFeet(
  spot: PlaceCode | undefined,
  isOn: boolean,
): (stair: GridStair) => StairFoot | undefined {
  const words = useDeskWords()
  const asked = isOn && spot ? { committee: committeeOf(spot) } : null
  const list = useFirst<typeof listDevices>('/sensing/devices', asked).result.value
  const devices = list?.ok ? list.answer.devices : []
  return (stair) => {
    const there = devices.filter(
      ({ place, state }) => state !== 'revoked' && `${place.place}-`.startsWith(`${stair.place}-`),
    )
    if (there.length === 0) return undefined
    const heard = there.filter(({ state }) => state === 'alive' || state === 'quiet').length
    return {
      words: words.devicesHeard(heard, there.length),
      tone: heard === there.length ? 'jade' : 'unknown',
    }
  }
}
