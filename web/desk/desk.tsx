import type { ComponentChildren } from 'preact'
import {
  BookUser,
  CalendarClock,
  Cpu,
  FlaskConical,
  LayoutGrid,
  ListTodo,
  User,
  type IconNode,
} from 'lucide'
import type { whoAmI } from '../../src/desks/identity/api.ts'
import { DeskFrame, type ColumnKind } from '../ui/frames.tsx'
import { useFirst } from '../shell/shell.tsx'
import { Strips } from '../shell/strips.tsx'
import { OutboxStrip } from './outbox-strip.tsx'
import { useWorkWords } from '../shell/words.tsx'

export type DeskDoor =
  | '/desk'
  | '/desk/shift'
  | '/desk/register'
  | '/desk/devices'
  | '/desk/scenarios'
  | '/desk/me'

/** The frame of every desk page. `at`: the door one stands in. */
export function Desk(props: {
  at: DeskDoor
  shows: ColumnKind
  /** What is printed goes from edge to edge: nothing may stand above it. */
  isSheet?: boolean | undefined
  children: ComponentChildren
}) {
  const words = useWorkWords()
  const doors = useDoors(props.at)
  return (
    <DeskFrame
      skipWords={words.ui.skipToContent}
      navigationWords={words.ui.mainNavigation}
      brandWords={words.ui.product}
      strip={
        <div>
          <Strips />
          <OutboxStrip />
        </div>
      }
      isSheet={props.isSheet}
      shows={props.shows}
      doors={doors}
    >
      {props.children}
    </DeskFrame>
  )
}

/** Whoever keeps the register, and whoever has the duty seat, has a door more. */
function useDoors(at: DeskDoor) {
  const words = useWorkWords()
  const me = useFirst<typeof whoAmI>('/identity/me', {}).result.value
  const role = me?.ok === true ? me.answer.role : null
  const isOfficer = role === 'street'
  const door = (href: DeskDoor, said: string, icon: IconNode) => {
    return { href, words: said, icon, current: at === href }
  }
  return [
    door('/desk', words.tasks.door, ListTodo),
    door('/desk/shift', words.duties.door, CalendarClock),
    ...(isOfficer || role === 'committee'
      ? [door('/desk/register', words.ui.register, BookUser)]
      : []),
    door('/desk/devices', words.sensing.devicesTitle, Cpu),
    door('/desk/scenarios', words.ui.rules, FlaskConical),
    ...(isOfficer
      ? [{ href: '/centre', words: words.ui.centre, icon: LayoutGrid, wide: true }]
      : []),
    { ...door('/desk/me', words.ui.me, User), last: true },
  ]
}
