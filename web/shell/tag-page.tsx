import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { DoorOpen, Tag } from 'lucide'
import type { arriveByTag } from '../../src/desks/tasks/api.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import { Button, LinkButton } from '../ui/button.tsx'
import { State } from '../ui/state.tsx'
import { call, type Answered } from './call.ts'
import { Open } from './open-frame.tsx'
import type { Params } from './pages.ts'
import { useDeskWords, useLanguage, useWords, type DeskWords } from './words.tsx'

type Arrived = Answered<Output<typeof arriveByTag>>

/**
 * The tag at a door. Whoever has a task there says by opening it that they arrived; to everybody
 * else it says what it is, and notes nothing.
 */
export function TagPage(props: { params: Params }) {
  const { token = '' } = props.params
  const words = useDeskWords()
  const [result, setResult] = useState<Arrived | null>(null)
  const [isAsking, setAsking] = useState(false)
  const arrive = async () => {
    setAsking(true)
    setResult(await call<typeof arriveByTag>('post', '/tasks/arrive', { tag: token }))
    setAsking(false)
  }
  useEffect(() => void arrive(), [])
  return (
    <Open heading={words.tagTitle} icon={result?.ok && hasTasks(result.answer) ? DoorOpen : Tag}>
      <div class="stack" role="status">
        {isAsking ? <State kind="loading" title={words.tagArriving} /> : null}
        {result && !isAsking ? <Said result={result} again={arrive} /> : null}
      </div>
      <p>{words.tagLine}</p>
      <p class="note">{words.tagWhat}</p>
    </Open>
  )
}

function hasTasks({ tasks }: Output<typeof arriveByTag>): boolean {
  return tasks.length > 0
}

function Said(props: { result: Arrived; again: () => Promise<void> }) {
  const { result } = props
  const words = useDeskWords()
  const { ui } = useWords()
  const language = useLanguage()
  if (result.ok) return <Arrival answer={result.answer} />
  const { fault, sentence } = result.refusal
  const again = <Button onClick={() => void props.again()}>{ui.tryAgain}</Button>
  switch (fault) {
    case 'not-signed-in':
    case 'not-allowed':
      return <p class="strong">{words.tagSignIn}</p>
    case 'not-found':
    case 'bad-input':
      return <Line title={words.tagUnknown} line={words.tagUnknownLine} />
    case 'offline':
      return <State kind="offline" title={ui.offline} line={sentence[language]} act={again} />
    default:
      return <State kind="failed" title={ui.failed} line={sentence[language]} act={again} />
  }
}

function Arrival(props: { answer: Output<typeof arriveByTag> }) {
  const { place, tasks } = props.answer
  const words = useDeskWords()
  const { places } = useWords()
  const said = place ? places.spot(place) : places.unknownPlace
  if (tasks.length === 0) return <Line title={words.tagNothing(said)} line={words.tagNothingLine} />
  return (
    <Line title={words.tagArrived(said)} line={words.tagArrivedLine}>
      {tasks.map(({ task, state }, at) => (
        <LinkButton
          key={task}
          kind={at === 0 ? 'primary' : 'plain'}
          tall
          wide
          href={`/desk/tasks/${task}`}
        >
          {leadOf(state, words)}
        </LinkButton>
      ))}
    </Line>
  )
}

function leadOf(state: string, words: DeskWords): string {
  return state === 'at-the-door' ? words.tagFill : words.tagToTask
}

function Line(props: { title: string; line: string; children?: ComponentChildren }) {
  return (
    <div class="stack">
      <h2 class="title">{props.title}</h2>
      <p>{props.line}</p>
      {props.children}
    </div>
  )
}
