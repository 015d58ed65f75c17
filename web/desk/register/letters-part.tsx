import { useState } from 'preact/hooks'
import { Mail, Printer } from 'lucide'
import type { stairGrid } from '../../../src/ground/places/api.ts'
import type { makeLetters } from '../../../src/desks/identity/proving/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { PlaceCode } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct, useIsAlive, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useLanguage, useRegisterWords, useWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { codeOf, QrCode } from '../../ui/qr.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatDate } from '../../words/format.ts'
import { placeCode } from '../devices/place-field.tsx'

type Grid = Output<typeof stairGrid>
type Made = Output<typeof makeLetters>

/** Letters to the homes of one stair. The codes are on this page once, and then on paper. */
export function LettersPart() {
  const words = useRegisterWords()
  const { places } = useWords()
  const isAlive = useIsAlive()
  const { isBusy, refusal, run } = useAct()
  const [code, setCode] = useState('')
  const [grid, setGrid] = useState<Grid | null>(null)
  const [made, setMade] = useState<Made | null>(null)
  const show = (place: string) =>
    run(async () => {
      const asked = { place: placeCode(place) as PlaceCode }
      const result = await call<typeof stairGrid>('get', '/places/stairs', asked)
      if (result.ok) setGrid(result.answer)
      return result
    })
  const make = ({ homes }: Grid['stairs'][number]) =>
    void run(async () => {
      const asked = { homes: homes.map(({ home }) => home) }
      const result = await call<typeof makeLetters>('post', '/identity/letters', asked)
      if (result.ok) setMade(result.answer)
      return result
    })
  if (made) return <Letters made={made} />
  return (
    <section class="stack no-print">
      <Heading line={words.lettersLine}>{words.lettersTitle}</Heading>
      <fieldset class="stack" disabled={!isAlive}>
        <TextField
          label={words.lettersPlace}
          name="letters"
          help={words.lettersPlaceHelp}
          maxLength={60}
          value={code}
          onInput={setCode}
        />
        <div>
          <Button busy={isBusy} disabled={code.trim() === ''} onClick={() => void show(code)}>
            {words.lettersShow}
          </Button>
        </div>
      </fieldset>
      <RefusalStrip refusal={refusal} />
      <ul class="stack">
        {grid?.stairs.map((stair) => (
          <li class="flow" key={stair.place}>
            <span class="grow">
              {words.lettersStair(places.stair(stair.number), stair.homeCount)}
            </span>
            {stair.homes.length > 0 ? (
              <Button icon={Mail} busy={isBusy} onClick={() => make(stair)}>
                {words.lettersMake}
              </Button>
            ) : (
              <Button busy={isBusy} onClick={() => void show(stair.place)}>
                {words.lettersShow}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** One page a home, folded so that the digits are inside. No name stands on it. */
function Letters(props: { made: Made }) {
  const { letters, url, svg, until } = props.made
  const words = useRegisterWords()
  const { places } = useWords()
  const language = useLanguage()
  const now = useNow()
  const picture = codeOf(svg)
  return (
    <div class="stack">
      <div class="stack no-print">
        <Strip tone="amber">{words.lettersMade(letters.length)}</Strip>
        <div>
          <Button kind="primary" icon={Printer} onClick={() => print()}>
            {words.lettersPrint}
          </Button>
        </div>
      </div>
      <ul class="letters">
        {letters.map(({ letter, place, code }) => (
          <li class="letter" key={letter}>
            <p class="strong">{place ? `${places.compound(place)} ${places.spot(place)}` : null}</p>
            <h2 class="title">{words.letterHead}</h2>
            <p>{words.letterLine}</p>
            <p class="letter-code">{code.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3')}</p>
            {picture ? <QrCode code={picture} label={url} /> : null}
            <p class="note">{url}</p>
            <p>{words.letterTerm(formatDate(until, now, language))}</p>
            <p>{words.letterElse}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}
