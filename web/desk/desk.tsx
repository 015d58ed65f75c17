import type { ComponentChildren } from 'preact'
import { Cpu, FlaskConical, ListTodo, User } from 'lucide'
import { DeskFrame, type ColumnKind } from '../ui/frames.tsx'
import { Strips } from '../shell/strips.tsx'
import { useWords } from '../shell/words.tsx'

/** The frame of every desk page. `at`: the door one stands in. */
export function Desk(props: {
  at: '/desk' | '/desk/devices' | '/desk/scenarios' | '/desk/me'
  shows: ColumnKind
  /** What is printed goes from edge to edge: nothing may stand above it. */
  isSheet?: boolean | undefined
  children: ComponentChildren
}) {
  const words = useWords()
  return (
    <DeskFrame
      skipWords={words.ui.skipToContent}
      navigationWords={words.ui.mainNavigation}
      brandWords={words.ui.product}
      strip={
        <div class={props.isSheet ? 'no-print' : undefined}>
          <Strips />
        </div>
      }
      shows={props.shows}
      doors={[
        {
          href: '/desk',
          words: words.tasks.door,
          icon: ListTodo,
          current: props.at === '/desk',
        },
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
