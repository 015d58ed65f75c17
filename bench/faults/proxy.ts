import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A line between two ends that can be made as bad as lines are. */
export type Proxy = AsyncDisposable & {
  port: number
  /** Ends every connection now. */
  cut(): void
  /** Nobody gets through any more until `false`; what stands is cut. */
  close(is: boolean): void
  /**
   * Half open: swallows every byte and closes nothing. Whoever stood is dead for good, and the far
   * end does not hear of it, unless `heal` resets what was dead.
   */
  hold(is: boolean): void
  heal(): void
  /** Every byte comes so much later, in both directions. */
  delay(ms: number): void
  connections(): number
}

type Pair = { near: Socket; far: Socket; isDead: boolean }

export async function openProxy(target: () => number): Promise<Proxy> {
  const pairs = new Set<Pair>()
  const state = { isClosed: false, isHeld: false, delayMs: 0 }
  const server = createServer({ noDelay: true }, (near) => {
    if (state.isClosed) return void near.destroy()
    const far = connect({ port: target(), host: '127.0.0.1', noDelay: true })
    const pair = { near, far, isDead: state.isHeld }
    pairs.add(pair)
    const end = () => {
      if (pair.isDead) return
      near.destroy()
      far.destroy()
      pairs.delete(pair)
    }
    pipe(pair, near, far, state)
    pipe(pair, far, near, state)
    for (const side of [near, far]) side.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = (isMeant: (pair: Pair) => boolean = () => true) => {
    for (const pair of pairs) {
      if (!isMeant(pair)) continue
      pairs.delete(pair)
      pair.near.resetAndDestroy()
      pair.far.resetAndDestroy()
    }
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => cut(),
    heal: () => cut((pair) => pair.isDead),
    connections: () => pairs.size,
    close: (is) => {
      state.isClosed = is
      if (is) cut()
    },
    hold: (is) => {
      state.isHeld = is
      if (is) for (const pair of pairs) pair.isDead = true
    },
    delay: (ms) => void (state.delayMs = ms),
    async [Symbol.asyncDispose]() {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Later bytes never overtake earlier ones, also when the delay has just become shorter. */
function pipe(pair: Pair, from: Socket, to: Socket, state: { delayMs: number }): void {
  let freeAt = 0
  from.on('data', (bytes: Buffer) => {
    if (pair.isDead) return
    const now = performance.now()
    freeAt = Math.max(freeAt, now + state.delayMs)
    const waitMs = freeAt - now
    if (waitMs < 1) to.write(bytes)
    else setTimeout(() => pair.isDead || to.destroyed || to.write(bytes), waitMs)
  })
}
