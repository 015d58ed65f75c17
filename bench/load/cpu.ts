import { readFileSync, readdirSync } from 'node:fs'

/** A hundredth of a second on every Linux that runs Node (sysconf _SC_CLK_TCK). */
const tickUs = 10_000

/** CPU in µs of a process and all below it since their start, ended children with it. */
export function treeCpuUs(pid: number): number {
  const { below, ticks } = look()
  return below(pid).reduce((sum, id) => sum + (ticks.get(id) ?? 0), 0) * tickUs
}

/** A process and all below it, by number. */
export function treeOf(pid: number): number[] {
  return look().below(pid)
}

function look() {
  const children = new Map<number, number[]>()
  const ticks = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(name) : undefined
    if (!stat) continue
    const id = Number(name)
    children.set(stat.parent, [...(children.get(stat.parent) ?? []), id])
    ticks.set(id, stat.ticks)
  }
  const below = (id: number): number[] => [id, ...(children.get(id) ?? []).flatMap(below)]
  return { below, ticks }
}

/** proc(5): fields behind the name in brackets; 4 is the parent, 14 to 17 are the times. */
function statOf(pid: string): { parent: number; ticks: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [parent = 0] = fields.slice(1)
    return { parent, ticks: fields.slice(11, 15).reduce((sum, one) => sum + one, 0) }
  } catch {
    return undefined
  }
}
