import { useCentreWords, useWorkWords } from '../shell/words.tsx'
import { ZoneHead } from './frame.tsx'
import { MatterClock, nameOf } from './matter-list.tsx'
import { Hood } from './name.tsx'
import { groupOf, type StreetNow } from './matters.ts'

const shownMax = 2

/** What is over its time or soon will be, emergencies apart: they have the head of the list. */
export function Clocks(props: { street: StreetNow }) {
  const words = useCentreWords()
  const { tasks } = useWorkWords()
  const { street } = props
  const running = street.matters
    .filter((one) => ['overdue', 'hour'].includes(groupOf(one, street.now)))
    .toSorted((a, b) => a.deadline - b.deadline)
  return (
    <>
      <ZoneHead
        small
        aside={
          running.length === 0 ? null : (
            <a class="room-link note" href="/centre/list/hour">
              {words.clocksAll(running.length)}
            </a>
          )
        }
      >
        {words.clocksTitle}
      </ZoneHead>
      {running.length === 0 ? <p class="small muted">{words.clocksNone}</p> : null}
      <ul class="runs">
        {running.slice(0, shownMax).map((one) => (
          <li key={one.task}>
            <a class="run" href={`/centre/matters/${one.task}`}>
              <MatterClock matter={one} />
              <span class="small">
                {tasks.badge(one.rule, one.kind)} · <Hood name={nameOf(one, street)} />
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}
