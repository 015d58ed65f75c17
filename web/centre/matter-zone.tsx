import { Phone } from 'lucide'
import type { TaskId } from '../../src/kernel/ids.ts'
import type { Kept } from '../shell/shell.tsx'
import { useNow } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useCentreWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { Badge } from '../ui/badge.tsx'
import { LinkButton } from '../ui/button.tsx'
import { State } from '../ui/state.tsx'
import { Timeline, type TimelineStep } from '../ui/progress.tsx'
import { formatInstant } from '../words/format.ts'
import { Dispatch } from './dispatch.tsx'
import { Zone } from './frame.tsx'
import { MatterClock } from './matter-list.tsx'
import type { OneMatter, StreetNow } from './matters.ts'
import { stepsOf } from './story.ts'
import { Name } from './name.tsx'
import { Told } from './told.tsx'

/** The chosen matter: how far, what happened, who was told, who could go. */
export function MatterZone(props: {
  one: Kept<OneMatter>
  chosen: TaskId | null
  street: StreetNow
  again: () => Promise<void>
}) {
  const words = useCentreWords()
  const { one, chosen } = props
  const result = one.result.value
  return (
    <Zone label={words.matterTitle} className="zone-matter">
      <div id="matter">
        {chosen === null ? (
          <State kind="empty" title={words.chooseMatter} line={words.chooseMatterLine} />
        ) : result?.ok ? (
          <TheMatter one={result.answer} again={props.again} />
        ) : (
          <Unanswered refusal={result?.refusal} again={one.again} />
        )}
      </div>
    </Zone>
  )
}

function TheMatter(props: { one: OneMatter; again: () => Promise<void> }) {
  const words = useCentreWords()
  const { tasks } = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  const { one } = props
  const isClosed = one.state === 'closed'
  return (
    <div class="stack">
      <p class="line">
        {one.urgency === 'emergency' ? (
          <Badge tone={isClosed ? 'plain' : 'signal'}>{words.emergency}</Badge>
        ) : (
          <Badge>{words.usual}</Badge>
        )}
        {isClosed ? null : (
          <span class="push">
            <MatterClock matter={one} />
          </span>
        )}
      </p>
      <div>
        <h2 class="head">{tasks.badge(one.rule, one.kind)}</h2>
        <p class="muted">
          <Name of={one.committeeName} /> · {words.byWhom(one.post.title, one.state)}
          {one.tier > 1 ? ` · ${words.tier(one.tier)}` : ''}
        </p>
        <p class="note">
          {words.byRule(tasks.byRule(one.rule, one.ruleVersion))}
          {isClosed
            ? ''
            : ` · ${
                one.state === 'raised'
                  ? words.waitsUntil(formatInstant(one.deadline, now, language))
                  : words.dueUntil(formatInstant(one.deadline, now, language))
              }`}
        </p>
      </div>
      <Stages state={one.state} />
      <Story steps={stepsOf(one, words, tasks, now, language)} />
      {one.urgency === 'emergency' && !isClosed ? <Calls /> : null}
      <Dispatch key={one.task} one={one} again={props.again} />
      <Told told={one.told} />
      {one.mayOpenReporters ? (
        <p>
          <LinkButton href={`/desk/register/reporter/${one.task}`}>{words.reporterDoor}</LinkButton>
        </p>
      ) : null}
    </div>
  )
}

const newestSteps = 2

/** The newest steps; the older ones behind a fold. */
function Story(props: { steps: readonly TimelineStep[] }) {
  const words = useCentreWords()
  const { steps } = props
  const older = steps.slice(newestSteps)
  return (
    <div>
      <Timeline label={words.timeline} steps={steps.slice(0, newestSteps)} />
      {older.length === 0 ? null : (
        <details class="room-details">
          <summary class="small">{words.older(older.length)}</summary>
          <Timeline label={words.older(older.length)} steps={older} />
        </details>
      )}
    </div>
  )
}

const stages = ['raised', 'acknowledged', 'on-the-way', 'at-the-door', 'found', 'closed'] as const

function Stages(props: { state: OneMatter['state'] }) {
  const words = useCentreWords()
  const at = stages.indexOf(props.state)
  return (
    <ol class="stages" aria-label={words.stages}>
      {stages.map((stage, index) => (
        <li
          key={stage}
          class={index < at || props.state === 'closed' ? 'past' : index === at ? 'now' : undefined}
          aria-current={index === at ? 'step' : undefined}
        >
          {words.stage(stage)}
        </li>
      ))}
    </ol>
  )
}

function Calls() {
  const { tasks } = useWorkWords()
  const numbers = [
    ['119', tasks.callFire],
    ['120', tasks.callDoctor],
    ['110', tasks.callPolice],
  ] as const
  return (
    <div class="calls">
      {numbers.map(([number, says]) => (
        <LinkButton key={number} href={`tel:${number}`} icon={Phone} label={says}>
          {number}
        </LinkButton>
      ))}
    </div>
  )
}
