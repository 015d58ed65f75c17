import type { counts } from '../../../src/ground/people/counting/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import { useFirst } from '../../shell/shell.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useRegisterWords } from '../../shell/words.tsx'
import { formatCount } from '../../words/format.ts'
import { keysOf, RegisterPage, registerPaths } from './frame.tsx'

type Counts = Output<typeof counts>

/** Numbers of each neighbourhood, and of nobody. */
export function CountsPage() {
  const words = useRegisterWords()
  const kept = useFirst<typeof counts>('/people/counts', {})
  const result = kept.result.value
  return (
    <RegisterPage at={registerPaths.counts} title={words.countsTitle} line={words.countsLine}>
      {result?.ok ? (
        <CountsTable counts={result.answer} />
      ) : (
        <Unanswered refusal={result?.refusal} again={kept.again} />
      )}
    </RegisterPage>
  )
}

/** By age band: the tenures of a cell are summed from what is shown, so no sum says more. */
function CountsTable(props: { counts: Counts }) {
  const words = useRegisterWords()
  const { month, committees, total } = props.counts
  const ageBands = keysOf(words.ageBands)
  return (
    <div class="counts-place" tabIndex={0} role="region" aria-label={words.countsOf(month)}>
      <table class="counts">
        <caption>{words.countsOf(month)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.committee}</th>
            {ageBands.map((band) => (
              <th scope="col" key={band}>
                {words.ageBands[band]}
              </th>
            ))}
            <th scope="col">{words.total}</th>
          </tr>
        </thead>
        <tbody>
          {committees.map((one) => (
            <tr key={one.committee}>
              <th scope="row">{one.name}</th>
              {ageBands.map((band) => (
                <td key={band}>
                  {sumOf(one, band) === 0 ? words.few : formatCount(sumOf(one, band))}
                </td>
              ))}
              <td>{one.total === 0 ? words.few : formatCount(one.total)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={ageBands.length + 1}>
              {words.total}
            </th>
            <td>{formatCount(total)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

function sumOf({ cells }: Counts['committees'][number], band: string): number {
  return cells.reduce((sum, cell) => sum + (cell.ageBand === band ? (cell.shown ?? 0) : 0), 0)
}
