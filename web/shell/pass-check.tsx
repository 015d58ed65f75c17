import { useEffect, useState } from 'preact/hooks'
import { CircleCheck, CircleX } from 'lucide'
import type { PlaceCode } from '../../src/kernel/ids.ts'
import type { checkPass } from '../../src/desks/identity/passes/api.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { call } from './call.ts'
import { doorWords, type DoorPlace } from './passes.ts'
import { RefusalStrip } from './strips.tsx'
import { useAct } from './shell.tsx'
import { useResidentWords, useWords } from './words.tsx'

/** The door that somebody keeps, as this browser remembers it. */
type Kept = { door: PlaceCode; words: string }
type Verdict = 'valid' | 'not-valid'

/**
 * One big word. A pass for another door is not valid here, so the door is chosen once; `place` is
 * the one that the pass is for, null where there is no such pass.
 */
export function PassCheck(props: { secret: string; place: DoorPlace }) {
  const words = useResidentWords('check')
  const [kept, setKept] = useState<Kept | null>(keptDoor)
  const [isChoosing, setChoosing] = useState(false)
  const act = useAct()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const check = (door: PlaceCode | null) =>
    act.run(async () => {
      const input = { secret: props.secret, door }
      const answer = await call<typeof checkPass>('post', '/identity/passes/check', input)
      setVerdict(answer.ok ? answer.answer.state : null)
      return answer
    })
  const isAsked = (kept === null || isChoosing) && props.place !== null
  useEffect(() => {
    if (kept || !props.place) void check(kept?.door ?? null)
  }, [])
  const choose = (door: Kept) => {
    keepDoor(door)
    setKept(door)
    setChoosing(false)
    void check(door.door)
  }
  return (
    <div class="stack stack-wide">
      {isAsked ? (
        <DoorAsked place={props.place} kept={kept} onPick={choose} />
      ) : (
        <>
          <Said verdict={verdict} />
          <RefusalStrip refusal={act.refusal} />
          {kept ? <p class="centre">{words.atDoor(kept.words)}</p> : null}
          <div class="stack">
            <Button wide busy={act.isBusy} onClick={() => void check(kept?.door ?? null)}>
              {words.again}
            </Button>
            {props.place ? (
              <Button kind="quiet" onClick={() => setChoosing(true)}>
                {words.otherDoor}
              </Button>
            ) : null}
          </div>
        </>
      )}
    </div>
  )
}

function Said(props: { verdict: Verdict | null }) {
  const words = useResidentWords('check')
  const { verdict } = props
  return (
    <div role="alert">
      {verdict === null ? null : (
        <div class={`verdict verdict-${verdict}`}>
          <Icon of={verdict === 'valid' ? CircleCheck : CircleX} />
          <p class="verdict-word">{words[verdict]}</p>
          <p>{words[`${verdict}Line`]}</p>
        </div>
      )}
    </div>
  )
}

/** The stair's door and the compound's gate of the pass that is held out. */
function DoorAsked(props: { place: DoorPlace; kept: Kept | null; onPick: (door: Kept) => void }) {
  const words = useResidentWords('check')
  const { places } = useWords()
  const doors = doorsNear(props.place).map(({ door, place }) => {
    return { door, words: doorWords(place, places) }
  })
  const kept = props.kept && !doors.some(({ door }) => door === props.kept?.door)
  const offered = kept && props.kept ? [props.kept, ...doors] : doors
  return (
    <section class="stack">
      <h2 class="title">{words.doorHead}</h2>
      {offered.map((door) => (
        <Button key={door.door} tall wide onClick={() => props.onPick(door)}>
          {door.words}
        </Button>
      ))}
      <p class="note">{words.doorHelp}</p>
    </section>
  )
}

function doorsNear(place: DoorPlace): { door: PlaceCode; place: NonNullable<DoorPlace> }[] {
  if (!place) return []
  const own = { door: place.place, place }
  if (place.stair === null) return [own]
  const gate = place.place.split('-').slice(0, 2).join('-') as PlaceCode
  return [own, { door: gate, place: { ...place, place: gate, stair: null, room: null } }]
}

const keptAs = 'lilong-door'

function keptDoor(): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keptAs) ?? 'null') as Kept | null
    return typeof kept?.door === 'string' && typeof kept.words === 'string' ? kept : null
  } catch {
    return null
  }
}

function keepDoor(door: Kept): void {
  try {
    localStorage.setItem(keptAs, JSON.stringify(door))
  } catch {
    // A browser that keeps nothing asks again.
  }
}
