import { useState } from 'preact/hooks'
import { ArrowUpRight, Eye, Send } from 'lucide'
import type { act as actContract } from '../../src/desks/tasks/api.ts'
import type { Input } from '../../src/kernel/endpoint.ts'
import { call, type Refusal } from '../shell/call.ts'
import { useAct } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useCentreWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import type { OneMatter } from './matters.ts'
import { Name, shortName } from './name.tsx'

type Could = OneMatter['couldGo'][number]
type Step = Omit<Input<typeof actContract>, 'task' | 'from'>

/** Who could go, with one button each; and stepping in oneself, with a reason. */
export function Dispatch(props: { one: OneMatter; again: () => Promise<void> }) {
  const words = useCentreWords()
  const { one, again } = props
  const { isBusy, refusal, run, forget } = useAct()
  const [going, setGoing] = useState<Could | null>(null)
  const [done, setDone] = useState('')
  const act = async (step: Step) => {
    const { task, state: from } = one
    const isDone = await run(() =>
      call<typeof actContract>('post', '/tasks/act', { task, from, ...step }),
    )
    await again()
    return isDone
  }
  const send = async (whom: Could, anyway: boolean) => {
    setDone('')
    const isDone = await act({ act: 'dispatch', to: whom.post, ...(anyway ? { anyway } : {}) })
    setGoing(isDone ? null : whom)
    if (isDone) setDone(words.dispatched(whom.unit, whom.title))
  }
  const isOnTheWay = refusal?.fault === 'on-the-way' && going !== null
  const isOver = one.state === 'found' || one.state === 'closed'
  return (
    <div class="stack">
      {isOver ? null : <Candidates one={one} isBusy={isBusy} send={send} />}
      <p role="status" class="small is-jade">
        {done}
      </p>
      <RefusalStrip refusal={isOnTheWay ? null : refusal} />
      <Going refusal={isOnTheWay ? refusal : null} whom={going} send={send} forget={forget} />
      <Concern one={one} act={act} isBusy={isBusy} refusal={refusal} forget={forget} />
    </div>
  )
}

function Candidates(props: {
  one: OneMatter
  isBusy: boolean
  send: (whom: Could, anyway: boolean) => Promise<void>
}) {
  const words = useCentreWords()
  const { couldGo } = props.one
  // Who is on duty comes first, otherwise in the order in which they would be asked.
  const free = couldGo
    .filter(({ hasIt }) => !hasIt)
    .toSorted((a, b) => Number(b.isOnDuty) - Number(a.isOnDuty))
  const first = free.find(({ isOnDuty }) => isOnDuty)
  return (
    <div>
      <h3 class="strong under-2">{words.couldGo}</h3>
      {free.length === 0 ? <p class="small muted">{words.nobodyCouldGo}</p> : null}
      <ol class="dispatch">
        {free.map((one, nth) => (
          <li key={one.post} class="dispatch-row">
            <span class="row-words">
              <b class="row-title">
                {`${nth + 1}. `}
                <Name of={`${shortName(one.unit)} ${one.title}`} />
              </b>
              <span class="row-line">
                {one.isOnDuty ? words.onDutyNow : words.offDuty} · {words.inHand(one.inHand)}
              </span>
            </span>
            <SendButton
              of={one}
              isFirst={one === first}
              isBusy={props.isBusy}
              send={() => void props.send(one, false)}
            />
          </li>
        ))}
      </ol>
    </div>
  )
}

/** The first of them is where the key leads to, and the one filled button of the room. */
function SendButton(props: { of: Could; isFirst: boolean; isBusy: boolean; send: () => void }) {
  const words = useCentreWords()
  const { unit, title } = props.of
  return (
    <span class="dispatch-act" data-first={props.isFirst || undefined}>
      <Button
        kind={props.isFirst ? 'primary' : 'plain'}
        icon={Send}
        busy={props.isBusy}
        label={words.dispatchTo(unit, title)}
        onClick={props.send}
      >
        {words.dispatch}
      </Button>
    </span>
  )
}

/** A second one is not sent without a second look. */
function Going(props: {
  refusal: Refusal | null
  whom: Could | null
  send: (whom: Could, anyway: boolean) => Promise<void>
  forget: () => void
}) {
  const words = useCentreWords()
  const { ui } = useWorkWords()
  const language = useLanguage()
  const { refusal, whom } = props
  return (
    <Dialog
      open={refusal !== null}
      onClose={props.forget}
      title={words.goingTitle}
      acts={
        <>
          <Button onClick={props.forget}>{ui.notNow}</Button>
          <Button kind="primary" onClick={() => whom && void props.send(whom, true)}>
            {words.sendAnyway}
          </Button>
        </>
      }
    >
      <p>{refusal?.who ? words.goingLine(refusal.who) : refusal?.sentence[language]}</p>
    </Dialog>
  )
}

/** The address stands in the task. Who steps in with a reason is concerned in it from then on. */
function Concern(props: {
  one: OneMatter
  act: (step: Step) => Promise<boolean>
  isBusy: boolean
  refusal: Refusal | null
  forget: () => void
}) {
  const words = useCentreWords()
  const { one } = props
  const [isOpen, setOpen] = useState(false)
  if (one.isConcerned) {
    return (
      <p class="flow">
        <LinkButton href={`/desk/tasks/${one.task}`} icon={ArrowUpRight}>
          {words.openTask}
        </LinkButton>
      </p>
    )
  }
  return (
    <div class="stack stack-tight">
      <p class="note">{words.addressApart}</p>
      {one.state === 'closed' ? null : (
        <div class="flow">
          <Button icon={Eye} className="key-oversee" onClick={() => setOpen(true)}>
            {words.oversee}
          </Button>
        </div>
      )}
      <OverseeDialog
        isOpen={isOpen}
        close={() => {
          props.forget()
          setOpen(false)
        }}
        {...props}
      />
    </div>
  )
}

function OverseeDialog(props: {
  isOpen: boolean
  close: () => void
  act: (step: Step) => Promise<boolean>
  isBusy: boolean
  refusal: Refusal | null
}) {
  const words = useCentreWords()
  const { ui } = useWorkWords()
  const [why, setWhy] = useState('')
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const save = async () => {
    if (why.trim() === '') return setProblem(words.overseeWhyMissing)
    setProblem(undefined)
    if (await props.act({ act: 'oversee', words: why.trim() })) props.close()
  }
  return (
    <Dialog
      open={props.isOpen}
      onClose={props.close}
      title={words.overseeTitle}
      acts={
        <>
          <Button onClick={props.close}>{ui.cancel}</Button>
          <Button kind="primary" busy={props.isBusy} onClick={() => void save()}>
            {words.oversee}
          </Button>
        </>
      }
    >
      <p class="small">{words.overseeLine}</p>
      <TextField
        rows={3}
        name="why"
        label={words.overseeWhy}
        help={words.overseeWhyHelp}
        problem={problem}
        required
        maxLength={200}
        value={why}
        onInput={setWhy}
      />
      <RefusalStrip refusal={props.refusal} />
    </Dialog>
  )
}
