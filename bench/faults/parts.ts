import { proveAway } from './away.ts'
import { proveClocks } from './clocks.ts'
import { proveKills } from './kills.ts'
import { proveMillion } from './million.ts'
import { proveNetwork } from './network.ts'
import { provePowerBites } from './power.ts'
import { proveDisk } from './troubles.ts'
import { proveWrapper } from './wrapper.ts'

/** `isShort`: each fault is tried once or twice, not more often. */
export type Trial = { kills: number; seed: number; isShort: boolean }
export type Part = (trial: Trial) => Promise<void>

/** The parts of a run, in order. */
export const provePart: Record<string, Part> = {
  kills: proveKills,
  power: provePowerBites,
  disk: proveDisk,
  network: proveNetwork,
  clocks: proveClocks,
  away: proveAway,
  million: proveMillion,
  wrapper: proveWrapper,
}
