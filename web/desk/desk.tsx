import type { ComponentChildren } from 'preact'
import { BookUser, CalendarClock, Cpu, FlaskConical, LayoutGrid, ListTodo, User } from 'lucide'
import type { whoAmI } from '../../src/desks/identity/api.ts'
import { DeskFrame, type ColumnKind } from '../ui/frames.tsx'
import { useFirst } from '../shell/shell.tsx'
import { Strips } from '../shell/strips.tsx'
import { OutboxStrip } from './outbox-strip.tsx'
import { useWords } from '../shell/words.tsx'

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
  const words = useWords()
  const me = useFirst<typeof whoAmI>('/identity/me', {}).result.value
  const isKeeper = me?.ok === true && ['street', 'committee'].includes(me.answer.role)
  const isOfficer = me?.ok === true && me.answer.role === 'street'
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
      doors={[
        {
          href: '/desk',
          words: words.tasks.door,
          icon: ListTodo,
          current: props.at === '/desk',
        },
        {
          href: '/desk/shift',
          words: words.duties.door,
          icon: CalendarClock,
          current: props.at === '/desk/shift',
        },
        ...(isKeeper
          ? [
              {
                href: '/desk/register',
                words: words.ui.register,
                icon: BookUser,
                current: props.at === '/desk/register',
              },
            ]
          : []),
        {
          href: '/desk/devices',
          words: words.sensing.devicesTitle,
          icon: Cpu,
          current: props.at === '/desk/devices',
        },
        {
          href: '/desk/scenarios',
          words: words.ui.rules,
          icon: FlaskConical,
          current: props.at === '/desk/scenarios',
        },
        ...(isOfficer ? [{ href: '/centre', words: words.ui.centre, icon: LayoutGrid }] : []),
        {
          href: '/desk/me',
          words: words.ui.me,
          icon: User,
          current: props.at === '/desk/me',
          last: true,
        },
      ]}
    >
      {props.children}
    </DeskFrame>
  )
}
