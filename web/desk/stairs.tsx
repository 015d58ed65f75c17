import type { stairGrid } from '../../src/ground/places/api.ts'
import type { Instant } from '../../src/kernel/clock.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import { Unanswered } from '../shell/unanswered.tsx'
import { useFirst, useNow } from '../shell/shell.tsx'
import { useLanguage, useWords } from '../shell/words.tsx'
import { Heading } from '../ui/card.tsx'
import { Legend } from '../ui/charts.tsx'
import { LanePicture } from '../ui/lane-picture.tsx'
import { StairGrid, type HomeCell, type Stair, type StairFoot } from '../ui/stairs.tsx'
import { formatList } from '../words/format.ts'
import type { Words } from '../words/index.ts'
import { downFor, homeOf, isLate, type Row } from './wording.ts'
import type { Work } from './work.ts'

type Grid = Output<typeof stairGrid>

/** The house of the open task, or of the most urgent one. */
export function Stairs(props: { work: Work }) {
  return <StairsOf work={props.work} level={2} />
}

/** Stair × floor. Only homes with an open task of mine are lit: of the others nothing is said. */
export function StairsOf(props: { work: Work; level: 2 | 3 }) {
  const { work } = props
  const words = useWords().places
  const language = useLanguage()
  const lit = litTasks(work)
  const list = work.mine.result.value
  const one = work.one.result.value
  const home = one?.ok
    ? homeOf(one.answer.place)
    : lit.map((task) => homeOf(task.place)).find(Boolean)
  const grid = useFirst<typeof stairGrid>('/places/stairs', home ? { home } : null)
  const result = grid.result.value
  if (!home) return list?.ok && work.taskId === null ? <NoHouse /> : null
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={grid.again} />
  const down = result.answer.stairs
    .filter((stair) => gatewayTask(stair, lit))
    .map((stair) => words.stair(stair.number))
  return (
    <section class="house">
      <Heading level={props.level} aside={<span class="note">{result.answer.compound}</span>}>
        {words.gridTitle(result.answer.building)}
      </Heading>
      <GridOf grid={result.answer} lit={lit} work={work} />
      <div class="above-4">
        <Legend
          items={[
            { paint: 'amber', words: words.inHand },
            ...(down.length > 0 ? [{ paint: 'unknown' as const, words: words.gatewayDown }] : []),
            { paint: 'none', words: words.others },
          ]}
        />
      </div>
      <p class="note above-2">{words.gridOnlyMine}</p>
      {down.length > 0 ? (
        <p class="note">{words.gatewayUnknown(formatList(down, language))}</p>
      ) : null}
    </section>
  )
}

function NoHouse() {
  return (
    <div class="stack">
      <LanePicture />
      <p class="note">{useWords().places.gridEmpty}</p>
    </div>
  )
}

function GridOf(props: { grid: Grid; lit: readonly Row[]; work: Work }) {
  const { grid, work } = props
  const words = useWords()
  const now = useNow()
  const homes = props.lit.filter((task) => task.facts.gateway === null)
  const byHome = new Map([...homes].reverse().map((task) => [homeOf(task.place), task] as const))
  const cellOf = (home: Grid['stairs'][number]['homes'][number]): HomeCell => {
    const task = byHome.get(home.home)
    return task
      ? litCell(task, home.room, isLate(task, now), work.taskId === task.task, words)
      : { home: home.room, tone: 'blank' }
  }
  const highest = Math.max(
    1,
    ...grid.stairs.flatMap(({ homes }) => homes.map((home) => home.floor)),
  )
  const stairs: Stair[] = grid.stairs.map((stair) => ({
    name: words.places.stair(stair.number),
    floors: floorsDown(Math.max(1, ...stair.homes.map((home) => home.floor))).map((floor) =>
      stair.homes.filter((home) => home.floor === floor).map(cellOf),
    ),
    foot: footOf(gatewayTask(stair, props.lit), work, now, words),
  }))
  return (
    <StairGrid
      label={words.places.gridLabel}
      floorNames={floorsDown(highest).map(words.places.floor)}
      footName={stairs.some((stair) => stair.foot) ? words.places.gateways : undefined}
      stairs={stairs}
    />
  )
}

/** A gateway is nobody's home: my task of it stands under its stair and lights no home. */
function gatewayTask(stair: Grid['stairs'][number], lit: readonly Row[]): Row | undefined {
  return lit.find(
    ({ facts, place }) =>
      facts.gateway !== null &&
      place !== null &&
      stair.homes.some(({ home }) => `${home}-`.startsWith(`${place.place}-`)) &&
      place.stair !== null,
  )
}

function footOf(
  task: Row | undefined,
  work: Work,
  now: Instant,
  words: Words,
): StairFoot | undefined {
  return task
    ? {
        words: downFor(task.facts, now, words),
        tone: 'unknown',
        href: `/desk/tasks/${task.task}`,
        current: work.taskId === task.task,
      }
    : undefined
}

function litCell(
  task: Row,
  room: string,
  late: boolean,
  isCurrent: boolean,
  words: Words,
): HomeCell {
  const { tasks } = words
  const isCare = task.kind === 'care-visit'
  const word = late && isCare ? tasks.lateCell : isCare ? tasks.careCell : tasks.deviceCell
  return {
    home: room,
    word,
    tone: isCare ? (late ? 'signal' : 'amber') : 'unknown',
    href: `/desk/tasks/${task.task}`,
    current: isCurrent,
  }
}

/** My open tasks, by deadline; on a page of one task without the list, that one. */
function litTasks(work: Work): readonly Row[] {
  const list = work.mine.result.value
  if (list?.ok) return list.answer.tasks
  const one = work.one.result.value
  return one?.ok && one.answer.next.length > 0 ? [one.answer] : []
}

function floorsDown(highest: number): number[] {
  return Array.from({ length: highest }, (_, at) => highest - at)
}
