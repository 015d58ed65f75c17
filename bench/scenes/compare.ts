import type { StreetFinding } from '../../src/watch/scenarios/index.ts'
import { drawScene } from './draw-scene.ts'
import { judgeFast } from './fast.ts'
import type { Scene } from './scene.ts'
import { judgeSlowly } from './slow/judge.ts'

/** What two judges found in one scene, as text: one line a finding, in order. */
export type Compared = {
  seed: number
  isSame: boolean
  fast: string[]
  slow: string[]
  simulatedMs: number
}

export function compareSeed(seed: number): Compared {
  return compareScene(drawScene(seed))
}

export function compareScene(scene: Scene): Compared {
  const fast = linesOf(judgeFast(scene))
  const slow = linesOf(judgeSlowly(scene))
  const isSame = fast.length === slow.length && fast.every((line, i) => line === slow[i])
  const { seed, start, acts } = scene
  const end = acts.findLast((act) => act.do === 'advance')?.now ?? start
  return { seed, isSame, fast, slow, simulatedMs: end - start }
}

/** The shortest beginning of the scene in which they differ already, found by halving. */
export function shortest(scene: Scene): Scene {
  const prefix = (length: number): Scene => ({
    ...scene,
    acts: [...scene.acts.slice(0, length), ...scene.acts.slice(-1)],
  })
  const differs = (length: number) => !compareScene(prefix(length)).isSame
  let [same, different] = [0, scene.acts.length]
  while (different - same > 1) {
    const middle = Math.floor((same + different) / 2)
    if (differs(middle)) different = middle
    else same = middle
  }
  return without(prefix(different))
}

/** Then every act that is not needed for it is left out. */
function without(scene: Scene): Scene {
  let { acts } = scene
  for (let i = acts.length - 2; i >= 0; i--) {
    // A sensor that is put elsewhere stays taken away before.
    const isMove = acts[i]?.do === 'remove-sensor' && acts[i + 1]?.do === 'add-sensor'
    const fewer = acts.filter((_, at) => at !== i && !(isMove && at === i + 1))
    if (!compareScene({ ...scene, acts: fewer }).isSame) acts = fewer
  }
  return { ...scene, acts }
}

/** In one order, whoever found them. */
function linesOf(found: readonly StreetFinding[]): string[] {
  return found.map((one) => JSON.stringify(ordered(one))).toSorted()
}

/** The same keys in the same order, whoever made the object; time first, so that text sorts. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]))
}
