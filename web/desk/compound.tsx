import { useNow } from '../shell/shell.tsx'
import { useWorkWords } from '../shell/words.tsx'
import { Cell } from '../ui/stairs.tsx'
import { joined } from '../ui/icon.tsx'
import { cellWord, taskIn, toneOf, type Grid, type GridStair } from './lit.ts'
import { isLate, type Row } from './wording.ts'
import type { Work } from './work.ts'

/**
 * A compound stair by stair. A stair is lit where an open task of mine is in it; of the others only
 * how many homes they have is said.
 */
export function CompoundGrid(props: {
  grid: Grid
  lit: readonly Row[]
  /** The task whose place the compound is. */
  shown: Row
  work: Work
}) {
  const { grid, lit, shown } = props
  const words = useWorkWords()
  const now = useNow()
  const isOpen = lit.some(({ task }) => task === shown.task)
  const names = [...new Set(grid.stairs.map(({ building }) => building))]
  const buildings = names.map(
    (name) => [name, grid.stairs.filter(({ building }) => building === name)] as const,
  )
  return (
    <div class={joined('compound', isOpen && `compound-${toneOf(shown, isLate(shown, now))}`)}>
      {isOpen ? (
        <p class="small-strong">
          {words.places.wholeCompound(words.tasks.badge(shown.rule, shown.kind))}
        </p>
      ) : null}
      {buildings.map(([building, stairs]) => (
        <section key={building} aria-label={building}>
          <p class="note under-1">{building}</p>
          <ul class="compound-stairs">
            {stairs.map((stair) => (
              <li key={stair.place}>
                <StairCell {...props} stair={stair} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {buildings.length === 0 ? <p class="note">{words.places.compoundEmpty}</p> : null}
    </div>
  )
}

function StairCell(props: { stair: GridStair; lit: readonly Row[]; work: Work }) {
  const { stair, work } = props
  const words = useWorkWords()
  const now = useNow()
  const task = taskIn(stair, props.lit)
  const home = words.places.stair(stair.number)
  const count = words.places.homes(stair.homeCount)
  if (!task) return <Cell cell={{ home, word: count, tone: 'blank' }} />
  const late = isLate(task, now)
  return (
    <Cell
      cell={{
        home,
        word: words.places.litStair(cellWord(task, late, words), count),
        tone: toneOf(task, late),
        href: `/desk/tasks/${task.task}`,
        current: work.taskId === task.task,
      }}
    />
  )
}
