import { useState } from 'preact/hooks'
import { Tag } from 'lucide'
import type { stairGrid } from '../../src/ground/places/api.ts'
import type { Instant } from '../../src/kernel/clock.ts'
import type { PlaceCode } from '../../src/kernel/ids.ts'
import { Unanswered } from '../shell/unanswered.tsx'
import { useFirst, useNow } from '../shell/shell.tsx'
import { useDeskWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Heading } from '../ui/card.tsx'
import { Legend } from '../ui/charts.tsx'
import { LanePicture } from '../ui/lane-picture.tsx'
import {
  StairGrid,
  type HomeCell,
  type Stair,
  type StairFoot,
  type StairLit,
} from '../ui/stairs.tsx'
import { formatList } from '../words/format.ts'
import type { WorkWords } from '../words/work.ts'
import { CareCount, LayerSwitch, ofLayer, useDeviceFeet, type Layer } from './layers.tsx'
import { CompoundGrid } from './compound.tsx'
import {
  cellWord,
  drawn,
  gatewayTask,
  isAt,
  litTasks,
  spotOf,
  toneOf,
  type Grid,
  type GridStair,
} from './lit.ts'
import { downFor, isLate, type Row } from './wording.ts'
import type { Work } from './work.ts'

/** The house of the open task, or of the most urgent one. */
export function Stairs(props: { work: Work }) {
  return <StairsOf work={props.work} level={2} />
}

/**
 * Stair × floor. Only homes and stairs with an open task of mine are lit: of the others nothing is
 * said. A matter of a whole compound shows its stairs.
 */
export function StairsOf(props: { work: Work; level: 2 | 3 }) {
  const { work } = props
  const words = useWorkWords().places
  const [layer, pick] = useState<Layer>('tasks')
  const all = litTasks(work)
  const lit = ofLayer(layer, all)
  const list = work.mine.result.value
  const one = work.one.result.value
  const open = one?.ok ? one.answer : undefined
  const shown = work.taskId === null ? all.find((task) => spotOf(task)) : open
  const spot = spotOf(shown)
  const grid = useFirst<typeof stairGrid>('/places/stairs', spot ? { place: spot } : null)
  const feet = useDeviceFeet(spot, layer === 'devices')
  const feetOf = layer === 'devices' ? feet : null
  const { devicesShared } = useDeskWords()
  const result = grid.result.value
  if (!shown || !spot) {
    if (open || all.length > 0) return <NoHouse says={words.gridNowhere} />
    return list?.ok ? <NoHouse says={words.gridEmpty} /> : null
  }
  // the plan of a house is for those who know it: the others have the address
  if (result?.ok === false && result.refusal.fault === 'not-allowed') return null
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={grid.again} />
  const { building, compound } = result.answer
  return (
    <section class="house">
      <Heading
        level={props.level}
        aside={building === null ? null : <span class="note">{compound}</span>}
      >
        {building === null ? words.compoundTitle(compound) : words.gridTitle(building)}
      </Heading>
      {building === null ? (
        <CompoundGrid grid={result.answer} lit={lit} shown={shown} work={work} />
      ) : (
        <>
          <LayerSwitch layer={layer} pick={pick} />
          <GridOf grid={result.answer} lit={lit} work={work} feetOf={feetOf} />
        </>
      )}
      <Explained grid={result.answer} lit={lit} shown={shown} />
      {layer === 'care' ? <CareCount spot={spot} /> : null}
      {layer === 'devices' ? <p class="note above-1">{devicesShared}</p> : null}
      <TagsLink spot={spot} />
    </section>
  )
}

/** Tags for the doors of the stair that is shown. */
function TagsLink(props: { spot: PlaceCode }) {
  const words = useDeskWords()
  const stair = props.spot.split('-').slice(0, stairParts)
  if (stair.length < stairParts) return null
  return (
    <div class="above-2 out-left">
      <LinkButton kind="quiet" icon={Tag} href={`/desk/tags/${stair.join('-')}`}>
        {words.tagsOpen}
      </LinkButton>
    </div>
  )
}
/** Of a place's code: neighbourhood, compound, stair. */
const stairParts = 3

