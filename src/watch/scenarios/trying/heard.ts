import type { Heard, SensorAt } from '../../sensing/index.ts'
import type { Definition } from '../definition/index.ts'
import type { Message } from '../kernel/index.ts'

/**
 * What one of the versions may hear, of homes in which somebody agrees to it. Where the health of
 * devices is judged, of all others only that they spoke.
 */
export function messagesFor(
  judged: readonly Pick<Definition, 'purpose'>[],
  sensors: readonly Pick<SensorAt, 'device' | 'purpose' | 'place'>[],
  homes: ReadonlySet<string>,
  kept: readonly Heard[],
): Message[] {
  const purposes = new Set(judged.map(({ purpose }) => purpose))
  const isHeard = ({ purpose, place }: Pick<SensorAt, 'purpose' | 'place'>) =>
    purposes.has(purpose) && (purpose !== 'agreed-care' || homes.has(place))
  const all = new Map(sensors.map((sensor) => [sensor.device, isHeard(sensor)]))
  return kept.flatMap(({ device, eventAt: at, arrivedAt, order, isSignOfLife, facts }) => {
    const message = { sensor: device, at, arrivedAt, order }
    const isWhole = all.get(device)
    if (isWhole) return { ...message, isSignOfLife, facts }
    const isSpeaking = isWhole === false && purposes.has('device-operation')
    return isSpeaking ? { ...message, isSignOfLife: false, facts: [] } : []
  })
}
