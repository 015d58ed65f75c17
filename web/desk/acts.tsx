import { useState } from 'preact/hooks'
import { Ban, CircleHelp, Footprints, HandHelping, RotateCcw, Send, Undo2, UserCheck } from 'lucide'
import type { Act } from '../../src/desks/tasks/types.ts'
import { useDeskWords, useWorkWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import type { IconNode } from '../ui/icon.tsx'
import { actIcons } from './badges.tsx'
import { PhoneFirst } from './phone-first.tsx'
import { ReasonDialog, type Reasoned } from './reason-dialog.tsx'
import { TurnDialog, type Turned } from './turn-dialog.tsx'
import { goesAtOnce, goNow } from './usual.ts'
import type { OneTask } from './wording.ts'
import type { Work } from './work.ts'

/** These have forms of their own further down. */
const hasForm = (act: Act) => act === 'phoned' || act === 'find'

const icons: Partial<Record<Act, IconNode>> = {
  ...actIcons,
  take: UserCheck,
  accept: UserCheck,
  help: HandHelping,
  return: Undo2,
  'hand-over': Send,
  'ask-help': CircleHelp,
  decline: Ban,
  reopen: RotateCcw,
}

/** Asked for with a word why, or to whom. */
const reasoned: readonly Act[] = ['return', 'decline', 'reopen']
const turned: readonly Act[] = ['hand-over', 'ask-help']
/** About who does it, in the order in which they are offered to whoever does not. */
const offered: readonly Act[] = ['accept', 'return', 'set-out', 'take', 'help', 'reopen']
const quiet: readonly Act[] = ['hand-over', 'ask-help', 'decline']

/** What to do next; below it, smaller, what there is to do about who does it. */
export function Acts(props: { task: OneTask; work: Work }) {
  const { task, work } = props
  const [asking, ask] = useState<Act | null>(null)
  const isOffered = task.offer?.isMine ?? false
  // nobody is helped who has not begun
  const isAlone = task.state === 'raised' && task.part !== 'asked'
  const others = offered.filter((act) => task.may.includes(act) && !(isAlone && act === 'help'))
  const more = quiet.filter(
    // to give it back with a reason is how an offer is declined
    (act) => task.may.includes(act) && !(isOffered && act === 'decline'),
  )
  const close = () => ask(null)
  const press = (act: Act) =>
    reasoned.includes(act) || turned.includes(act)
      ? ask(act)
      : void work.act(task.task, { act, from: task.state })
  return (
    <>
      <OwnSteps task={task} work={work} />
      <ActRow
        acts={others}
        isFirst={task.next.length === 0}
        task={task}
        work={work}
        press={press}
      />
      {more.length > 0 ? <QuietRow acts={more} press={press} /> : null}
      {asking !== null && turned.includes(asking) ? (
        <TurnDialog act={asking as Turned} task={task} work={work} onClose={close} />
      ) : null}
      {asking !== null && reasoned.includes(asking) ? (
        <ReasonDialog act={asking as Reasoned} task={task} work={work} onClose={close} />
      ) : null}
    </>
  )
}

/** The steps of whoever is responsible. In an emergency one press says "seen" and "on my way". */
function OwnSteps(props: { task: OneTask; work: Work }) {
  const { task, work } = props
  const words = useWorkWords().tasks
  const { goNow: goWord, goNowLine } = useDeskWords()
  const steps = task.next.filter((act) => !hasForm(act))
  const mayPhone =
    task.next.includes('phoned') && (task.kind === 'care-visit' || task.kind === 'care-offer')
  const isAtOnce = goesAtOnce(task)
  if (steps.length === 0 && !mayPhone) return null
  const busy = work.busyTask === task.task
  return (
    <>
      <div class="task-acts">
        {isAtOnce ? (
          <Button
            kind="primary"
            icon={Footprints}
            tall
            className="grow"
            busy={busy}
            onClick={() => void work.act(task.task, ...goNow)}
          >
            {goWord}
          </Button>
        ) : null}
        {steps.map((step, at) => (
          <Button
            // by place, so that the focus stays where the next act appears
            key={at}
            kind={at === 0 && !isAtOnce && task.next[0] === step ? 'primary' : 'plain'}
            icon={icons[step]}
            tall={at === 0}
            className={at === 0 && !isAtOnce ? 'grow' : undefined}
            busy={busy}
            onClick={() => void work.act(task.task, { act: step, from: task.state })}
          >
            {words.act(step)}
          </Button>
        ))}
        {mayPhone ? <PhoneFirst task={task} work={work} /> : null}
      </div>
      {isAtOnce ? <p class="note">{goNowLine}</p> : null}
    </>
  )
}

function ActRow(props: {
  acts: readonly Act[]
  isFirst: boolean
  task: OneTask
  work: Work
  press: (act: Act) => void
}) {
  const words = useWorkWords().tasks
  if (props.acts.length === 0) return null
  return (
    <div class="task-acts">
      {props.acts.map((act, at) => (
        <Button
          key={act}
          kind={at === 0 && props.isFirst ? 'primary' : 'plain'}
          icon={icons[act]}
          className={at === 0 ? 'grow' : undefined}
          busy={props.work.busyTask === props.task.task}
          onClick={() => props.press(act)}
        >
          {words.act(act)}
        </Button>
      ))}
    </div>
  )
}

function QuietRow(props: { acts: readonly Act[]; press: (act: Act) => void }) {
  const words = useWorkWords().tasks
  const { moreActs } = useDeskWords()
  return (
    <div class="flow out-left" role="group" aria-label={moreActs}>
      {props.acts.map((act) => (
        <Button key={act} kind="quiet" icon={icons[act]} onClick={() => props.press(act)}>
          {words.act(act)}
        </Button>
      ))}
    </div>
  )
}
