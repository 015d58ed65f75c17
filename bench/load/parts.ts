import type { Profiler } from 'node:inspector'

/**
 * Which part of taking a message in a file belongs to, the first that fits. What stands in Node's
 * own files or in native code counts for whoever called it.
 */
const parts: readonly (readonly [part: string, path: RegExp])[] = [
  ['acknowledging', /platform\/mqtt\/(acknowledge|send)/],
  ['mqtt', /platform\/mqtt\//],
  ['json_and_validation', /platform\/json|sensing\/(decide|decoders|intake\/(canonical|accept))/],
  ['marks_and_consent', /sensing\/intake\/(marks|memory|stream)/],
  ['rows', /sensing\/intake\/(rows|copy)/],
  ['database', /sensing\/intake\/store|node_modules\/(pg|pg-[a-z-]+|postgres-[a-z]+|kysely)\//],
  ['intake', /watch\/sensing\//],
  ['rules', /watch\/scenarios\//],
  ['else', /\/(src|node_modules)\//],
]

/** Share of the working time (idle time left out) by part; the sum is 1. */
export function sharesByPart(profile: Profiler.Profile): Record<string, number> {
  const parent = new Map<number, number>()
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  for (const node of profile.nodes) for (const id of node.children ?? []) parent.set(id, node.id)
  const partOf = (id: number): string => {
    const frame = nodes.get(id)?.callFrame
    if (frame?.functionName === '(garbage collector)') return 'garbage_collection'
    if (frame?.functionName === '(idle)') return 'idle'
    const part = parts.find(([, path]) => path.test(frame?.url ?? ''))
    if (part) return part[0]
    const above = parent.get(id)
    return above === undefined ? 'node_and_sockets' : partOf(above)
  }
  const known = new Map<number, string>()
  const spent = new Map<string, number>()
  for (const [at, id] of (profile.samples ?? []).entries()) {
    const part = known.get(id) ?? partOf(id)
    known.set(id, part)
    spent.set(part, (spent.get(part) ?? 0) + (profile.timeDeltas?.[at] ?? 0))
  }
  spent.delete('idle')
  const total = [...spent.values()].reduce((sum, us) => sum + us, 0)
  return Object.fromEntries([...spent].map(([part, us]) => [part, us / total]))
}
