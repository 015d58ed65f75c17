import type { Output } from '../../../src/kernel/endpoint.ts'
import type { Outcome } from '../../../src/kernel/event.ts'
import type { DeviceId } from '../../../src/kernel/ids.ts'
import { ChevronLeft } from 'lucide'
import type { story } from '../../../src/watch/devices/api.ts'
import type { oneDevice } from '../../../src/watch/sensing/api.ts'
import type { Refusal, Remark } from '../../../src/watch/sensing/types.ts'
import { useLive } from '../../shell/live.ts'
import type { Params } from '../../shell/pages.ts'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useFirst, useNow } from '../../shell/shell.tsx'
import { useDeviceWords, useLanguage, useWorkWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { List, Row } from '../../ui/list.tsx'
import { formatDuration, formatInstant } from '../../words/format.ts'
import { DeviceActs } from './acts.tsx'
import { CountedReasons } from './counted.tsx'
import { Coverage } from './coverage-strip.tsx'
import { Conditions, DeviceFacts, Lent } from './device-facts.tsx'
import { DevicesFrame, useIsOfficer } from './frame.tsx'
import { stateTones } from './kinds.ts'
import { Readings } from './readings.tsx'
import { Story } from './story.tsx'

export type Device = Output<typeof oneDevice>

/** Whether a device works, what of it was refused, what was done to it. */
export function DevicePage(props: { params: Params }) {
  const device = (props.params.device ?? '') as DeviceId
  const kept = useFirst<typeof oneDevice>('/sensing/device', { device })
  const told = useFirst<typeof story>('/devices/story', { source: device })
  const { sensing } = useWorkWords()
  const result = kept.result.value
  const again = async () => void (await Promise.all([kept.again(), told.again()]))
  useLive('tasks', again)
  return (
    <DevicesFrame at={null} label={sensing.deviceTitle}>
      <div class="stack stack-wide sheet">
        <LinkButton kind="quiet" icon={ChevronLeft} className="out-left back" href="/desk/devices">
          {sensing.devicesTitle}
        </LinkButton>
        {result?.ok ? (
          <OneDevice device={result.answer} again={again} />
        ) : (
          <Unanswered refusal={result?.refusal} again={kept.again} />
        )}
      </div>
    </DevicesFrame>
  )
}

function OneDevice(props: { device: Device; again: () => Promise<void> }) {
  const { device } = props
  const isOfficer = useIsOfficer()
  return (
    <div class="beside">
      <div class="stack stack-wide">
        <Head device={device} />
        <Conditions device={device} />
        <Lent device={device} />
        <Coverage device={device} />
        <Odd device={device} />
        <Readings device={device} />
      </div>
      <div class="stack stack-wide">
        <DeviceFacts device={device} />
        {isOfficer ? <DeviceActs device={device} again={props.again} /> : null}
        <Tasks device={device} />
        <Story source={device.device} />
      </div>
    </div>
  )
}

function Head(props: { device: Device }) {
  const { device } = props
  const { sensing, places } = useWorkWords()
  const words = useDeviceWords()
  const language = useLanguage()
  const now = useNow()
  const spot = places.spot(device.place)
  const area = places.compound(device.place)
  const { heardAt, state } = device
  return (
    <header class="stack stack-tight">
      <div>
        <Badge tone={stateTones[state]}>{words.state(state)}</Badge>
      </div>
      <h1 class="head">{sensing.kind(device.kind)}</h1>
      <p>
        {[spot, ...(area === spot ? [] : [area]), ...(device.label ? [device.label] : [])].join(
          ' · ',
        )}
      </p>
      <p class={state === 'unknown' ? 'hatched small' : 'small'}>
        {heardAt === null
          ? words.neverHeard
          : words.since(
              formatInstant(heardAt, now, language),
              formatDuration(now - heardAt, language),
            )}{' '}
        {words.stateLine(state)}
      </p>
    </header>
  )
}

/** What was refused, and what was taken though it was odd. */
function Odd(props: { device: Device }) {
  const { refusals, remarks } = props.device
  const words = useDeviceWords()
  return (
    <>
      <section>
        <Heading line={words.refusedLine}>{words.refusedTitle}</Heading>
        {refusals.length === 0 ? (
          <p class="note">{words.refusedNone}</p>
        ) : (
          <CountedReasons counted={refusals} says={(reason) => words.refusal(reason as Refusal)} />
        )}
      </section>
      {remarks.length === 0 ? null : (
        <section>
          <Heading>{words.remarksTitle}</Heading>
          <CountedReasons counted={remarks} says={(reason) => words.remark(reason as Remark)} />
        </section>
      )}
    </>
  )
}

function Tasks(props: { device: Device }) {
  const { tasks } = props.device
  const words = useDeviceWords()
  const { tasks: taskWords } = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  return (
    <section>
      <Heading>{words.tasksTitle}</Heading>
      {tasks.length === 0 ? (
        <p class="note">{words.tasksNone}</p>
      ) : (
        <List label={words.tasksTitle}>
          {tasks.map((task) => (
            <Row
              key={task.task}
              {...(task.isMine ? { href: `/desk/tasks/${task.task}` } : {})}
              title={taskWords.ruleName(task.rule)}
              line={[
                formatInstant(task.openedAt, now, language),
                task.outcome === null
                  ? task.state === 'raised' && !task.isMine
                    ? words.taskRaised
                    : taskWords.stateOr(task.state)
                  : taskWords.outcome('device-repair', task.outcome as Outcome),
              ].join(' · ')}
            />
          ))}
        </List>
      )}
    </section>
  )
}
