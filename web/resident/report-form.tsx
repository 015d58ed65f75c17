import { useState } from 'preact/hooks'
import { Send } from 'lucide'
import type { reportPlace } from '../../src/desks/tasks/reporting/api.ts'
import type { Reportable } from '../../src/desks/tasks/types.ts'
import type { PlaceCode } from '../../src/kernel/ids.ts'
import { call } from '../shell/call.ts'
import { useAct, useIsAlive } from '../shell/shell.tsx'
import { useResidentWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ChoiceGroup } from '../ui/choice.tsx'
import { TextField } from '../ui/field.tsx'
import { usePrimary } from './primary.ts'
import { RefusedHere } from './refused-here.tsx'

const offered = [
  'hazard',
  'fire-way-blocked',
  'e-bike-charging',
  'crowding',
  'noise',
  'other',
] as const satisfies readonly Reportable[]
const wordsMax = 300

type Home = { place: PlaceCode; committee: string; compound: string | null; stair: string | null }

/** Where, what, and a few words: never about whom. */
export function ReportForm(props: { home: Home; onMade: (receipt: string) => Promise<void> }) {
  const words = useResidentWords('reporting')
  const isAlive = useIsAlive()
  const places = placesAt(props.home)
  const [place, setPlace] = useState<PlaceCode | undefined>(places[0])
  const [what, setWhat] = useState<Reportable>('hazard')
  const [said, setSaid] = useState('')
  const act = useAct()
  const send = async (event: Event) => {
    event.preventDefault()
    if (place === undefined || act.isBusy) return
    await act.run(async () => {
      const input = { place, what, words: said.trim() }
      const made = await call<typeof reportPlace>('post', '/tasks/report', input)
      if (made.ok) await props.onMade(made.answer.receipt)
      return made
    })
  }
  const { compound, committee, stair } = props.home
  const names = [words.stair(stair ?? ''), words.whole(compound ?? committee)]
  return (
    <Card label={words.title}>
      <form method="post" action="/report" noValidate onSubmit={(event) => void send(event)}>
        <fieldset class="stack stack-wide" disabled={!isAlive}>
          <ChoiceGroup
            legend={words.placeHead}
            name="place"
            column
            value={place}
            options={places.map((value, n) => ({ value, words: names[n] ?? value }))}
            onPick={(value) => setPlace(places.find((one) => one === value))}
          />
          <ChoiceGroup
            legend={words.whatHead}
            name="what"
            column
            value={what}
            options={offered.map((value) => ({ value, words: words.what(value) }))}
            onPick={(value) => setWhat(offered.find((one) => one === value) ?? what)}
          />
          <TextField
            label={words.words}
            optionalWord={words.wordsMay}
            name="words"
            rows={3}
            maxLength={wordsMax}
            help={words.wordsHelp}
            value={said}
            onInput={setSaid}
          />
          <Button type="submit" kind={usePrimary()} icon={Send} tall wide busy={act.isBusy}>
            {words.send}
          </Button>
        </fieldset>
      </form>
      <RefusedHere refusal={act.refusal} />
    </Card>
  )
}

/** The stair of the home, and its compound. */
function placesAt({ place }: Home): PlaceCode[] {
  const [committee, compound, stair] = place.split('-')
  return [`${committee}-${compound}-${stair}`, `${committee}-${compound}`] as PlaceCode[]
}
