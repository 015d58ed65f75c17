import { useState } from 'preact/hooks'
import { Check } from 'lucide'
import type { oneRule } from '../../../src/watch/scenarios/api.ts'
import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { useLive } from '../../shell/live.ts'
import type { Params } from '../../shell/pages.ts'
import { useFirst } from '../../shell/shell.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useScenarioWords, useWorkWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { formatCount } from '../../words/format.ts'
import { WorkshopActs } from './acts.tsx'
import { ScenariosFrame } from './frame.tsx'
import { HitRate } from './hit-rate.tsx'
import { NoTrial } from './no-trial.tsx'
import { whyNotTried } from './preconditions.ts'
import { OutcomesSaid } from './outcomes.tsx'
import { Preconditions, RuleSaid } from './rule-said.tsx'
import { liveOf, stateTones, useSpeech, type Rule, type Version } from './rule.ts'
import type { Speech } from './said.ts'
import { TrialPanel } from './trial.tsx'
import { useCheck, useUnsaved } from './use-check.ts'

/** One rule: its sentence to read and change, and what it would have meant. */
export function WorkshopPage(props: { params: Params }) {
  const rule = props.params.rule ?? ''
  const words = useScenarioWords()
  const { tasks } = useWorkWords()
  const kept = useFirst<typeof oneRule>('/scenarios/rule', { rule })
  const result = kept.result.value
  useLive('tasks', kept.again)
  return (
    <ScenariosFrame label={words.workshopTitle} rule={rule} at="rule">
      {result?.ok ? (
        <Workshop rule={result.answer} again={kept.again} />
      ) : (
        <>
          <h1 class="head under-4">{tasks.ruleName(rule)}</h1>
          <Unanswered refusal={result?.refusal} again={kept.again} />
        </>
      )}
    </ScenariosFrame>
  )
}

function Workshop(props: { rule: Rule; again: () => Promise<void> }) {
  const { rule, again } = props
  const [picked, pick] = useState<number | null>(null)
  const [edited, edit] = useState<Definition | null>(null)
  const speech = useSpeech(rule.committees)
  const live = liveOf(rule)
  const version = rule.versions.find((one) => one.version === picked) ?? live[0]
  const checked = useCheck(edited)
  useUnsaved(edited !== null)
  if (!version) return null
  const definition = edited ?? version.definition
  const why = whyNotTried(definition)
  const choose = (next: number | null) => {
    pick(next)
    edit(null)
  }
  return (
    <div class="workshop">
      <div class="workshop-rule stack stack-wide">
        <Head rule={rule} live={live} version={version} onPick={choose} />
        <RuleSaid
          {...{ definition, speech }}
          committees={rule.committees}
          problems={checked.problems}
          onChange={rule.mayChange ? edit : null}
        />
        {rule.mayChange ? <Around {...{ rule, definition, speech, version }} /> : null}
      </div>
      <div class="workshop-trial stack stack-wide">
        {rule.mayChange ? (
          <>
            {why ? (
              <NoTrial why={why} />
            ) : (
              <TrialPanel
                rule={definition}
                isWrong={checked.problems.length > 0}
                nameOf={speech.nameOf}
              />
            )}
            <HitRate rule={rule} definition={definition} />
            <WorkshopActs
              {...{ rule, version, edited, checked, speech, again }}
              onPick={choose}
              onDiscard={() => edit(null)}
            />
          </>
        ) : (
          <>
            <HitRate rule={rule} definition={definition} />
            <Around {...{ rule, definition, speech, version }} />
          </>
        )}
      </div>
    </div>
  )
}

function Head(props: {
  rule: Rule
  live: readonly Version[]
  version: Version
  onPick: (version: number) => void
}) {
  const { rule, live, version } = props
  const words = useScenarioWords()
  const { tasks } = useWorkWords()
  return (
    <header class="stack stack-tight">
      <p class="note">{words.workshopTitle}</p>
      <h1 class="head">{tasks.ruleName(rule.rule)}</h1>
      <div class="flow" role="group" aria-label={words.versionWord}>
        {live.map((one) => {
          const says = words.versionState(one.version, one.state)
          return live.length === 1 ? (
            <Badge key={one.version} tone={stateTones[one.state]}>
              {says}
            </Badge>
          ) : (
            <button
              key={one.version}
              type="button"
              class="version"
              aria-pressed={one === version}
              onClick={() => props.onPick(one.version)}
            >
              <Badge
                tone={stateTones[one.state]}
                icon={one.state === 'in-force' ? Check : undefined}
              >
                {says}
              </Badge>
            </button>
          )
        })}
      </div>
      {rule.mayChange ? null : <p class="note">{words.mayNotChange}</p>}
    </header>
  )
}

/** What has to hold first, why these numbers, what came of it. */
function Around(props: { rule: Rule; definition: Definition; speech: Speech; version: Version }) {
  const { version } = props
  return (
    <>
      <Preconditions definition={props.definition} speech={props.speech} />
      <Reasons rule={props.rule} />
      {version.state === 'in-force' ? <Recent version={version} /> : null}
    </>
  )
}

/** Why a shipped rule has these numbers, what it cannot tell, and where it comes from. */
function Reasons(props: { rule: Rule }) {
  const words = useScenarioWords()
  const language = useLanguage()
  const { reasons } = props.rule
  if (!reasons) return null
  const says = language === 'en' ? reasons.en : reasons.zh
  return (
    <details>
      <summary class="button button-quiet out-left">{words.reasonsTitle}</summary>
      {says.split('\n').map((line) => (
        <p key={line} class="small above-2">
          {line}
        </p>
      ))}
    </details>
  )
}

/** What came of the version in force. */
function Recent(props: { version: Version }) {
  const { version, findings, outcomes } = props.version
  const words = useScenarioWords()
  return (
    <Card label={words.recent(version)}>
      <p class="small-strong">{words.recent(version)}</p>
      <p class="small">
        {words.recentLine(formatCount(findings))}
        <OutcomesSaid counted={outcomes} />
      </p>
    </Card>
  )
}
