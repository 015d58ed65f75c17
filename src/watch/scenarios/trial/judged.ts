import { hourMs, minuteMs, type Instant } from '../../../kernel/clock.ts'
import type { Outcome } from '../../../kernel/event.ts'
import type { Definition } from '../definition/index.ts'
import type { RuleKey, StreetFinding } from '../kernel/street-types.ts'
import type { ReplayKernel } from '../kernel/index.ts'
import type { Matter, Source } from './types.ts'
import type { Matters } from './matters.ts'
import { goingFor } from './visits.ts'

/** Which of the two versions. */
export const versions = ['draft', 'inForce'] as const
export type VersionName = (typeof versions)[number]

/** A finding and what it led to. `outcome` is null where nobody can know. */
export type Judged = {
  version: VersionName
  subject: string
  committee: string
  raisedAt: Instant
  /** Of a silence: its begin. The same begin is the same silence. */
  since: Instant | null
  goesAt: Instant
  isVisit: boolean
  /** Taken back before anybody went. */
  isWithdrawn: boolean
  source: Source
  outcome: Outcome | null
  matters: readonly Matter[]
}

export type Case = { key: RuleKey; version: VersionName; definition: Definition }

/**
 * What follows from the findings of both versions: somebody goes, finds what is so, and the case is
 * closed. Who was found away or in need is not asked about again before it is over.
 */
export function openJudged(
  kernel: ReplayKernel,
  cases: readonly Case[],
  placeOf: (subject: string) => string,
  matters: Matters,
) {
  const byKey = new Map(cases.map((one) => [one.key, one]))
  const all: Judged[] = []
  const open = new Map<string, { judged: Judged; key: RuleKey; closesAt: Instant }>()

  const raise = (found: Extract<StreetFinding, { is: 'raised' }>, source: Source) => {
    const one = byKey.get(found.rule)
    if (!one) return
    const { version, definition } = one
    const place = placeOf(found.subject)
    const going = goingFor(definition, place, found.at)
    const met = matters.about(found.subject).filter((matter) => isMet(matter, found, going.at))
    const since = found.silence?.since ?? null
    const judged: Judged = {
      ...{ version, subject: found.subject, committee: place.slice(0, 12), raisedAt: found.at },
      ...{ since, goesAt: going.at, isVisit: going.isVisit, isWithdrawn: false },
      ...{ source, outcome: null, matters: met },
    }
    all.push(judged)
    const over = met.filter(({ outcome }) => outcome === 'away' || outcome === 'needed-help')
    const closesAt = Math.max(going.endsAt, ...over.map(({ until }) => until))
    open.set(`${found.rule} ${found.subject}`, { judged, key: found.rule, closesAt })
  }
  return {
    all,
    take: (found: readonly StreetFinding[], sourceOf: (at: Instant) => Source) => {
      for (const finding of found) {
        if (finding.is === 'raised') raise(finding, sourceOf(sinceOf(finding)))
        if (finding.is !== 'cleared') continue
        const name = `${finding.rule} ${finding.subject}`
        const was = open.get(name)
        if (was && finding.at < was.judged.goesAt) was.judged.isWithdrawn = true
        open.delete(name)
      }
    },
    /** Everything whose visit has ended. */
    close: (now: Instant) => {
      for (const [name, { key, judged, closesAt }] of open) {
        if (closesAt > now) continue
        kernel.close(key, judged.subject, now)
        open.delete(name)
      }
    },
    isOpen: () => open.size > 0,
  }
}
export type JudgedBook = ReturnType<typeof openJudged>

/** A silence that began in simulated days stays simulated, also when it is told in a real one. */
function sinceOf({ at, silence }: Extract<StreetFinding, { is: 'raised' }>): Instant {
  return silence?.since ?? at
}

/** It was so when the rule spoke or when somebody came. */
function isMet(matter: Matter, { at }: { at: Instant }, goesAt: Instant): boolean {
  const grace = 10 * minuteMs
  return matter.from <= goesAt && matter.until + grace >= at
}

/** A draft's finding and one of the version in force that are about the same thing. */
export function isSame(a: Judged, b: Judged): boolean {
  if (a.subject !== b.subject) return false
  if (a.since !== null && a.since === b.since) return true
  return Math.abs(a.raisedAt - b.raisedAt) <= 12 * hourMs
}
