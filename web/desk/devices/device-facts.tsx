import { dayOf } from '../../../src/kernel/calendar.ts'
import { secondMs } from '../../../src/kernel/clock.ts'
import { useNow } from '../../shell/shell.tsx'
import { useDeviceWords, useLanguage, useWorkWords } from '../../shell/words.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Card, Facts, Heading, type Fact } from '../../ui/card.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Strip } from '../../ui/state.tsx'
import { CalendarClock, TriangleAlert } from 'lucide'
import { formatCount, formatDate, formatDuration, formatInstant } from '../../words/format.ts'
import { daysBetween, startOf } from './counted.tsx'
import type { Device } from './device-page.tsx'
import { shortNumber } from './filter.ts'

/** What is wrong with it now, since when, what to do, and who has it in hand. */
export function Conditions(props: { device: Device }) {
  const { conditions, tasks } = props.device
  const words = useDeviceWords()
  const language = useLanguage()
  const now = useNow()
  return (
    <>
      {conditions.map(({ condition, since }) => {
        const { says, toDo } = words.condition(condition)
        const open = tasks.find(
          (task) => task.rule === `device-${condition}` && task.state !== 'closed',
        )
        return (
          <Card key={condition} label={says}>
            <p class="line is-amber">
              <Icon of={TriangleAlert} small />
              <b>{says}</b>
              <span class="push note">
                {words.conditionSince(formatInstant(since, now, language))}
              </span>
            </p>
            <p class="small above-1">{toDo}</p>
            {open?.isMine ? (
              <LinkButton kind="quiet" className="out-left" href={`/desk/tasks/${open.task}`}>
                {words.openTask}
              </LinkButton>
            ) : (
              <p class="note above-1">{open ? words.othersTask : words.noOpenTask}</p>
            )}
          </Card>
        )
      })}
    </>
  )
}

/** Lending has an end; afterwards the page says so. */
export function Lent(props: { device: Device }) {
  const { lentUntil } = props.device
  const words = useDeviceWords()
  const language = useLanguage()
  const now = useNow()
  if (lentUntil === null) return null
  const date = formatDate(startOf(lentUntil), now, language)
  const days = daysBetween(lentUntil, dayOf(now))
  return (
    <Strip tone={days > 0 ? 'amber' : 'plain'} icon={CalendarClock}>
      {days > 0 ? words.lentOverdue(date, days) : words.lentUntil(date)}
    </Strip>
  )
}

export function DeviceFacts(props: { device: Device }) {
  const words = useDeviceWords()
  return (
    <section>
      <Heading>{words.facts}</Heading>
      <Card>
        <Facts facts={useFacts(props.device)} />
      </Card>
    </section>
  )
}

function useFacts(device: Device): Fact[] {
  const words = useDeviceWords()
  const language = useLanguage()
  const now = useNow()
  const { places } = useWorkWords()
  const { says, kept } = words.purpose(device.purpose)
  const at = (instant: number) => formatInstant(instant, now, language)
  const maybe = (name: string, value: Fact['says'] | null | undefined) =>
    value === null || value === undefined || value === '' ? [] : [{ name, says: value }]
  return [
    { name: places.placeName, says: <code>{device.place.place}</code> },
    { name: words.model, says: device.model ?? words.noModel },
    { name: words.purposeName, says },
    { name: words.kept, says: kept },
    { name: words.heartbeat, says: formatDuration(device.heartbeatSeconds * secondMs, language) },
    { name: words.perMinute, says: words.messages(formatCount(device.perMinuteMax)) },
    {
      name: words.battery,
      says: device.battery === null ? words.batteryNone : words.percent(device.battery),
    },
    { name: words.gateway, says: device.gateway?.name ?? words.noGateway },
    ...maybe(words.nameAtGateway, device.nameAtGateway && <code>{device.nameAtGateway}</code>),
    { name: words.keeper, says: device.keeper || words.keeperNone },
    { name: words.installed, says: at(device.installedAt) },
    ...maybe(words.revoked, device.revokedAt === null ? null : at(device.revokedAt)),
    ...maybe(words.replaces, device.replaces && <Other device={device.replaces} />),
    ...maybe(words.replacedBy, device.replacedBy && <Other device={device.replacedBy} />),
    { name: words.shortNumber, says: <code>{shortNumber(device.device)}</code> },
    { name: words.code, says: <code>{device.device}</code> },
    { name: words.topic, says: <code>{device.topic}</code> },
  ]
}

function Other(props: { device: string }) {
  return (
    <p>
      <a href={`/desk/devices/${props.device}`}>{shortNumber(props.device)}</a>
    </p>
  )
}
