import { useEffect, useRef } from 'preact/hooks'
import { joined } from '../ui/icon.tsx'
import type { Drawn, Drawing } from './drawing.ts'

/**
 * A picture that is drawn once the page lives. What it shows stands in a table as well; `label` is
 * its one sentence. The drawing library comes with the first picture and with no other page.
 */
export function Chart(props: { drawn: Drawn; label: string; className: string }) {
  const place = useRef<HTMLDivElement>(null)
  const drawing = useRef<Drawing | null>(null)
  const newest = useRef(props.drawn)
  newest.current = props.drawn
  useEffect(() => {
    let isGone = false
    void import('./drawing.ts').then(({ openDrawing }) => {
      if (isGone || !place.current) return
      drawing.current = openDrawing(place.current)
      drawing.current.show(newest.current)
    })
    return () => {
      isGone = true
      drawing.current?.end()
      drawing.current = null
    }
  }, [])
  const key = JSON.stringify(props.drawn)
  useEffect(() => drawing.current?.show(newest.current), [key])
  return (
    <div class={joined('chart-place', props.className)} role="img" aria-label={props.label}>
      <div class="chart-fill" ref={place} aria-hidden="true" />
    </div>
  )
}
