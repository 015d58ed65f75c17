import { HeartPulse, MapPinHouse, UserRoundSearch } from 'lucide'
import type { Instant } from '../../src/kernel/clock.ts'
import { dayMs, hourMs } from '../../src/kernel/clock.ts'
import type { howProven, whoAsksToLiveHere } from '../../src/desks/identity/proving/api.ts'
import type { myCare } from '../../src/watch/care/api.ts'
import { useLive } from '../shell/live.ts'
import { useFirst, useNow, useShell } from '../shell/shell.tsx'
import { useLanguage, useResidentWords, useWords } from '../shell/words.tsx'
import { Act, Keys } from '../ui/card.tsx'
import type { IconNode } from '../ui/icon.tsx'
import { LanePicture } from '../ui/lane-picture.tsx'
import { List, Row } from '../ui/list.tsx'
import { formatDateWithWeekday } from '../words/format.ts'
import type { Words } from '../words/index.ts'
import type { ResidentWords } from '../words/resident.ts'
import { MePart, Resident, useMe, useWhomToCall } from './frame.tsx'
import { doorsOf, type Door } from './home-doors.ts'
import { ReadToMe, standingOf, type Care } from './standing.tsx'
import { StreetSwitch } from './street-switch.tsx'

/** What waits for me, what I may want to do, and the rest; three to five big things to an elder. */
export function HomePage() {
  const home = useResidentWords('home')
  const now = useNow()
  const language = useLanguage()
  const me = useMe()
  const { care, proven, asked } = useHome()
  const says = useCareLine(care)
  const waiting = waitingOf({ care, proven, asked }, useSpokenHere())
  const { view } = useShell()
  const head = home.waiting(home.greetings[partOfDay(now)], waiting.length)
  const doors = doorsOf(
    {
      isResident: Boolean(me?.place),
      isOwner: me !== undefined && !me.place,
      isActing: Boolean(me?.acting),
      careLine: says ?? home.careUnknown,
    },
    home,
  )
  return (
    <Resident>
      <div class="stack stack-wide">
        <div class="stack">
          <div class="home-top">
            <div class="grow">
              <p class="small muted">{formatDateWithWeekday(now, language)}</p>
              <h1 class="head headline">{head}</h1>
              {me === undefined ? <p>{home.accountLine}</p> : null}
            </div>
            <LanePicture />
          </div>
          <ReadToMe text={[head, ...waiting.map(({ title }) => title)].join('\n')} />
        </div>
        {waiting.length > 0 ? (
          <nav class="acts" aria-label={home.waitingHead}>
            {waiting.map((one) => (
              <Act key={one.href} {...one} />
            ))}
          </nav>
        ) : null}
        {view === 'elder' ? <ElderDoors doors={doors} /> : <Doors doors={doors} />}
        <StreetSwitch streets={proven?.streets ?? []} current={me?.street} />
      </div>
      <MePart />
    </Resident>
  )
}

/** Round keys for what one does, rows for what one looks up. */
function Doors(props: { doors: readonly Door[] }) {
  const home = useResidentWords('home')
  const keys = props.doors.filter(({ isDone }) => isDone)
  return (
    <>
      <Keys label={home.doorsHead} keys={keys.map(keyOf)} />
      <Rows doors={props.doors.filter(({ isDone }) => !isDone)} />
    </>
  )
}

/** The first ones big, the others as rows below. */
function ElderDoors(props: { doors: readonly Door[] }) {
  const home = useResidentWords('home')
  const isBig = ({ isFirst }: Door) => isFirst
  return (
    <>
      <nav class="acts" aria-label={home.doorsHead}>
        {props.doors.filter(isBig).map(({ icon, title, line, href }) => (
          <Act key={href} {...{ icon, title, line, href }} />
        ))}
      </nav>
      <Rows doors={props.doors.filter((door) => !isBig(door))} />
    </>
  )
}

function Rows(props: { doors: readonly Door[] }) {
  const home = useResidentWords('home')
  if (props.doors.length === 0) return null
  return (
    <nav aria-label={home.moreHead}>
      <List>
        {props.doors.map(({ icon, title, line, href }) => (
          <Row key={href} {...{ icon, title, line, href }} />
        ))}
      </List>
    </nav>
  )
}

function keyOf({ icon, title, href }: Door) {
  return { icon, words: title, href }
}

/** What the page has of its three askings; what was refused is not there. */
function useHome() {
  const me = useMe()
  const care = useFirst<typeof myCare>('/care/mine', me ? {} : null)
  const proven = useFirst<typeof howProven>('/identity/home', {}).result.value
  const asked = useFirst<typeof whoAsksToLiveHere>('/identity/home/asked', me ? {} : null)
  useLive('care', care.again)
  return {
    care: okOf(care.result.value),
    proven: okOf(proven),
    asked: okOf(asked.result.value),
  }
}

function okOf<T>(result: { ok: true; answer: T } | { ok: false } | null): T | undefined {
  return result?.ok ? result.answer : undefined
}

type Waiting = { icon: IconNode; title: string; line?: string; href: string }
type Here = { words: Words; home: ResidentWords['home'] }

function useSpokenHere(): Here {
  return { words: useWords(), home: useResidentWords('home') }
}

function waitingOf(
  { care, proven, asked }: ReturnType<typeof useHome>,
  { words, home }: Here,
): Waiting[] {
  const waiting: Waiting[] = []
  const plan = care?.plan
  if (plan?.is === 'agreed' && plan.question) {
    waiting.push({ icon: HeartPulse, title: words.care.askHead, href: '/care' })
  }
  if (plan?.is === 'offered') {
    waiting.push({ icon: HeartPulse, title: words.care.offerHead, href: '/care' })
  }
  if ((asked?.asked.length ?? 0) > 0) {
    waiting.push({ icon: UserRoundSearch, title: home.answerHead, href: '/my-home' })
  }
  if (proven && proven.level === 'phone') {
    const { proveHome: title, proveHomeLine: line } = home
    waiting.push({ icon: MapPinHouse, title, line, href: '/my-home' })
  }
  return waiting
}

/** How the care plan stands, in one line; undefined where it is not known here. */
function useCareLine(care: Care | undefined): string | undefined {
  const words = useWords().care
  const home = useResidentWords('home')
  const now = useNow()
  const language = useLanguage()
  const unit = useWhomToCall()?.unit ?? words.committee
  if (!care) return undefined
  switch (care.plan.is) {
    case 'offered':
    case 'refused':
      return home.careOff
    case 'calls':
      return words.callsHead(unit)
    case 'agreed': {
      const { head, time } = standingOf(care.plan, now, words, language)
      return `${head}${time ?? ''}`
    }
    default:
      return care.plan satisfies never
  }
}

function partOfDay(now: Instant): keyof ResidentWords['home']['greetings'] {
  const hour = ((now + 8 * hourMs) % dayMs) / hourMs
  if (hour >= 5 && hour < 11) return 'morning'
  if (hour >= 11 && hour < 13) return 'noon'
  return hour >= 13 && hour < 18 ? 'afternoon' : 'evening'
}
