import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { TriangleAlert } from 'lucide'
import { Icon, joined } from './icon.tsx'

export type CellTone = 'blank' | 'jade' | 'amber' | 'signal' | 'unknown'

/** One home: a number and, where it is lit, a word. Nothing is said by colour alone. */
export type HomeCell = {
  home: string
  word?: string | undefined
  tone?: CellTone | undefined
  href?: string | undefined
  current?: boolean | undefined
  /** The asker's own home: ringed. */
  own?: boolean | undefined
}

/** `before` is said, not shown, ahead of the home: the stair it belongs to. */
export function Cell(props: {
  cell: HomeCell
  before?: string | undefined
  onOpen?: ((event: MouseEvent) => void) | undefined
}) {
  const { cell } = props
  const face = joined(
    'cell',
    cell.tone !== undefined && cell.tone !== 'blank' && `cell-${cell.tone}`,
    cell.own && 'cell-own',
  )
  const inside = (
    <>
      {props.before === undefined ? null : <span class="visually-hidden">{props.before} </span>}
      {cell.home} {cell.word ? <span class="cell-word">{cell.word}</span> : null}
    </>
  )
  if (cell.href === undefined) return <span class={face}>{inside}</span>
  return (
    <a
      class={face}
      href={cell.href}
      aria-current={cell.current || undefined}
      onClick={props.onOpen}
    >
      {inside}
    </a>
  )
}

/**
 * A stair: its homes floor by floor, the top first; what stands under it, such as its gateway.
 * `lit`: the stair as a whole is the place of something; of its homes that says nothing.
 */
export type Stair = {
  name: string
  floors: readonly (readonly HomeCell[])[]
  lit?: StairLit | undefined
  foot?: StairFoot | undefined
}
export type StairLit = {
  words: string
  tone: 'amber' | 'signal' | 'unknown'
  href: string
  current?: boolean | undefined
}
export type StairFoot = {
  words: string
  tone: 'jade' | 'unknown' | 'signal'
  href?: string | undefined
  current?: boolean | undefined
}

/**
 * Stair × floor, one home a cell: the spatial view that needs no map. Wider than its place, it
 * scrolls.
 */
export function StairGrid(props: {
  label: string
  /** The top first, as many as the tallest stair has. */
  floorNames: readonly string[]
  footName?: string | undefined
  stairs: readonly Stair[]
  onOpen?: ((cell: HomeCell, event: MouseEvent) => void) | undefined
}) {
  const place = useRef<HTMLDivElement>(null)
  // once for each home looked at: whoever scrolls away by hand is not pulled back
  useEffect(() => bringIntoSight(place.current), [currentOf(props.stairs)])
  return (
    <div class="stairs-scroll" role="region" aria-label={props.label} tabIndex={0} ref={place}>
      <table class="stairs">
        <thead>
          <tr>
            <td class="stairs-floor" />
            {props.stairs.map((stair) => (
              <th key={stair.name} class="stairs-first" scope="colgroup" colSpan={widest(stair)}>
                {stair.lit ? <LitHead name={stair.name} lit={stair.lit} /> : stair.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.floorNames.map((name, floor) => (
            <tr key={name}>
              <th class="stairs-floor" scope="row">
                {name}
              </th>
              {props.stairs.map((stair) =>
                homesOf(stair, floor, props.floorNames.length, props.onOpen),
              )}
            </tr>
          ))}
        </tbody>
        {props.footName === undefined ? null : <Foot name={props.footName} stairs={props.stairs} />}
      </table>
    </div>
  )
}

function LitHead(props: { name: string; lit: StairLit }) {
  const { lit } = props
  return (
    <a
      class={`stairs-lit-head cell-${lit.tone}`}
      href={lit.href}
      aria-current={lit.current || undefined}
    >
      {props.name}{' '}
      <span class="cell-word">
        {lit.tone === 'signal' ? <Icon of={TriangleAlert} small /> : null}
        {lit.words}
      </span>
    </a>
  )
}

function Foot(props: { name: string; stairs: readonly Stair[] }) {
  return (
    <tfoot>
      <tr>
        <th class="stairs-floor" scope="row">
          {props.name}
        </th>
        {props.stairs.map((stair) => (
          <td key={stair.name} class="stairs-first" colSpan={widest(stair)}>
            {stair.foot ? <FootCell foot={stair.foot} before={stair.name} /> : null}
          </td>
        ))}
      </tr>
    </tfoot>
  )
}

function FootCell(props: { foot: StairFoot; before: string }) {
  const { foot } = props
  const face = `stairs-foot-cell stairs-foot-${foot.tone}`
  if (foot.href === undefined) return <div class={face}>{foot.words}</div>
  return (
    <a class={face} href={foot.href} aria-current={foot.current || undefined}>
      <span class="visually-hidden">{props.before} </span>
      {foot.words}
    </a>
  )
}

/** A stair lower than the tallest stands on the same ground: its upper floors are air. */
function homesOf(
  stair: Stair,
  floor: number,
  floors: number,
  onOpen: ((cell: HomeCell, event: MouseEvent) => void) | undefined,
): ComponentChildren {
  const homes = stair.floors[floor - (floors - stair.floors.length)] ?? []
  return Array.from({ length: widest(stair) }, (_, at) => {
    const cell = homes[at]
    return (
      <td
        key={`${stair.name} ${at}`}
        class={
          joined(at === 0 && 'stairs-first', stair.lit && `stairs-lit-${stair.lit.tone}`) ||
          undefined
        }
      >
        {cell ? (
          <Cell
            cell={cell}
            before={cell.href === undefined ? undefined : stair.name}
            onOpen={onOpen && ((event) => onOpen(cell, event))}
          />
        ) : null}
      </td>
    )
  })
}

function currentOf(stairs: readonly Stair[]): string | undefined {
  for (const stair of stairs) {
    if (stair.foot?.current) return `${stair.name} foot`
    if (stair.lit?.current) return stair.name
    const cell = stair.floors.flat().find((one) => one.current)
    if (cell) return `${stair.name} ${cell.home}`
  }
  return undefined
}

/** The home one looks at must not lie beyond the edge. Moves sideways only, never the page. */
function bringIntoSight(place: HTMLElement | null): void {
  const current = place?.querySelector<HTMLElement>('[aria-current]')
  if (!place || !current) return
  const seen = place.getBoundingClientRect()
  const { left, right } = current.getBoundingClientRect()
  if (right <= seen.right) return
  const floors = place.querySelector<HTMLElement>('.stairs-floor')?.offsetWidth ?? 0
  // a neighbour more, yet never so far that it slips under the floors' names
  const most = left - seen.left - floors - 8
  place.scrollLeft += Math.min(right - seen.right + current.offsetWidth, most)
}

function widest(stair: Stair): number {
  return Math.max(1, ...stair.floors.map((floor) => floor.length))
}
