import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/**
 * The sentence that opens a page. `step` counts what the person has done here: after each act the
 * focus goes to the sentence that says what has become of it. News from elsewhere moves no focus.
 */
export function Headline(props: {
  step: number
  /** 2: of a part that came in place of another. */
  level?: 1 | 2 | undefined
  children: ComponentChildren
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  const Tag = props.level === 2 ? 'h2' : 'h1'
  useEffect(() => {
    if (props.step > 0) heading.current?.focus()
  }, [props.step])
  return (
    <Tag class={props.level === 2 ? 'title headline' : 'head headline'} ref={heading} tabIndex={-1}>
      {props.children}
    </Tag>
  )
}
