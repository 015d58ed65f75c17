const stepsPerMs = 20
const longestMs = 20_000

/** Counts of waits in steps of 0.05 ms, up to 20 s. */
export class Latencies implements Disposable {
  private readonly counts = new Uint32Array(longestMs * stepsPerMs + 1)
  private total = 0

  add(ms: number): void {
    const step = Math.min(this.counts.length - 1, Math.max(0, Math.floor(ms * stepsPerMs)))
    this.counts[step] = (this.counts[step] ?? 0) + 1
    this.total++
  }

  /** In ms. */
  read(): { p50: number; p99: number; n: number } {
    return { p50: this.at(0.5), p99: this.at(0.99), n: this.total }
  }

  private at(part: number): number {
    let left = this.total * part
    const step = this.counts.findIndex((count) => (left -= count) <= 0)
    return (step + 0.5) / stepsPerMs
  }

  [Symbol.dispose](): void {
    this.counts.fill(0)
  }
}
