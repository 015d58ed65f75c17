/**
 * `npm run bench -- mutation`: each rule of consent and access is written wrong once, in every way
 * of a closed list, and its tests are run: a change that none of them notices survives.
 * `--only PATH` takes the files whose path holds it.
 */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { print, round } from './figure.ts'
import { Child } from './load/child.ts'
import { inWorkshop } from './load/workshop.ts'
import { mutantsOf, type Mutant } from './mutation/mutants.ts'
import { equivalents, subjects, type Subject } from './mutation/subjects.ts'
import type { Ran, Run } from './mutation/worker.ts'

const bench = 'mutation'
const bound = 0.9
/** Longer than any of the tests takes: what then still runs will never end. */
const longestMs = 120_000
/** The first time everything is read and translated. */
const firstMs = 600_000

type Verdict = { subject: Subject; mutant: Mutant; is: 'killed' | 'survived' | 'equivalent' }
type Job = { subject: Subject; mutant: Mutant }

export async function benchMutation(words: readonly string[]): Promise<void> {
  const only = words[words.indexOf('--only') + 1] ?? ''
  const chosen = subjects.filter(({ file }) => !words.includes('--only') || file.includes(only))
  await inWorkshop(bench, async (opened) => {
    const from = performance.now()
    const jobs = chosen.flatMap((subject) =>
      mutantsOf(readFileSync(subject.file, 'utf8'), subject).map((mutant) => ({ subject, mutant })),
    )
    const count = Math.max(1, Math.min(2, availableParallelism()))
    const workers = Array.from({ length: count }, () => opened.use(new Worker()))
    const verdicts: Verdict[] = []
    const left = jobs.toReversed()
    await Promise.all(
      workers.map(async (worker) => {
        let before: Subject | undefined
        for (let job = left.pop(); job; job = left.pop()) {
          // Nothing of the file before may be left in what judges this one.
          if (job.subject !== before) await worker.mustBeGreen(both(before, job.subject))
          before = job.subject
          verdicts.push(await judged(worker, job))
          if (left.length % 50 === 0) console.error(`${left.length} of ${jobs.length} to go`)
        }
        if (before) await worker.mustBeGreen([before])
      }),
    )
    report(verdicts, (performance.now() - from) / 1_000)
  })
}

const both = (one: Subject | undefined, other: Subject) => (one ? [one, other] : [other])

async function judged(worker: Worker, job: Job): Promise<Verdict> {
  const { subject, mutant } = job
  if (isEquivalent(job)) return { ...job, is: 'equivalent' }
  const ran = await worker.run(runOf(subject, mutant.source))
  if (ran?.isGreen) console.error(`survived: ${said(job)}`)
  return { ...job, is: ran?.isGreen ? 'survived' : 'killed' }
}

function isEquivalent({ subject, mutant }: Job): boolean {
  return equivalents.some(
    ({ file, text, was, becomes }) =>
      file === subject.file &&
      text === mutant.text &&
      was === mutant.was &&
      becomes === mutant.becomes,
  )
}

function runOf({ file, tests, names }: Subject, source: string | null): Run {
  return { file, source, tests, names: names ?? null }
}

const short = (text: string) => JSON.stringify(text.replaceAll(/\s+/g, ' ').slice(0, 90))

function said({ subject, mutant: { line, was, becomes } }: Job): string {
  return `${subject.file}:${line} ${short(was)} as ${short(becomes)}`
}

function report(verdicts: readonly Verdict[], seconds: number): void {
  const count = (is: Verdict['is'], file?: string) =>
    verdicts.filter((each) => each.is === is && (file ?? each.subject.file) === each.subject.file)
      .length
  const score = (file?: string) => {
    const [killed, survived] = [count('killed', file), count('survived', file)]
    return round(killed / Math.max(1, killed + survived), 4)
  }
  const n = verdicts.length
  for (const file of new Set(verdicts.map(({ subject }) => subject.file))) {
    const of = `${count('survived', file)} of ${count('killed', file) + count('survived', file)} survived`
    const says = `${file}: ${of}`
    print({ bench, metric: 'mutation_score_of_file', unit: 'share', median: score(file), n, says })
  }
  const unit = 'mutants'
  const says = `${bound} of them must be noticed; ${round(seconds, 0)} s`
  print({ bench, metric: 'mutants', unit, median: n, n })
  for (const is of ['killed', 'survived', 'equivalent'] as const) {
    print({ bench, metric: is, unit, median: count(is), n })
  }
  const holds = score() >= bound
  const figure = { bench, metric: 'mutation_score', unit: 'share', median: score(), n, says }
  print({ ...figure, bound, holds })
  if (!holds) process.exitCode = 1
}

/** Runs tests; one that does not come back is ended, and another takes its place. */
class Worker implements AsyncDisposable {
  private child: Child | undefined

  /** Undefined: it did not come to an end. */
  async run(run: Run, ms = longestMs): Promise<Ran | undefined> {
    const child = await this.opened()
    const late = new AbortController()
    const ran = await Promise.race([
      child.ask<Ran>('run', run),
      pause(ms, undefined, { signal: late.signal }).catch(() => undefined),
    ]).finally(() => late.abort())
    if (!ran) await this[Symbol.asyncDispose]()
    return ran
  }

  /** Tests that fail already notice nothing. */
  async mustBeGreen(subjects: readonly Subject[]): Promise<void> {
    for (const subject of subjects) {
      const ran = await this.run(runOf(subject, null), firstMs)
      if (!ran?.isGreen) throw new Error(`red with nothing changed: ${ran?.by ?? 'no end'}`)
    }
  }

  private async opened(): Promise<Child> {
    if (this.child) return this.child
    const child = new Child(join(import.meta.dirname, 'mutation/worker.ts'))
    await child.ask('open')
    return (this.child = child)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.child?.[Symbol.asyncDispose]()
    this.child = undefined
  }
}
