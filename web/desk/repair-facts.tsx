import { useLanguage, useWords } from '../shell/words.tsx'
import { useNow } from '../shell/shell.tsx'
import { Facts, Heading } from '../ui/card.tsx'
import { List, Row } from '../ui/list.tsx'
import { formatInstant } from '../words/format.ts'
import type { OneTask } from './wording.ts'

/** What has gone silent, since when, and that unknown is not fine. */
export function RepairFacts(props: { task: OneTask }) {
  const { facts } = props.task
  const words = useWords()
  const language = useLanguage()
  const now = useNow()
  const heard =
    facts.heardAt === null
      ? words.tasks.neverReported
      : words.tasks.silentSince(formatInstant(facts.heardAt, now, language))
  return (
    <section class="stack">
      <p class="strong">{heard}</p>
      <p class="hatched small">{words.tasks.unknownNotFine}</p>
      {facts.gateway === null ? null : (
        <Facts facts={[{ name: words.tasks.gateway, says: facts.gateway }]} />
      )}
      <Heading>{words.tasks.devicesTitle}</Heading>
      <List label={words.tasks.devicesTitle}>
        {facts.devices.map(({ device, kind }) => (
          <Row
            key={device}
            title={words.sensing.kind(kind)}
            line={shortCode(device)}
            href={`/desk/devices/${device}`}
          />
        ))}
      </List>
    </section>
  )
}

/** The end of a code; its beginning is a time and alike for many. */
function shortCode(device: string): string {
  return device.slice(-12)
}
