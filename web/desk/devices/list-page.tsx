import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { whoAmI } from '../../../src/desks/identity/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { listDevices } from '../../../src/watch/sensing/api.ts'
import { useLive } from '../../shell/live.ts'
import type { Params } from '../../shell/pages.ts'
import { useFirst } from '../../shell/shell.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useDeviceWords, useWorkWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Heading } from '../../ui/card.tsx'
import { State } from '../../ui/state.tsx'
import { formatCount } from '../../words/format.ts'
import { DeviceList } from './device-list.tsx'
import {
  committeesIn,
  filterIn,
  filterOf,
  inputOf,
  pathOf,
  sumOf,
  type Counted,
  type Filter,
} from './filter.ts'
import { DevicesFrame } from './frame.tsx'
import { Health } from './health.tsx'
import { kindIcons, kinds } from './kinds.ts'
import { Matrix } from './matrix.tsx'

type Answer = Output<typeof listDevices>
export type Go = (filter: Filter, event: MouseEvent) => void

/** All devices of the asker by neighbourhood and kind, and a list of those that were chosen. */
export function ListPage(props: { params: Params }) {
  const { filter, go } = useFilter(filterOf(props.params))
  const { sensing } = useWorkWords()
  const kept = useFirst<typeof listDevices>('/sensing/devices', inputOf(filter))
  const result = kept.result.value
  // the counts stay while another list is on its way
  const last = useRef<Answer | null>(null)
  if (result?.ok) last.current = result.answer
  useLive('tasks', kept.again)
  return (
    <DevicesFrame at="/desk/devices" label={sensing.devicesTitle}>
      <div class="stack stack-wide sheet">
        {last.current ? (
          <>
            <Head counts={last.current.counts} />
            <Counts counts={last.current.counts} filter={filter} go={go} />
          </>
        ) : (
          <h1 class="head">{sensing.devicesTitle}</h1>
        )}
        {result?.ok === false || !last.current ? (
          <Unanswered
            refusal={result?.ok === false ? result.refusal : undefined}
            again={kept.again}
          />
        ) : (
          <DeviceList
            counts={last.current.counts}
            answer={result?.ok ? result.answer : null}
            filter={filter}
            go={go}
          />
        )}
      </div>
    </DevicesFrame>
  )
}

function Head(props: { counts: readonly Counted[] }) {
  const words = useDeviceWords()
  const { sensing } = useWorkWords()
  const me = useFirst<typeof whoAmI>('/identity/me', {}).result.value
  const sum = sumOf(props.counts)
  const isStreet = me?.ok && me.answer.role === 'street'
  const unit = me?.ok ? (me.answer.unit ?? me.answer.street) : ''
  const count = formatCount(sum.all)
  return (
    <header class="stack stack-tight">
      <h1 class="head">{sensing.devicesTitle}</h1>
      <p>{isStreet ? words.streetLine(count) : words.ownLine(unit, count)}</p>
      {sum.unknown > 0 ? (
        <div>
          <p class="hatched small-strong whole">{words.unknownFirst(formatCount(sum.unknown))}</p>
        </div>
      ) : sum.all > 0 ? (
        <div>
          <Badge tone="jade">{words.noneUnknown}</Badge>
        </div>
      ) : null}
    </header>
  )
}

/** A matrix where there is room and more than one neighbourhood; else what it sums up. */
function Counts(props: { counts: readonly Counted[]; filter: Filter; go: Go }) {
  const { counts, filter, go } = props
  const words = useDeviceWords()
  const { sensing } = useWorkWords()
  const committees = committeesIn(counts)
  if (counts.length === 0) {
    return <State kind="empty" title={words.noDevices} line={words.noDevicesLine} />
  }
  const byKind = kinds.map((kind) => ({
    ...{ key: kind, name: sensing.kind(kind), icon: kindIcons[kind] },
    ...{ sum: sumOf(counts, { kind }), to: { committee: null, kind, state: null } },
  }))
  const byCommittee = committees.map(({ code, name }) => ({
    ...{ key: code, name, icon: undefined },
    ...{
      sum: sumOf(counts, { committee: code }),
      to: { committee: code, kind: null, state: null },
    },
  }))
  const isStreet = committees.length > 1
  return (
    <>
      <section class="only-wide">
        {isStreet ? (
          <>
            <Heading line={words.matrixLine}>{words.matrixTitle}</Heading>
            <Matrix counts={counts} filter={filter} go={go} />
          </>
        ) : (
          <>
            <Heading>{words.byKind}</Heading>
            <HealthList items={byKind} filter={filter} go={go} />
          </>
        )}
      </section>
      <div class="only-phone">
        <div class="stack">
          {isStreet ? (
            <Folded title={words.byCommittee}>
              <HealthList items={byCommittee} filter={filter} go={go} />
            </Folded>
          ) : null}
          <Folded title={words.byKind}>
            <HealthList items={byKind} filter={filter} go={go} />
          </Folded>
        </div>
      </div>
    </>
  )
}

/** On a phone what has to be looked at comes before the sums. */
function Folded(props: { title: string; children: ComponentChildren }) {
  return (
    <details>
      <summary class="button button-wide">{props.title}</summary>
      <div class="above-2">{props.children}</div>
    </details>
  )
}

function HealthList(props: {
  items: readonly (Omit<Parameters<typeof Health>[0], 'href' | 'current' | 'onOpen'> & {
    key: string
    to: Filter
  })[]
  filter: Filter
  go: Go
}) {
  const { filter } = props
  return (
    <ul class="healths">
      {props.items
        .filter(({ sum }) => sum.all > 0)
        .map(({ key, to, ...health }) => (
          <Health
            key={key}
            {...health}
            href={pathOf(to)}
            current={filter.committee === to.committee && filter.kind === to.kind}
            onOpen={(event) => props.go(to, event)}
          />
        ))}
    </ul>
  )
}

/** What is listed is the address's; changing it keeps the page and its place. */
function useFilter(first: Filter): { filter: Filter; go: Go } {
  const [filter, setFilter] = useState(first)
  useEffect(() => {
    const follow = () => setFilter(filterIn(location.pathname))
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [])
  const go: Go = (to, event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return
    event.preventDefault()
    history.pushState(null, '', pathOf(to))
    setFilter(to)
    const isOther = to.committee !== filter.committee || to.kind !== filter.kind
    if (isOther) document.querySelector<HTMLElement>('#devices-head')?.focus()
  }
  return { filter, go }
}
