import { Fragment } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { TaskId } from '../../src/kernel/ids.ts'
import { useNow } from '../shell/shell.tsx'
import { useCentreWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { Clock, shareSpent } from '../ui/clock.tsx'
import { Icon } from '../ui/icon.tsx'
import { State } from '../ui/state.tsx'
import { formatDue } from '../words/format.ts'
import { Zone, ZoneHead } from './frame.tsx'
import { Hood } from './name.tsx'
import {
  byUrgency,
  groupOf,
  groups,
  iconOf,
  toneOf,
  type Matter,
  type StreetNow,
} from './matters.ts'

const shownMax = 80

export type Choose = (task: TaskId, event: MouseEvent) => void

/** What is open, by urgency. */
export function MatterList(props: { street: StreetNow; chosen: TaskId | null; choose: Choose }) {
  const words = useCentreWords()
  const { street, chosen, choose } = props
  const sorted = byUrgency(street.matters, street.now)
  const shown = sorted.slice(0, shownMax)
  return (
    <Zone label={words.mattersTitle} className="zone-matters">
      <ZoneHead note={words.mattersNote}>{words.mattersTitle}</ZoneHead>
      {sorted.length === 0 ? (
        <State kind="empty" title={words.noMatters} line={words.noMattersLine} />
      ) : null}
      {groups.map((group) => {
        const own = shown.filter((one) => groupOf(one, street.now) === group)
        if (own.length === 0) return null
        const all = sorted.filter((one) => groupOf(one, street.now) === group).length
        return (
          <Fragment key={group}>
            <h3 class="group">
              <span>{words.group(group)}</span>
              <a class="group-count" href={`/centre/list/${group}`}>
                {words.groupCount(all)}
              </a>
            </h3>
            <ul>
              {own.map((one) => (
                <MatterRow
                  key={one.task}
                  matter={one}
                  street={street}
                  isChosen={one.task === chosen}
                  choose={choose}
                />
              ))}
            </ul>
          </Fragment>
        )
      })}
      {sorted.length > shown.length ? (
        <a class="room-link" href="/centre/list/open">
          {words.moreMatters(sorted.length - shown.length)}
        </a>
      ) : null}
      <NewEmergency street={street} />
    </Zone>
  )
}

export function MatterRow(props: {
  matter: Matter
  street: StreetNow
  isChosen: boolean
  choose: Choose
}) {
  const { matter, choose } = props
  const now = useNow()
  return (
    <li>
      <a
        class="matter"
        href={`/centre/matters/${matter.task}`}
        aria-current={props.isChosen || undefined}
        data-task={matter.task}
        onClick={(event) => choose(matter.task, event)}
      >
        <Icon of={iconOf(matter)} className={`is-${toneOf(matter, now)}`} />
        <MatterWords matter={matter} street={props.street} />
      </a>
    </li>
  )
}

/** What, how long, where and who: the cells of a row. */
export function MatterWords(props: { matter: Matter; street: StreetNow }) {
  const words = useCentreWords()
  const { tasks } = useWorkWords()
  const { matter } = props
  return (
    <>
      <b class="row-title">{tasks.badge(matter.rule, matter.kind)}</b>
      <MatterClock matter={matter} />
      <span class="row-line matter-line">
        <Hood name={nameOf(matter, props.street)} /> ·{' '}
        {words.byWhom(matter.post.title, matter.state)}
      </span>
    </>
  )
}

export function MatterClock(props: { matter: Pick<Matter, 'openedAt' | 'deadline' | 'urgency'> }) {
  const now = useNow()
  const language = useLanguage()
  const { matter } = props
  return (
    <Clock
      words={formatDue(matter.deadline, now, language)}
      spent={shareSpent(matter.openedAt, matter.deadline, now)}
      tone={toneOf(matter, now)}
    />
  )
}

/** A matter of the street itself, as a gap in its roster, is in no neighbourhood. */
export function nameOf({ committee }: Pick<Matter, 'committee'>, street: StreetNow): string {
  return street.committees.find((one) => one.committee === committee)?.name ?? street.name
}

/** Said aloud once for each emergency that was not there before. */
function NewEmergency(props: { street: StreetNow }) {
  const words = useCentreWords()
  const { tasks } = useWorkWords()
  const known = useRef<ReadonlySet<string> | null>(null)
  const [says, setSays] = useState('')
  const { street } = props
  const { matters } = street
  useEffect(() => {
    const urgent = matters.filter(({ urgency }) => urgency === 'emergency')
    const fresh = urgent.find(({ task }) => known.current !== null && !known.current.has(task))
    known.current = new Set([...(known.current ?? []), ...urgent.map(({ task }) => task)])
    if (!fresh) return
    setSays(words.newEmergency(tasks.badge(fresh.rule, fresh.kind), nameOf(fresh, street)))
  }, [matters])
  return (
    <p class="visually-hidden" role="status">
      {says}
    </p>
  )
}
