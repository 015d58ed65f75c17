import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/**
 * The sentence that opens a page. `step` counts what the person has done here: after each act the
 * focus goes to the sentence that says what has become of it. News from elsewhere moves no focus.
 */
export function Headline(props: { step: number; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (props.step > 0) heading.current?.focus()
  }, [props.step])
  return (
    <h1 class="head headline" ref={heading} tabIndex={-1}>
      {props.children}
    </h1>
  )
}
