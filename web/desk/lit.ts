import type { Output } from '../../src/kernel/endpoint.ts'
import type { PlaceCode } from '../../src/kernel/ids.ts'
import type { stairGrid } from '../../src/ground/places/api.ts'
import type { WorkWords } from '../words/work.ts'
import { isAlarm, type Row } from './wording.ts'
import type { Work } from './work.ts'

export type Grid = Output<typeof stairGrid>
export type GridStair = Grid['stairs'][number]
export type Tone = 'amber' | 'signal' | 'unknown'

/** My open tasks, by deadline; on a page of one task without the list, that one. */
export function litTasks(work: Work): readonly Row[] {
  const list = work.mine.result.value
  if (list?.ok) return list.answer.tasks
  const one = work.one.result.value
  return one?.ok && one.answer.next.length > 0 ? [one.answer] : []
}

/** The place whose house is drawn: a home, a stair, a compound. What is wider has none. */
export function spotOf(task: Pick<Row, 'place'> | undefined): PlaceCode | undefined {
  return task?.place && task.place.compound !== null ? task.place.place : undefined
}

/** Whether a task is about exactly this place; a gateway is nobody’s home and no stair’s matter. */
export function isAt(task: Row, place: PlaceCode): boolean {
  return task.facts.gateway === null && task.place?.place === place
}

/** Whether a task is about something in the stair, or about the stair itself. */
function isIn(task: Row, { place }: GridStair): boolean {
  return `${task.place?.place ?? ''}-`.startsWith(`${place}-`)
}

/** A gateway is nobody's home: my task of it stands under its stair and lights no home. */
export function gatewayTask(stair: GridStair, lit: readonly Row[]): Row | undefined {
  return lit.find((task) => task.facts.gateway !== null && isIn(task, stair))
}

/** The tasks that are to be seen: one for each square, the first by deadline. */
export function drawn(grid: Grid, lit: readonly Row[], shown: Row): readonly Row[] {
  const { stairs } = grid
  const seen =
    grid.building === null
      ? [lit.find(({ task }) => task === shown.task), ...stairs.map((one) => taskIn(one, lit))]
      : stairs.flatMap((stair) => [
          gatewayTask(stair, lit),
          ...[stair.place, ...stair.homes.map(({ home }) => home)].map((place) =>
            lit.find((task) => isAt(task, place)),
          ),
        ])
  return seen.filter((task) => task !== undefined)
}

export function taskIn(stair: GridStair, lit: readonly Row[]): Row | undefined {
  return lit.find((task) => isIn(task, stair))
}

export function toneOf(task: Row, isLate: boolean): Tone {
  if (task.kind === 'device-repair') return 'unknown'
  return isLate || isAlarm(task) ? 'signal' : 'amber'
}

/** The few letters that a square has room for. */
export function cellWord(task: Row, isLate: boolean, { tasks }: WorkWords): string {
  if (isLate && task.kind !== 'device-repair') return tasks.lateCell
  if (isAlarm(task)) return tasks.alarmCell
  return tasks.cell(task.kind)
}
