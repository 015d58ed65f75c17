import type { Instant } from '../../../../kernel/clock.ts'
import { setTimer } from '../patterns/index.ts'
import type { StreetFinding } from '../street-types.ts'
import type { KernelFinding } from '../types.ts'
import { isOverdue, isTold, type Street } from './state.ts'

type Loss = Exclude<KernelFinding, { kind: 'silent' }>

/** The number by which a timer is known that belongs to a sensor and to no rule. */
export const ofSensor = -1

export function setLossTimer(street: Street, id: number, due: Instant): void {
  street.sensors.lossAt[id] = due
  setTimer(street.settled.timers, due, ofSensor, id)
}

/** A sensor spoke: it is asked for again after its limit, and a told or open loss is looked at. */
export function expectNext(street: Street, id: number, at: Instant): void {
  const { sensors, settled, openGateways } = street
  const flags = sensors.flags[id]!
  const isMissed = (flags & (isOverdue | isTold)) !== 0
  // A first message may be older than the registration, and so be overdue earlier.
  if (isMissed || Number.isNaN(settled.heardAt[id]!)) {
    setLossTimer(street, id, at + settled.limitMs[id]! + 1)
  }
  if (isMissed) {
    sensors.flags[id] = flags & ~isOverdue
    street.isTickWanted = true
  } else if (openGateways.size > 0) {
    const gateway = sensors.known[id]?.gateway
    if (gateway && openGateways.has(gateway)) street.isTickWanted = true
  }
}

/** The finding as the street tells it, and which sensors it says are told or back. */
export function factsOfLoss(
  street: Street,
  loss: Loss,
): { id: StreetFinding; told: { lost: number[]; back: number[] } } {
  const { idOf } = street.settled
  switch (loss.kind) {
    case 'device-lost': {
      const { sensor, heardAt, at } = loss
      const id = { is: loss.kind, sensor, heardAt, at } as const
      return { id, told: { lost: [idOf(sensor)], back: [] } }
    }
    case 'device-back': {
      const { sensor, at } = loss
      return { id: { is: loss.kind, sensor, at }, told: { lost: [], back: [idOf(sensor)] } }
    }
    case 'gateway-lost': {
      const { gateway, sensors, heardAt, at } = loss
      const id = { is: loss.kind, gateway, sensors, heardAt, at } as const
      return { id, told: { lost: sensors.map((sensor) => idOf(sensor)), back: [] } }
    }
    case 'gateway-back': {
      const { gateway, at } = loss
      return {
        id: { is: loss.kind, gateway, at },
        told: { lost: [], back: toldOf(street, gateway) },
      }
    }
    default:
      return loss satisfies never
  }
}

function toldOf({ sensors, behind }: Street, gateway: string): number[] {
  return [...(behind.get(gateway) ?? [])].filter((id) => (sensors.flags[id]! & isTold) !== 0)
}
