import type { ComponentChildren } from 'preact'
import { ChevronRight, Eye } from 'lucide'
import { Icon, joined, type IconNode } from './icon.tsx'

/** A white sheet on the paper. `bare`: without its padding; `sunk`: paper on white. */
export function Card(props: {
  label?: string | undefined
  bare?: boolean | undefined
  sunk?: boolean | undefined
  children: ComponentChildren
}) {
  const face = joined('card', props.bare && 'card-bare', props.sunk && 'card-sunk')
  if (props.label === undefined) return <div class={face}>{props.children}</div>
  return (
    <section class={face} aria-label={props.label}>
      {props.children}
    </section>
  )
}

/** A heading with something small beside it. `level` 1 is the page's own. */
const headings = { 1: 'h1', 2: 'h2', 3: 'h3' } as const

export function Heading(props: {
  level?: 1 | 2 | 3 | undefined
  line?: ComponentChildren
  aside?: ComponentChildren
  children: ComponentChildren
}) {
  const level = props.level ?? 2
  const Tag = headings[level]
  return (
    <div class="section-head">
      <div class="grow">
        <Tag class={level === 1 ? 'head' : level === 2 ? 'title' : 'strong'}>{props.children}</Tag>
        {props.line ? <p class="note">{props.line}</p> : null}
      </div>
      {props.aside ? <div class="section-aside">{props.aside}</div> : null}
    </div>
  )
}

export type Fact = { name: string; says: ComponentChildren }

/** Names and what they say, in two columns; in the elder view under each other. */
export function Facts(props: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {props.facts.flatMap((fact) => [
        <dt key={`${fact.name} name`}>{fact.name}</dt>,
        <dd key={fact.name}>{fact.says}</dd>,
      ])}
    </dl>
  )
}

/** A person's card: `why` says why it is open and that the person sees it. */
export function PersonCard(props: {
  label: string
  why: ComponentChildren
  facts: readonly Fact[]
  children?: ComponentChildren
}) {
  return (
    <Card label={props.label} sunk>
      <p class="line small-strong under-2">
        <Icon of={Eye} small />
        <span>{props.why}</span>
      </p>
      <Facts facts={props.facts} />
      {props.children}
    </Card>
  )
}

/** One big thing to press, in everyday words. Three to five of them make the elder home. */
export function Act(props: {
  icon: IconNode
  title: string
  line?: ComponentChildren
  href: string
  onOpen?: ((event: MouseEvent) => void) | undefined
}) {
  return (
    <a class="act" href={props.href} onClick={props.onOpen}>
      <Icon of={props.icon} className="act-icon" />
      <span class="row-words">
        <b class="row-title">{props.title}</b>
        {props.line ? <span class="row-line">{props.line}</span> : null}
      </span>
      <Icon of={ChevronRight} />
    </a>
  )
}

export type Key = { icon: IconNode; words: string; href: string; first?: boolean | undefined }

/** A few round doors with their words under them. */
export function Keys(props: { label: string; keys: readonly Key[] }) {
  return (
    <nav class="keys" aria-label={props.label}>
      {props.keys.map((key) => (
        <a key={key.href} class={joined('key', key.first && 'key-first')} href={key.href}>
          <span class="key-disc">
            <Icon of={key.icon} />
          </span>
          {key.words}
        </a>
      ))}
    </nav>
  )
}
