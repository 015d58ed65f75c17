import { useEffect, useRef, useState } from 'preact/hooks'
import type {
  oneMatter,
  pulse as pulseContract,
  streetNow,
} from '../../src/outlook/overview/api.ts'
import type { TaskId } from '../../src/kernel/ids.ts'
import type { Params } from '../shell/pages.ts'
import { useFirst } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useCentreWords } from '../shell/words.tsx'
import { Below } from './below.tsx'
import { Centre } from './frame.tsx'
import { HeadNumbers, OnDuty } from './head-numbers.tsx'
import { useStreet } from './live.ts'
import { KeysDialog, useKeys } from './keys.tsx'
import { MatterList, type Choose } from './matter-list.tsx'
import { MatterZone } from './matter-zone.tsx'
import { byUrgency, type StreetNow } from './matters.ts'
import { Tiles } from './tiles.tsx'

/** Where a duty officer works: what is open, where, who goes, what runs out. */
export function CentrePage(props: { params: Params }) {
  const words = useCentreWords()
  const named = (props.params.task ?? null) as TaskId | null
  const street = useFirst<typeof streetNow>('/overview/street', {})
  const pulse = useFirst<typeof pulseContract>('/overview/pulse', {})
  const answer = street.result.value
  const { chosen, choose } = useChosen(named, answer?.ok ? answer.answer : null)
  const one = useFirst<typeof oneMatter>(
    '/overview/matter',
    chosen === null ? null : { task: chosen },
  )
  const keys = useKeys(chosen)
  useEffect(() => {
    // one that was open before may have moved on since
    if (chosen !== null && one.result.peek() !== null) void one.again()
  }, [chosen])
  const again = async () => {
    await Promise.all([street.again(), one.again()])
  }
  useStreet(async () => {
    await again()
    await pulse.again()
  })
  if (!answer?.ok) {
    return (
      <Centre at="/centre" className="room-plain" title={words.title}>
        <Unanswered refusal={answer?.refusal} again={street.again} />
      </Centre>
    )
  }
  const now = answer.answer
  return (
    <Centre
      at="/centre"
      className="room-seat"
      title={words.titleOf(now.name)}
      openKeys={keys.open}
      under={<OnDuty street={now} />}
      beside={<HeadNumbers street={now} />}
    >
      <MatterList street={now} chosen={chosen} choose={choose} />
      <Tiles street={now} />
      <MatterZone one={one} chosen={chosen} street={now} again={again} />
      <Below street={now} pulse={pulse} again={street.again} />
      <KeysDialog keys={keys} />
    </Centre>
  )
}

/** From here on the chosen matter stands beside the list. */
const wide = '(min-width: 1200px)'

/**
 * The chosen matter is the address's. Where none is named, a wide screen shows the most urgent one
 * and stays with it: what one is about to act on does not change under one's hand.
 */
function useChosen(named: TaskId | null, street: StreetNow | null) {
  const [chosen, setChosen] = useState(named)
  const isPicked = useRef(named !== null)
  useEffect(() => {
    if (isPicked.current || chosen !== null || !street || !matchMedia(wide).matches) return
    const [first] = byUrgency(street.matters, street.now)
    if (first) setChosen(first.task)
  }, [street])
  useEffect(() => {
    const follow = () => {
      isPicked.current = true
      setChosen(taskIn(location.pathname))
    }
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [])
  const choose: Choose = (task, event) => {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    isPicked.current = true
    if (task !== taskIn(location.pathname)) history.pushState(null, '', `/centre/matters/${task}`)
    setChosen(task)
    if (!matchMedia(wide).matches) document.getElementById('matter')?.scrollIntoView()
  }
  return { chosen, choose }
}

function taskIn(path: string): TaskId | null {
  return (/^\/centre\/matters\/([^/]+)$/.exec(path)?.[1] ?? null) as TaskId | null
}
