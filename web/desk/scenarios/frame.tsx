import type { ComponentChildren } from 'preact'
import { useScenarioWords, useWorkWords } from '../../shell/words.tsx'
import { Column, Views } from '../../ui/frames.tsx'
import { Desk } from '../desk.tsx'

/** The frame of the rules' pages; `rule`: of one rule, with its two pages beside each other. */
export function ScenariosFrame(props: {
  label: string
  rule?: string
  at?: 'rule' | 'history'
  children: ComponentChildren
}) {
  const words = useScenarioWords()
  const { ui } = useWorkWords()
  const { rule, at } = props
  return (
    <Desk at="/desk/scenarios" shows="main">
      <Column kind="main" label={props.label}>
        {rule === undefined ? null : (
          <Views
            label={words.workshopTitle}
            views={[
              { href: '/desk/scenarios', words: ui.rules },
              {
                href: `/desk/scenarios/${rule}`,
                words: words.tabs.rule,
                current: at === 'rule',
              },
              {
                href: `/desk/scenarios/${rule}/history`,
                words: words.tabs.history,
                current: at === 'history',
              },
            ]}
          />
        )}
        {props.children}
      </Column>
    </Desk>
  )
}
