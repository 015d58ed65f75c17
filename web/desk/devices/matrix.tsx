import type { DeviceKind } from '../../../src/watch/devices/types.ts'
import { useDeviceWords, useLanguage, useWorkWords } from '../../shell/words.tsx'
import { Icon, joined } from '../../ui/icon.tsx'
import { formatCount } from '../../words/format.ts'
import { committeesIn, pathOf, sumOf, type Counted, type Filter, type Sum } from './filter.ts'
import { statesSaid } from './health.tsx'
import { kindIcons, kinds } from './kinds.ts'

type Go = (filter: Filter, event: MouseEvent) => void

/** Neighbourhood × kind. What is unknown is hatched and says so; it is never drawn as green. */
export function Matrix(props: { counts: readonly Counted[]; filter: Filter; go: Go }) {
  const { counts } = props
  const words = useDeviceWords()
  const { sensing } = useWorkWords()
  const columns: (DeviceKind | null)[] = [...kinds, null]
  const rows = [...committeesIn(counts), { code: null, name: words.whole }]
  return (
    <div class="stairs-scroll" role="region" aria-label={words.matrixTitle} tabIndex={0}>
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">{words.committee}</th>
            {columns.map((kind) => (
              <th key={kind} scope="col">
                {kind === null ? (
                  words.whole
                ) : (
                  <span class="matrix-kind">
                    <Icon of={kindIcons[kind]} small />
                    <span aria-hidden="true">{words.shortKind(kind)}</span>
                    <span class="visually-hidden">{sensing.kind(kind)}</span>
                  </span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, name }) => (
            <tr key={code} class={code === null ? 'matrix-sum' : undefined}>
              <th scope="row">{name}</th>
              {columns.map((kind) => (
                <td key={kind}>
                  <Square
                    {...props}
                    of={{ committee: code, kind }}
                    name={[name, kind === null ? words.whole : sensing.kind(kind)]}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Square(props: {
  counts: readonly Counted[]
  filter: Filter
  go: Go
  of: Pick<Filter, 'committee' | 'kind'>
  name: readonly string[]
}) {
  const { filter, of } = props
  const words = useDeviceWords()
  const language = useLanguage()
  const sum = sumOf(props.counts, of)
  if (sum.all === 0) return <span class="matrix-none">–</span>
  const to: Filter = { ...of, state: null }
  const worst = worstOf(sum)
  const isSum = of.committee === null || of.kind === null
  const isCurrent = filter.committee === of.committee && filter.kind === of.kind
  return (
    <a
      class={joined('cell', !isSum && `cell-${toneOf(worst)}`)}
      href={pathOf(to)}
      aria-current={isCurrent || undefined}
      aria-label={`${props.name.join(' ')}: ${words.cellSays(formatCount(sum.all), statesSaid(sum, words, language))}`}
      onClick={(event) => props.go(to, event)}
    >
      {formatCount(sum.all)}
      {worst === 'alive' ? null : (
        <span class="cell-word">
          {words.stateCount(words.counts[worst], formatCount(sum[worst]))}
        </span>
      )}
    </a>
  )
}

/** What of a square has to be said first. */
function worstOf(sum: Sum) {
  return (['unknown', 'neverReported', 'quiet'] as const).find((name) => sum[name] > 0) ?? 'alive'
}

/** What is well stays quiet, so that what is not stands out. */
function toneOf(worst: ReturnType<typeof worstOf>): 'well' | 'amber' | 'unknown' | 'never' {
  if (worst === 'alive') return 'well'
  if (worst === 'quiet') return 'amber'
  return worst === 'unknown' ? 'unknown' : 'never'
}
