import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, constants, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { endChildren } from './child.ts'

const hourMs = 3_600_000

/**
 * Runs a bench in a folder of its own. Whatever it opened is closed in turn, also after a Ctrl-C,
 * and the folder goes.
 */
export async function inWorkshop(
  name: string,
  work: (opened: AsyncDisposableStack, folder: string) => Promise<void>,
): Promise<void> {
  warnIfBusy()
  const opened = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), `lilong-${name}-`))
  opened.defer(() => rmSync(folder, { recursive: true, force: true }))
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  let ending: Promise<never> | undefined
  const end = (signal: NodeJS.Signals) => {
    ending ??= endChildren()
      .then(() => opened.disposeAsync())
      .then(() => process.exit(128 + constants.signals[signal]))
      .catch(() => process.exit(1))
  }
  for (const signal of signals) process.on(signal, end)
  try {
    await work(opened, folder)
  } catch (why) {
    // What is closed under it makes the work fail: that is the end that was asked for.
    await ending
    throw why
  } finally {
    await (ending ?? opened.disposeAsync())
    for (const signal of signals) process.off(signal, end)
  }
}

/** A figure taken beside other work is a figure of that work. */
function warnIfBusy(): void {
  const [lately = 0] = loadavg()
  if (lately < availableParallelism() / 2) return
  console.error(`the machine is busy (load ${lately.toFixed(1)}): these figures will be low`)
}

/**
 * How far to set the program's clock: to just after an hour, so that no partition ends and nothing
 * is let go while we measure.
 */
export function aheadOfHour(): number {
  const now = Date.now()
  return hourMs - (now % hourMs) + 60_000
}
