import type { Output } from '../../../src/kernel/endpoint.ts'
import type { listRules } from '../../../src/watch/scenarios/api.ts'
import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { useLive } from '../../shell/live.ts'
import { useFirst, useNow } from '../../shell/shell.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useScenarioWords, useWorkWords } from '../../shell/words.tsx'
import { Plus } from 'lucide'
import { Badge } from '../../ui/badge.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { List, Row } from '../../ui/list.tsx'
import { State } from '../../ui/state.tsx'
import { formatCount, formatDate } from '../../words/format.ts'
import { ScenariosFrame } from './frame.tsx'
import { InOut } from './in-out.tsx'
import { OutcomesSaid, percentSaid, sumOf } from './outcomes.tsx'

type Answer = Output<typeof listRules>
type Listed = Answer['rules'][number]
type Family = Definition['purpose']

/** Care first, what is about devices alone last. */
const families: readonly Family[] = [
  'agreed-care',
  'emergency-call',
  'home-safety',
  'water-and-power',
  'public-space',
  'door-security',
  'crowding-check',
  'device-operation',
]

/** The street's rules by what they are for, with what people found. */
export function ListPage() {
  const words = useScenarioWords()
  const kept = useFirst<typeof listRules>('/scenarios/rules', {})
  const result = kept.result.value
  useLive('tasks', kept.again)
  return (
    <ScenariosFrame label={words.title}>
      <div class="stack stack-wide sheet">
        <header class="stack stack-tight">
          <h1 class="head">{words.title}</h1>
          <p>{words.listLine}</p>
          {result?.ok ? <MayWrite mayChange={result.answer.mayChange} /> : null}
        </header>
        {result?.ok ? (
          <Rules answer={result.answer} again={kept.again} />
        ) : (
          <Unanswered refusal={result?.refusal} again={kept.again} />
        )}
      </div>
    </ScenariosFrame>
  )
}

function MayWrite(props: { mayChange: boolean }) {
  const words = useScenarioWords()
  return props.mayChange ? (
    <div class="flow above-2">
      <LinkButton kind="primary" icon={Plus} href="/desk/scenarios/new">
        {words.newRule}
      </LinkButton>
    </div>
  ) : (
    <p class="note">{words.mayNotChange}</p>
  )
}

function Rules(props: { answer: Answer; again: () => Promise<void> }) {
  const { answer } = props
  const words = useScenarioWords()
  if (answer.rules.length === 0) {
    return (
      <>
        <State kind="empty" title={words.noRules} line={words.noRulesLine} />
        <InOut mayChange={answer.mayChange} again={props.again} />
      </>
    )
  }
  return (
    <>
      {families.map((family) => {
        const own = answer.rules.filter(({ purpose }) => purpose === family)
        return own.length === 0 ? null : (
          <section key={family}>
            <Heading>{words.family(family)}</Heading>
            <List label={words.family(family)}>
              {own.map((rule) => (
                <OneRule key={rule.rule} rule={rule} />
              ))}
            </List>
          </section>
        )
      })}
      <p class="note">{words.misleadingWhat}</p>
      <InOut mayChange={answer.mayChange} again={props.again} />
    </>
  )
}

function OneRule(props: { rule: Listed }) {
  const { rule } = props
  const words = useScenarioWords()
  const { tasks } = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  const { inForce, draft, shadow } = rule
  return (
    <Row
      href={`/desk/scenarios/${rule.rule}`}
      title={
        <span class="flow rule-title">
          <span>{tasks.ruleName(rule.rule)}</span>
          {rule.isEmergency ? <Badge tone="plain">{words.emergency}</Badge> : null}
          <Badge tone={inForce ? 'jade' : 'none'}>
            {inForce ? words.versionState(inForce.version, 'in-force') : words.notInForce}
          </Badge>
          {draft ? <Badge tone="brick">{words.versionState(draft.version, 'draft')}</Badge> : null}
          {shadow ? <Badge>{words.versionState(shadow.version, 'shadow')}</Badge> : null}
        </span>
      }
      detail={
        <>
          {rule.findings90 === 0 ? words.found90None : words.found90(formatCount(rule.findings90))}
          {sumOf(rule.outcomes90) === 0 ? null : (
            <>
              {words.comma}
              <OutcomesSaid counted={rule.outcomes90} />
            </>
          )}
        </>
      }
      line={
        <span class="flow">
          {inForce ? words.inForceSince(formatDate(inForce.since, now, language)) : null}
          <Misleading rule={rule} />
        </span>
      }
    />
  )
}

/** Above five percent it asks for review. */
function Misleading(props: { rule: Listed }) {
  const words = useScenarioWords()
  const { misleadingPercent, isFlagged } = props.rule
  if (misleadingPercent === null) return null
  const percent = percentSaid(misleadingPercent)
  return isFlagged ? (
    <Badge tone="amber">{words.flagged(percent)}</Badge>
  ) : (
    <span>{words.misleading(percent)}</span>
  )
}