/** What the paints mean, and what is not said. */
function Explained(props: { grid: Grid; lit: readonly Row[]; shown: Row }) {
  const { grid, lit, shown } = props
  const words = useWorkWords().places
  const language = useLanguage()
  const now = useNow()
  const isWhole = grid.building === null
  const tones = new Set(drawn(grid, lit, shown).map((task) => toneOf(task, isLate(task, now))))
  const down = isWhole
    ? []
    : grid.stairs
        .filter((stair) => gatewayTask(stair, lit))
        .map((stair) => words.stair(stair.number))
  const unknown = down.length > 0 ? words.gatewayDown : words.deviceUnknown
  return (
    <>
      <div class="above-4">
        <Legend
          items={[
            ...(tones.has('amber') ? [{ paint: 'amber' as const, words: words.inHand }] : []),
            ...(tones.has('signal') ? [{ paint: 'signal' as const, words: words.urgent }] : []),
            ...(tones.has('unknown') ? [{ paint: 'unknown' as const, words: unknown }] : []),
            { paint: 'none', words: isWhole ? words.otherStairs : words.others },
          ]}
        />
      </div>
      <p class="note above-2">{isWhole ? words.compoundOnlyMine : words.gridOnlyMine}</p>
      {down.length > 0 ? (
        <p class="note">{words.gatewayUnknown(formatList(down, language))}</p>
      ) : null}
    </>
  )
}

/** Nothing to do; or a matter of the whole neighbourhood, or of a place that nobody registered. */
function NoHouse(props: { says: string }) {
  return (
    <div class="stack">
      <LanePicture />
      <p class="note">{props.says}</p>
    </div>
  )
}

function GridOf(props: {
  grid: Grid
  lit: readonly Row[]
  work: Work
  /** What stands under a stair where nothing of mine does. */
  feetOf: ((stair: GridStair) => StairFoot | undefined) | null
}) {
  const { grid, lit, work, feetOf } = props
  const words = useWorkWords()
  const { devicesFoot } = useDeskWords()
  const now = useNow()
  const highest = Math.max(
    1,
    ...grid.stairs.flatMap(({ homes }) => homes.map((home) => home.floor)),
  )
  const isOpen = ({ task }: Row) => work.taskId === task
  const cellOf = ({ home, room }: GridStair['homes'][number]): HomeCell => {
    const task = lit.find((one) => isAt(one, home))
    return task ? litCell(task, room, isOpen(task), now, words) : { home: room, tone: 'blank' }
  }
  const stairs: Stair[] = grid.stairs.map((stair) => ({
    name: words.places.stair(stair.number),
    floors: floorsDown(Math.max(1, ...stair.homes.map((home) => home.floor))).map((floor) =>
      stair.homes.filter((home) => home.floor === floor).map(cellOf),
    ),
    lit: litStair(
      lit.find((one) => isAt(one, stair.place)),
      isOpen,
      now,
      words,
    ),
    foot: footOf(gatewayTask(stair, lit), isOpen, now, words) ?? feetOf?.(stair),
  }))
  return (
    <StairGrid
      label={words.places.gridLabel}
      floorNames={floorsDown(highest).map(words.places.floor)}
      footName={
        stairs.some((stair) => stair.foot)
          ? feetOf
            ? devicesFoot
            : words.places.gateways
          : undefined
      }
      stairs={stairs}
    />
  )
}

type IsOpen = (task: Row) => boolean

function litStair(
  task: Row | undefined,
  isOpen: IsOpen,
  now: Instant,
  { tasks }: WorkWords,
): StairLit | undefined {
  return task
    ? {
        words: tasks.badge(task.rule, task.kind),
        tone: toneOf(task, isLate(task, now)),
        href: `/desk/tasks/${task.task}`,
        current: isOpen(task),
      }
    : undefined
}

function footOf(
  task: Row | undefined,
  isOpen: IsOpen,
  now: Instant,
  words: WorkWords,
): StairFoot | undefined {
  return task
    ? {
        words: downFor(task.facts, now, words),
        tone: 'unknown',
        href: `/desk/tasks/${task.task}`,
        current: isOpen(task),
      }
    : undefined
}

function litCell(
  task: Row,
  room: string,
  isOpen: boolean,
  now: Instant,
  words: WorkWords,
): HomeCell {
  const late = isLate(task, now)
  return {
    home: room,
    word: cellWord(task, late, words),
    tone: toneOf(task, late),
    href: `/desk/tasks/${task.task}`,
    current: isOpen,
  }
}

function floorsDown(highest: number): number[] {
  return Array.from({ length: highest }, (_, at) => highest - at)
}
