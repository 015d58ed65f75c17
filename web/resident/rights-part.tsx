import { Check, Minus, Scale, ScrollText } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { tenureRights } from '../../src/ground/people/keeping/api.ts'
import { useFirst } from '../shell/shell.tsx'
import { useResidentWords } from '../shell/words.tsx'
import { Icon } from '../ui/icon.tsx'
import { Fold } from './fold.tsx'

type Row = Output<typeof tenureRights>['rights'][number]

const marks = { yes: Check, 'by-proxy': ScrollText, no: Minus } as const

/** Who may do what by how they live in a home: a table, and on a phone a block a matter. */
export function RightsPart() {
  const words = useResidentWords('myHome')
  const answered = useFirst<typeof tenureRights>('/people/rights', {}).result.value
  if (!answered?.ok) return null
  return (
    <Fold icon={Scale} title={words.rightsHead} line={words.rightsLine}>
      <div class="rights-place" tabIndex={0} role="region" aria-label={words.rightsHead}>
        <RightsTable rights={answered.answer.rights} />
      </div>
    </Fold>
  )
}

function RightsTable(props: { rights: readonly Row[] }) {
  const words = useResidentWords('myHome')
  const standings = props.rights[0]?.may.map(({ standing }) => standing) ?? []
  return (
    <table class="rights">
      <thead>
        <tr>
          <th scope="col">{words.right}</th>
          {standings.map((standing) => (
            <th key={standing} scope="col">
              {words.standings[standing]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rights.map(({ right, may }) => (
          <tr key={right}>
            <th scope="row">{words.rights[right]}</th>
            {may.map(({ standing, grant }) => (
              <td key={standing} class={`right-${grant}`} data-of={words.standings[standing]}>
                <Icon of={marks[grant]} small />
                <span>{words.grants[grant]}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
