/** Open pages, in a process of their own: they hear, and do nothing more. */
import { setTimeout as pause } from 'node:timers/promises'
import { answer } from '../load/child.ts'
import { openStream } from '../pages/page.ts'

const togetherMax = 50
const waitMs = 20_000
let heardAt: number[] = []

async function open({ url, tokens }: { url: string; tokens: readonly string[] }): Promise<number> {
  for (let from = 0; from < tokens.length; from += togetherMax) {
    const some = tokens.slice(from, from + togetherMax)
    await Promise.all(some.map((token) => openStream(url, token, (at) => void heardAt.push(at))))
  }
  return tokens.length
}

function forget(): void {
  heardAt = []
}

/** How long after `from` each was told, in ms; waits until so many were. */
async function heard({ from, count }: { from: number; count: number }) {
  const until = performance.now() + waitMs
  while (heardAt.length < count && performance.now() < until) await pause(2)
  if (heardAt.length !== count) throw new Error(`${heardAt.length} of ${count} pages were told`)
  return { heard: heardAt.map((at) => performance.timeOrigin + at - from) }
}

answer({ open, forget, heard })
