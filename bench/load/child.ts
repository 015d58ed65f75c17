import { fork, type ChildProcess } from 'node:child_process'

type Question = { id: number; what: string; words: unknown }
type Answer = { id: number; said?: unknown; failed?: string }

const alive = new Set<Child>()

/** Whoever still runs, wherever it was begun: for an end that nobody had planned. */
export async function endChildren(): Promise<void> {
  await Promise.all([...alive].map((child) => child[Symbol.asyncDispose]()))
}

/** A program of the bench in a process of its own, asked and answered over its channel. */
export class Child implements AsyncDisposable {
  private readonly child: ChildProcess
  private readonly ended: Promise<unknown>
  private readonly open = new Map<number, (answer: Answer) => void>()
  private last = 0

  /** `script` is a path; `flags` are Node's own. */
  constructor(script: string, flags: readonly string[] = []) {
    const stdio: ('ignore' | 'inherit' | 'ipc')[] = ['ignore', 'inherit', 'inherit', 'ipc']
    // Away from the terminal: a Ctrl-C ends the bench, and the bench ends its parts in turn.
    this.child = fork(script, [], { execArgv: [...flags], stdio, detached: true })
    this.child.on('message', (answer: Answer) => {
      this.open.get(answer.id)?.(answer)
      this.open.delete(answer.id)
    })
    this.ended = new Promise((done) => this.child.once('exit', done))
    alive.add(this)
    void this.ended.then(() => {
      alive.delete(this)
      for (const [id, tell] of this.open) tell({ id, failed: `${script} ended` })
    })
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  async ask<Said>(what: string, words: unknown = null): Promise<Said> {
    const id = ++this.last
    const answer = await new Promise<Answer>((resolve) => {
      if (!this.child.connected) return resolve({ id, failed: 'has ended' })
      this.open.set(id, resolve)
      this.child.send({ id, what, words } satisfies Question)
    })
    if (answer.failed !== undefined) throw new Error(`${what}: ${answer.failed}`)
    return answer.said as Said
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.connected) this.child.disconnect()
    // With all that it began: what runs without an end would outlive it.
    const late = setTimeout(() => killGroup(this.pid), 20_000)
    await this.ended
    clearTimeout(late)
  }
}

/** It leads a group of its own, and those it began are in it. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody of it is left.
  }
}

/**
 * The child's side. `close` runs when the bench lets go, or has been killed, and not before what
 * was begun is done: what is half open cannot be closed.
 */
export function answer(
  tasks: Record<string, (words: never) => unknown>,
  close: () => unknown = () => undefined,
): void {
  const say = (words: Answer) => process.connected && process.send?.(words)
  let last: Promise<unknown> = Promise.resolve()
  process.on('message', ({ id, what, words }: Question) => {
    const task = tasks[what] ?? (() => Promise.reject(new Error('no such task')))
    last = Promise.resolve(words as never)
      .then(task)
      .then(
        (said) => say({ id, said }),
        (why: unknown) => say({ id, failed: why instanceof Error ? (why.stack ?? '') : 'failed' }),
      )
  })
  process.once('disconnect', () => {
    void last.then(close).finally(() => process.exit(0))
  })
}
