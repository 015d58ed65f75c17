import type { Clock, Instant } from '../../kernel/clock.ts'
import { minuteMs } from '../../kernel/clock.ts'
import type { Tx } from '../sql.ts'
import type { Keyring } from './keyring.ts'
import { newKey, type Key, type Ring } from './ring.ts'

/** Where sealed values lie. Each part seals its own anew. */
export type SealedPart = {
  name: string
  /** As the owner: ids of the keys that its values are sealed with. */
  keys(tx: Tx): Promise<string[]>
  /** Seals at most so many values of older keys with the one in use; how many. 0: none is left. */
  reseal(most: number): Promise<number>
  /** Before older keys go: ends what cannot be sealed anew, such as codes known by a hash alone. */
  beforeDrop?(): Promise<void>
}

/** `sealing`: values of older keys are left. `waiting`: none, but a slow writer may still add one. */
export type RotationState = 'settled' | 'sealing' | 'waiting'

export type Rotation = {
  /** New keys from now on; false where a rotation is still at work. */
  begin(): boolean
  /** A batch. It goes on where a program that was killed left it. */
  step(): Promise<RotationState>
  state(): RotationState
}

const batchSize = 500
/** Longer than any request or import: whoever took an older key has written by then. */
const graceMs = 10 * minuteMs

/** Older keys are dropped when nothing is sealed with them and nobody can come who still would. */
export function openRotation(
  keyring: Keyring,
  clock: Clock,
  parts: readonly SealedPart[],
): Rotation {
  const isOpen = () => Object.values(keyring.ring()).some((keys) => keys.length > 1)
  let lastSealedAt: Instant = clock.now()
  let state: RotationState = isOpen() ? 'sealing' : 'settled'
  const step = async (): Promise<RotationState> => {
    if (!isOpen()) return 'settled'
    for (const part of parts) {
      if ((await part.reseal(batchSize)) === 0) continue
      lastSealedAt = clock.now()
      return 'sealing'
    }
    if (clock.now() - lastSealedAt < graceMs) return 'waiting'
    for (const part of parts) await part.beforeDrop?.()
    keyring.put(eachOf(keyring.ring(), (keys) => keys.slice(0, 1)))
    return 'settled'
  }
  return {
    begin() {
      if (isOpen()) return false
      keyring.put(eachOf(keyring.ring(), (keys) => [newKey(), ...keys]))
      lastSealedAt = clock.now()
      state = 'sealing'
      return true
    },
    async step() {
      state = await step()
      return state
    },
    state: () => state,
  }
}

function eachOf({ seal, find, report }: Ring, change: (keys: readonly Key[]) => Key[]): Ring {
  return { seal: change(seal), find: change(find), report: change(report) }
}
