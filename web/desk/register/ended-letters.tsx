import type { listLetters } from '../../../src/desks/identity/proving/api.ts'
import { useFirst } from '../../shell/shell.tsx'
import { useRegisterWords, useWorkWords } from '../../shell/words.tsx'
import { Heading } from '../../ui/card.tsx'
import { List, Row } from '../../ui/list.tsx'

/** Homes whose letter opens nothing any more, because the keys were changed meanwhile. */
export function EndedLetters() {
  const words = useRegisterWords()
  const { places } = useWorkWords()
  const result = useFirst<typeof listLetters>('/identity/letters', {}).result.value
  const ended = result?.ok ? result.answer.ended : []
  if (ended.length === 0) return null
  return (
    <section class="stack no-print">
      <Heading line={words.lettersEndedLine}>{words.lettersEnded(ended.length)}</Heading>
      <List label={words.lettersEnded(ended.length)}>
        {ended.map(({ home, place }) => (
          <Row
            key={home}
            title={place ? `${places.compound(place)} ${places.spot(place)}` : home}
            line={home}
          />
        ))}
      </List>
    </section>
  )
}
