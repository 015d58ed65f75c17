import type { ComponentChildren } from 'preact'
import { useDeviceWords, useLanguage } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Bar } from '../../ui/charts.tsx'
import { Icon, type IconNode } from '../../ui/icon.tsx'
import { formatCount, formatList } from '../../words/format.ts'
import type { Language } from '../../words/index.ts'
import type { DeviceWords } from '../../shell/words.tsx'
import { countNames, type Sum } from './filter.ts'
import { countPaints } from './kinds.ts'

/** How those of one kind or one neighbourhood are, as a link to their list. */
export function Health(props: {
  name: string
  icon?: IconNode | undefined
  sum: Sum
  href: string
  current: boolean
  onOpen: (event: MouseEvent) => void
}) {
  const { sum } = props
  const words = useDeviceWords()
  const language = useLanguage()
  return (
    <li>
      <a
        class="health"
        href={props.href}
        aria-current={props.current || undefined}
        onClick={props.onOpen}
      >
        <span class="line">
          {props.icon ? <Icon of={props.icon} small /> : null}
          <b class="grow">{props.name}</b>
          <span class="strong">{formatCount(sum.all)}</span>
        </span>
        <HealthBar sum={sum} label={statesSaid(sum, words, language)} />
        <span class="flow note">{states(sum, words)}</span>
      </a>
    </li>
  )
}

export function HealthBar(props: { sum: Sum; label: string }) {
  const { sum } = props
  return (
    <Bar
      label={props.label}
      parts={countNames
        .filter((name) => sum[name] > 0)
        .map((name) => ({ share: sum[name] / sum.all, paint: countPaints[name] }))}
    />
  )
}

/** "有声音 12，不明 2": what there is none of is left out. */
export function statesSaid(sum: Sum, words: DeviceWords, language: Language): string {
  return formatList(
    countNames
      .filter((name) => sum[name] > 0)
      .map((name) => words.stateCount(words.counts[name], formatCount(sum[name]))),
    language,
  )
}

function states(sum: Sum, words: DeviceWords): ComponentChildren {
  return countNames
    .filter((name) => sum[name] > 0)
    .map((name) => {
      const says = words.stateCount(words.counts[name], formatCount(sum[name]))
      return name === 'unknown' ? <Badge tone="unknown">{says}</Badge> : <span>{says}</span>
    })
}
