import { Ambulance, Flame, Siren } from 'lucide'
import type { TaskId } from '../../src/kernel/ids.ts'
import { useNow } from '../shell/shell.tsx'
import { useDeskWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Heading } from '../ui/card.tsx'
import { List, Row } from '../ui/list.tsx'
import { formatInstant } from '../words/format.ts'
import type { WorkWords } from '../words/work.ts'
import { heardIn, probesIn, type OneTask, type Signal } from './wording.ts'

/** What was heard, what to do first, and whom to call before anybody walks. */
export function HazardFacts(props: { task: OneTask }) {
  const { task } = props
  const { tasks } = useWorkWords()
  const words = useWorkWords()
  const probes = probesIn(task.facts)
  return (
    <section class="stack">
      {task.reported ? (
        <Reported task={task.task} reported={task.reported} />
      ) : (
        <p class="strong">
          {heardIn(task.facts, words) ?? tasks.heardNothing}
          {probes > 1 ? ` · ${tasks.probes(probes)}` : null}
        </p>
      )}
      <p>{tasks.lookFirst(task.rule)}</p>
      {task.state === 'closed' ? null : <CallFirst />}
      {task.rule.startsWith('door-') ? <p class="note">{tasks.doorOnly}</p> : null}
    </section>
  )
}

/** What residents said, and nothing of who they are. */
function Reported(props: { task: TaskId; reported: NonNullable<OneTask['reported']> }) {
  const { words, mayOpen } = props.reported
  const desk = useDeskWords()
  return (
    <div class="stack stack-tight">
      <p class="strong">{useWorkWords().tasks.reportedBy}</p>
      {words.map((said, n) => (
        <p key={`${n}`}>{said}</p>
      ))}
      {mayOpen ? (
        <p>
          <LinkButton href={`/desk/register/reporter/${props.task}`}>
            {desk.reporterDoor}
          </LinkButton>
        </p>
      ) : null}
    </div>
  )
}

/** The city's own numbers: they are faster than we are. */
export function CallFirst() {
  const { tasks } = useWorkWords()
  return (
    <div class="stack stack-tight">
      <p class="small">{tasks.callFirst}</p>
      <p class="flow">
        <LinkButton icon={Flame} href="tel:119">
          {tasks.callFire}
        </LinkButton>
        <LinkButton icon={Ambulance} href="tel:120">
          {tasks.callDoctor}
        </LinkButton>
        <LinkButton icon={Siren} href="tel:110">
          {tasks.callPolice}
        </LinkButton>
      </p>
    </div>
  )
}

/** Each thing that was heard, the newest on top: the device, never who. */
export function Heard(props: { task: OneTask }) {
  const { signals = [], count = 0 } = props.task.facts
  const words = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  if (signals.length === 0) return null
  return (
    <section>
      <Heading line={count > signals.length ? words.tasks.heardMore(count) : undefined}>
        {words.tasks.heardTitle}
      </Heading>
      <List label={words.tasks.heardTitle}>
        {signals
          .map((one) => (
            <Row
              key={`${one.device} ${one.state} ${one.at}`}
              title={sentenceOf(one, words)}
              line={formatInstant(one.at, now, language)}
              href={`/desk/devices/${one.device}`}
            />
          ))
          .reverse()}
      </List>
    </section>
  )
}

function sentenceOf({ kind, state, value }: Signal, { tasks, sensing }: WorkWords): string {
  const says = tasks.heard(kind, state) ?? sensing.kind(kind)
  return value === null ? says : `${says} ${value}`
}
