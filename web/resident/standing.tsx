import type { ComponentChildren } from 'preact'
import { CircleQuestionMark, DoorOpen, Hourglass, Luggage } from 'lucide'
import type { Instant } from '../../src/kernel/clock.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { myCare } from '../../src/watch/care/api.ts'
import { useNow, useShell } from '../shell/shell.tsx'
import { useLanguage, useWords } from '../shell/words.tsx'
import { Badge, type Tone } from '../ui/badge.tsx'
import type { IconNode } from '../ui/icon.tsx'
import { ReadAloud } from '../ui/switches.tsx'
import { formatInstant } from '../words/format.ts'
import type { Language, Words } from '../words/index.ts'
import { formatUntil } from './away.ts'
import { Headline } from './headline.tsx'

export type Care = Output<typeof myCare>
export type Agreed = Extract<Care['plan'], { is: 'agreed' }>

/** Begun, and nothing heard yet: neither movement nor silence, and not green. */
type Look = Agreed['judgement'] | 'waiting'

const faces: Record<Look, { icon: IconNode; tone: Tone }> = {
  waiting: { icon: Hourglass, tone: 'plain' },
  seen: { icon: DoorOpen, tone: 'jade' },
  unknown: { icon: CircleQuestionMark, tone: 'unknown' },
  away: { icon: Luggage, tone: 'plain' },
  silent: { icon: Hourglass, tone: 'amber' },
}

/** How it stands, in one big honest sentence; what is not known is hatched and says so. */
export function Standing(props: { plan: Agreed; step: number; children?: ComponentChildren }) {
  const words = useWords().care
  const language = useLanguage()
  const says = standingOf(props.plan, useNow(), words, language)
  const { judgement, lastSeen } = props.plan
  const look: Look = judgement === 'seen' && lastSeen === null ? 'waiting' : judgement
  const face = faces[look]
  return (
    <section class="standing card card-bare" data-standing={look}>
      <div class="standing-band" />
      <div class="standing-body stack">
        <p class="flow">
          <Badge tone={face.tone} icon={face.icon}>
            {words.badge[look]}
          </Badge>
          <span class="small muted">{words.title}</span>
        </p>
        <div class="stack" aria-live="polite">
          <Headline step={props.step}>
            {says.head}
            {says.time ? <span class="headline-time">{says.time}</span> : null}
          </Headline>
          {says.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
        <ReadToMe text={[says.head + (says.time ?? ''), ...says.lines].join('\n')} />
        {props.children}
      </div>
    </section>
  )
}

/** There is a button only where the device has a voice of the language. */
export function ReadToMe(props: { text: string }) {
  const words = useWords().ui
  const { view } = useShell()
  return (
    <ReadAloud
      text={props.text}
      lang={useLanguage() === 'en' ? 'en' : 'zh'}
      readWord={words.readAloud}
      stopWord={words.stopReading}
      wide={view === 'elder'}
    />
  )
}

/** The sentence and the lines below it. Only the last movement is ever named, no earlier one. */
export function standingOf(
  plan: Agreed,
  now: Instant,
  words: Words['care'],
  language: Language,
): { head: string; time?: string; lines: string[] } {
  const at = (moment: Instant) => formatInstant(moment, now, language)
  if (!plan.isJudged) return { head: words.offHead, lines: [words.offLine] }
  const last = plan.lastSeen === null ? [] : [words.lastBefore(at(plan.lastSeen))]
  switch (plan.judgement) {
    case 'seen': {
      const lines = [words.seenLine(plan.silentHours)]
      const none = plan.lastVisit === null ? words.seenNone : words.seenNoneSinceVisit
      if (plan.lastSeen === null) return { head: none, lines }
      return { head: words.seenHead, time: at(plan.lastSeen), lines }
    }
    case 'unknown': {
      // not watched yet is unknown too, but nothing is broken and nobody was sent
      if (plan.unknownSince === null) {
        return { head: words.unknownNew, lines: [words.unknownNewLine] }
      }
      const since = words.unknownSince(at(plan.unknownSince))
      return { head: words.unknownHead, lines: [since, words.unknownLine, ...last] }
    }
    case 'away': {
      const until = plan.awayUntil === null ? null : formatUntil(plan.awayUntil, now, language)
      const head = until === null ? words.badge.away : words.awayHead(until)
      return { head, lines: [words.awayLine] }
    }
    case 'silent':
      return plan.visit === null
        ? { head: words.silentHeadAlone(plan.silentHours), lines: last }
        : { head: words.silentHead(plan.silentHours), lines: [words.silentLine, ...last] }
    default:
      return plan.judgement satisfies never
  }
}
