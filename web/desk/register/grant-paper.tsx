import { Printer } from 'lucide'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { openPerson } from '../../../src/ground/people/person/api.ts'
import { useRegisterWords, useWorkWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { usePrintsAlone } from './print-alone.ts'

/** To be signed by hand, on one sheet: what it means stands on it in everyday words. */
export function GrantPaper(props: { entry: Output<typeof openPerson>; onClose: () => void }) {
  usePrintsAlone()
  const { entry, onClose } = props
  const words = useRegisterWords()
  const { places } = useWorkWords()
  const says = words.grantPaper
  const [lives] = entry.homes
  return (
    <div class="stack">
      <div class="flow no-print">
        <Button kind="primary" icon={Printer} onClick={() => print()}>
          {words.paperPrint}
        </Button>
        <Button onClick={onClose}>{words.paperClose}</Button>
      </div>
      <article class="paper">
        <h2 class="head">{says.title}</h2>
        <Line name={says.name} says={entry.name} />
        <Line
          name={says.home}
          says={lives ? `${places.compound(lives.home)} ${places.spot(lives.home)}` : ''}
        />
        <p>{says.i}</p>
        <Line name={says.helper} />
        <Line name={says.relation} />
        <Line name={says.days} />
        <ul class="paper-rights">
          {says.rights.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
        <div class="pair">
          <Line name={says.mine} />
          <Line name={says.on} />
          <Line name={says.theirs} />
          <Line name={says.on} />
          <Line name={says.worker} />
          <Line name={says.on} />
        </div>
        <p class="note">{says.keep}</p>
      </article>
    </div>
  )
}

/** A line to write on, or what is known already. */
function Line(props: { name: string; says?: string | undefined }) {
  return (
    <p class="paper-line">
      <span class="note">{props.name}</span>
      <span class="paper-rule">{props.says}</span>
    </p>
  )
}
