import type { ComponentChildren } from 'preact'

/** One kind of widget on a sheet of the gallery. */
export function Group(props: { name: string; children: ComponentChildren }) {
  return (
    <section class="sheet-group stack">
      <h3 class="note">{props.name}</h3>
      {props.children}
    </section>
  )
}
