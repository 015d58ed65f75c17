import { HandHelping } from 'lucide'
import { useLanguage, useWorkWords } from '../shell/words.tsx'
import { useNow } from '../shell/shell.tsx'
import { Strip } from '../ui/state.tsx'
import { SilenceChart } from '../ui/silence-chart.tsx'
import { formatDuration, formatInstant } from '../words/format.ts'
import { factOf, gapsOf, hoursOf, isLate, type OneTask } from './wording.ts'

/** A visit because of silence, because of the wandering guard, or because help was asked for. */
export function CareFacts(props: { task: OneTask }) {
  const words = useWorkWords().tasks
  const { help, silentMs } = props.task.facts
  return (
    <>
      {help ? (
        <Strip tone="signal" icon={HandHelping}>
          {words.helpSaid[help]}：{words.helpLine}
        </Strip>
      ) : null}
      {silentMs === null ? <OtherFacts {...props} /> : <SilenceFacts {...props} />}
    </>
  )
}

function OtherFacts(props: { task: OneTask }) {
  const words = useWorkWords()
  const { rule, facts } = props.task
  const { help: _said, ...others } = facts
  const isGuard = rule.startsWith('wandering')
  return (
    <section class="stack">
      <p class="strong">{factOf({ ...props.task, facts: others }, words)}</p>
      {isGuard ? <p class="small">{words.tasks.guardSentence}</p> : null}
      <AskedBefore task={props.task} />
    </section>
  )
}

/** Who was asked before somebody was sent: whoever goes need not ask twice. */
function AskedBefore(props: { task: OneTask }) {
  const words = useWorkWords().tasks
  const { asked = [] } = props.task.facts
  return <p class="small">{asked.length === 0 ? words.askedNobody : words.askedBefore(asked)}</p>
}

/** What the finding says: one last sign of life, the hours that count, the hours that do not. */
function SilenceFacts(props: { task: OneTask }) {
  const { facts } = props.task
  const words = useWorkWords().tasks
  const hours = hoursOf(facts)
  // found, or withdrawn before anybody went
  const isOver = props.task.outcome !== null || props.task.state === 'closed'
  return (
    <section class="stack">
      <p class="strong">{words.silentSentence(hours)}</p>
      {facts.since === null ? null : <Chart task={props.task} since={facts.since} />}
      <p class="note">{words.reasonUnknown}</p>
      {isOver ? null : <AskedBefore task={props.task} />}
    </section>
  )
}

function Chart(props: { task: OneTask; since: number }) {
  const { facts } = props.task
  const words = useWorkWords().tasks
  const ui = useWorkWords().ui
  const language = useLanguage()
  const now = useNow()
  const hours = hoursOf(facts)
  const { gaps, gapMs } = gapsOf(facts)
  const at = (instant: number) => formatInstant(instant, now, language)
  return (
    <SilenceChart
      lastSeenAt={props.since}
      now={props.since + (facts.silentMs ?? 0) + (facts.gapMs ?? 0)}
      gaps={gaps}
      tone={isLate(props.task, now) ? 'signal' : 'amber'}
      words={{
        sentence: words.chartSentence(at(props.since), hours),
        lastSign: words.lastSign,
        silent: words.silentFor(hours),
        gap: gapMs > 0 ? words.gap(formatDuration(gapMs, language)) : undefined,
        now: words.chartNow,
        from: ui.from,
        to: ui.until,
        counts: words.counts,
        countsNot: words.countsNot,
        at,
      }}
    />
  )
}
