import { useCentreWords, useWorkWords } from '../shell/words.tsx'
import { joined } from '../ui/icon.tsx'
import { formatCount } from '../words/format.ts'
import { DeviceBar } from './device-bar.tsx'
import { Scroll } from './frame.tsx'
import { allOf, sumOf, type Health, type StreetNow } from './matters.ts'

const columns = [
  ['alive', 'alive'],
  ['quiet', 'quiet'],
  ['unknown', 'unknown'],
  ['neverReported', 'never-reported'],
] as const

/** How the devices are by kind. What is unknown, and what was never heard, has its own column. */
export function HealthTable(props: { kinds: StreetNow['kinds']; isWall?: boolean | undefined }) {
  const words = useCentreWords()
  const { sensing } = useWorkWords()
  const names = { alive: words.alive, quiet: words.quiet, unknown: words.unknown } as const
  const says = (name: keyof Health) => (name === 'neverReported' ? words.never : names[name])
  const rows = props.kinds.toSorted((a, b) => allOf(b) - allOf(a))
  const all = sumOf(rows)
  return (
    <Scroll label={words.healthTitle}>
      <table class="health">
        <thead>
          <tr>
            <th scope="col" class="health-name">
              {words.healthTitle}
            </th>
            <td />
            {columns.map(([name]) => (
              <th key={name} scope="col">
                {says(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows, { kind: 'all', ...all }].map((row) => (
            <tr key={row.kind} class={row.kind === 'all' ? 'health-all' : undefined}>
              <th scope="row">
                {row.kind === 'all' ? words.total(formatCount(allOf(all))) : sensing.kind(row.kind)}
              </th>
              <td class="track">
                <DeviceBar of={row} isSaid={false} />
              </td>
              {columns.map(([name, state]) => (
                <td key={name} class={joined(row[name] === 0 && 'zero')}>
                  {props.isWall ? (
                    <span class={joined(toneOf(name, row[name]))}>{formatCount(row[name])}</span>
                  ) : (
                    <a
                      class={joined('health-door', toneOf(name, row[name]))}
                      href={`/desk/devices/of/all/${row.kind}/${state}`}
                      aria-label={words.healthOf(
                        row.kind === 'all' ? words.total('') : sensing.kind(row.kind),
                        says(name),
                        row[name],
                      )}
                    >
                      {formatCount(row[name])}
                    </a>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function toneOf(name: keyof Health, count: number): string | false {
  return count > 0 && name === 'quiet' && 'is-amber'
}
