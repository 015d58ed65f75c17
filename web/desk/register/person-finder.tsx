import { useState } from 'preact/hooks'
import { Search } from 'lucide'
import type { searchPeople } from '../../../src/ground/people/searching/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import { call } from '../../shell/call.ts'
import { useAct } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useRegisterWords, useWorkWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { List, Row } from '../../ui/list.tsx'

type Found = Output<typeof searchPeople>
export type Picked = { person: Found['hits'][number]['person']; name: string }

/** Somebody of the register, under the request that is open: each hit is a look. */
export function PersonFinder(props: {
  request: string
  name: string
  label: string
  onPick: (picked: Picked) => void
}) {
  const words = useRegisterWords()
  const { places } = useWorkWords()
  const [wanted, want] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  const { isBusy, refusal, run } = useAct()
  const search = () =>
    void run(async () => {
      const asked = { words: wanted.trim(), request: props.request }
      const result = await call<typeof searchPeople>('post', '/people/search', asked)
      if (result.ok) setFound(result.answer)
      return result
    })
  return (
    <div class="stack stack-tight">
      <TextField
        label={props.label}
        name={props.name}
        type="search"
        autoComplete="off"
        help={words.wordsHelp}
        maxLength={60}
        value={wanted}
        onInput={want}
      />
      <div>
        <Button icon={Search} busy={isBusy} disabled={wanted.trim() === ''} onClick={search}>
          {words.find}
        </Button>
      </div>
      <RefusalStrip refusal={refusal} />
      <p class="note" role="status">
        {found === null
          ? ''
          : found.hits.length === 0
            ? words.none
            : words.count(found.hits.length)}
      </p>
      {found && found.hits.length > 0 ? (
        <List label={props.label}>
          {found.hits.map(({ person, name, place }) => (
            <Row
              key={person}
              title={name}
              detail={place ? `${places.compound(place)} ${places.spot(place)}` : words.noHome}
              more={
                <Button onClick={() => props.onPick({ person, name })}>{words.moveInPick}</Button>
              }
            />
          ))}
        </List>
      ) : null}
    </div>
  )
}
