import { useLanguage, useWorkWords } from '../shell/words.tsx'
import { useNow } from '../shell/shell.tsx'
import { Facts, Heading } from '../ui/card.tsx'
import { List, Row } from '../ui/list.tsx'
import { formatInstant, formatList } from '../words/format.ts'
import { isOther, type OneTask } from './wording.ts'

/** What has gone silent, since when, and that unknown is not fine. */
export function RepairFacts(props: { task: OneTask }) {
  const { facts } = props.task
  const words = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  const heard =
    facts.heardAt === null
      ? words.tasks.neverReported
      : words.tasks.silentSince(formatInstant(facts.heardAt, now, language))
  const isHeard = isOther(props.task.rule)
  return (
    <section class="stack">
      {isHeard ? null : <p class="strong">{heard}</p>}
      {isHeard ? null : <p class="hatched small">{words.tasks.unknownNotFine}</p>}
      <p class={isHeard ? undefined : 'small'}>{words.tasks.toDo(props.task.rule)}</p>
      {facts.gateway === null ? null : (
        <Facts facts={[{ name: words.tasks.gateway, says: facts.gateway }]} />
      )}
    </section>
  )
}

/** More of them than this stand behind one press: what to do comes before which they are. */
const shownMax = 5

/** Each device that is not heard, with the way to its page. */
export function RepairDevices(props: { task: OneTask }) {
  const { devices } = props.task.facts
  const { tasks, sensing } = useWorkWords()
  const language = useLanguage()
  const title = isOther(props.task.rule) ? tasks.devicesOther : tasks.devicesTitle
  if (devices.length <= shownMax) {
    return (
      <section>
        <Heading>{title}</Heading>
        <DeviceRows task={props.task} />
      </section>
    )
  }
  const kinds = [...new Set(devices.map(({ kind }) => kind))].map((kind) =>
    tasks.devicesOfKind(
      sensing.kind(kind),
      devices.filter((device) => device.kind === kind).length,
    ),
  )
  return (
    <section>
      <Heading line={formatList(kinds, language)}>{title}</Heading>
      <details>
        <summary class="button button-wide">{tasks.devicesAll(devices.length)}</summary>
        <div class="above-3">
          <DeviceRows task={props.task} />
        </div>
      </details>
    </section>
  )
}

function DeviceRows(props: { task: OneTask }) {
  const words = useWorkWords()
  return (
    <List label={words.tasks.devicesTitle}>
      {props.task.facts.devices.map(({ device, kind }) => (
        <Row
          key={device}
          title={words.sensing.kind(kind)}
          line={shortCode(device)}
          href={`/desk/devices/${device}`}
        />
      ))}
    </List>
  )
}

/** The end of a code; its beginning is a time and alike for many. */
function shortCode(device: string): string {
  return device.slice(-12)
}
