import type { oneRule } from '../../../src/watch/scenarios/api.ts'
import { useLive } from '../../shell/live.ts'
import type { Params } from '../../shell/pages.ts'
import { useFirst, useNow } from '../../shell/shell.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useScenarioWords, useWorkWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Card, Heading } from '../../ui/card.tsx'
import { formatCount, formatDate, formatInstant } from '../../words/format.ts'
import { StepActs } from './acts.tsx'
import { Changes } from './changes.tsx'
import { changeRead } from './difference.ts'
import { ScenariosFrame } from './frame.tsx'
import { HitRate } from './hit-rate.tsx'
import { OutcomesSaid } from './outcomes.tsx'
import { stateTones, useSpeech, type Rule, type Version } from './rule.ts'
import { Scores } from './scores.tsx'
import type { Speech } from './said.ts'
import { lineSaid, sentenceOf } from './sentence.ts'

/** Who changed what and why, version by version, and how often each of them was right. */
export function HistoryPage(props: { params: Params }) {
  const rule = props.params.rule ?? ''
  const words = useScenarioWords()
  const { tasks } = useWorkWords()
  const kept = useFirst<typeof oneRule>('/scenarios/rule', { rule })
  const result = kept.result.value
  useLive('tasks', kept.again)
  return (
    <ScenariosFrame label={words.tabs.history} rule={rule} at="history">
      <div class="stack stack-wide sheet">
        <header class="stack stack-tight">
          <p class="note">{words.tabs.history}</p>
          <h1 class="head">{tasks.ruleName(rule)}</h1>
        </header>
        {result?.ok ? (
          <History rule={result.answer} again={kept.again} />
        ) : (
          <Unanswered refusal={result?.refusal} again={kept.again} />
        )}
      </div>
    </ScenariosFrame>
  )
}

function History(props: { rule: Rule; again: () => Promise<void> }) {
  const { rule, again } = props
  const words = useScenarioWords()
  const speech = useSpeech(rule.committees)
  const versions = rule.versions.toSorted((a, b) => b.version - a.version)
  const shown = versions.find(({ state }) => state === 'in-force') ?? versions[0]
  return (
    <>
      {shown ? <HitRate rule={rule} definition={shown.definition} /> : null}
      <Scores rule={rule} />
      <section>
        <Heading>{words.historyTitle}</Heading>
        <ol class="stack">
          {versions.map((version) => (
            <li key={version.version}>
              <OneVersion {...{ rule, version, speech, again }} />
            </li>
          ))}
        </ol>
      </section>
    </>
  )
}

function OneVersion(props: {
  rule: Rule
  version: Version
  speech: Speech
  again: () => Promise<void>
}) {
  const { rule, version, speech } = props
  const words = useScenarioWords()
  // a version that never judged is no way back
  const isOver = version.state === 'retired' && version.inForceFrom !== null
  return (
    <Card label={words.version(version.version)}>
      <div class="stack">
        <div class="flow">
          <h3 class="title">{words.version(version.version)}</h3>
          <Badge tone={stateTones[version.state]}>{words.state(version.state)}</Badge>
        </div>
        <Made version={version} />
        {version.basedOn === null ? null : (
          <div>
            <p class="small-strong under-1">{words.changed}</p>
            <Changes changes={version.changes.map(changeRead)} speech={speech} />
          </div>
        )}
        <p class="small">
          {words.foundTimes(formatCount(version.findings))}
          {version.shadowFindings > 0
            ? `${words.comma}${words.shadowTimes(formatCount(version.shadowFindings))}`
            : ''}
          {words.stop}
          {words.lastYear}
          <OutcomesSaid counted={version.outcomes} />
        </p>
        <div class="flow">
          <Whole version={version} speech={speech} />
          <Steps version={version} />
        </div>
        {rule.mayChange && isOver ? <StepActs {...props} isQuiet onDone={() => undefined} /> : null}
      </div>
    </Card>
  )
}

/** By post, never by name. */
function Made(props: { version: Version }) {
  const { madeAt, madeBy, reviewedBy, reason, inForceFrom, inForceTo } = props.version
  const words = useScenarioWords()
  const language = useLanguage()
  const now = useNow()
  const day = (at: number) => formatDate(at, now, language)
  const when = formatInstant(madeAt, now, language)
  return (
    <div>
      <p class="note">
        {madeBy ? words.by(when, madeBy.unit, madeBy.title) : words.byProgram(when)}
        {reviewedBy ? `${words.comma}${words.reviewedBy(reviewedBy.unit, reviewedBy.title)}` : ''}
      </p>
      {inForceFrom === null ? null : (
        <p class="note">
          {inForceTo === null
            ? words.inForceFrom(day(inForceFrom))
            : words.inForceSpan(day(inForceFrom), day(inForceTo))}
        </p>
      )}
      <p>{words.why(reason)}</p>
    </div>
  )
}

function Whole(props: { version: Version; speech: Speech }) {
  const words = useScenarioWords()
  return (
    <details>
      <summary class="button button-quiet out-left">{words.sentence}</summary>
      {sentenceOf(props.version.definition, props.speech).map((line, at) => (
        <p key={at} class="small">
          {lineSaid(line)}
        </p>
      ))}
    </details>
  )
}

function Steps(props: { version: Version }) {
  const words = useScenarioWords()
  const language = useLanguage()
  const now = useNow()
  const { steps } = props.version
  if (steps.length === 0) return null
  return (
    <details>
      <summary class="button button-quiet out-left">{words.steps}</summary>
      <ul class="stack stack-tight">
        {steps.map((step) => {
          const when = formatInstant(step.at, now, language)
          return (
            <li key={`${step.at} ${step.act}`} class="small">
              <b>{words.done(step.act)}</b>{' '}
              <span class="muted">
                {step.by ? words.by(when, step.by.unit, step.by.title) : when}
              </span>{' '}
              {step.reason}
            </li>
          )
        })}
      </ul>
    </details>
  )
}
