import { useState } from 'preact/hooks'
import { Mail, Printer } from 'lucide'
import type { makeLetters } from '../../../src/desks/identity/proving/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { HomeCode } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useLanguage, useRegisterWords, useWorkWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { codeOf, QrCode } from '../../ui/qr.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatDate } from '../../words/format.ts'
import { HomeButtons, StairFinder } from './place-finder.tsx'
import { usePrintsAlone } from './print-alone.ts'

type Made = Output<typeof makeLetters>

/** Letters to the homes of one stair. The codes are on this page once, and then on paper. */
export function LettersPart() {
  const words = useRegisterWords()
  const { isBusy, refusal, run } = useAct()
  const [made, setMade] = useState<Made | null>(null)
  const make = (homes: readonly HomeCode[]) =>
    void run(async () => {
      const asked = { homes: [...homes] }
      const result = await call<typeof makeLetters>('post', '/identity/letters', asked)
      if (result.ok) setMade(result.answer)
      return result
    })
  if (made) return <Letters made={made} />
  return (
    <section class="stack no-print">
      <Heading line={words.lettersLine}>{words.lettersTitle}</Heading>
      <StairFinder name="letters">
        {(stair) => (
          <div class="stack">
            <div>
              <Button
                icon={Mail}
                busy={isBusy}
                onClick={() => make(stair.homes.map(({ home }) => home))}
              >
                {words.letterAll(stair.homes.length)}
              </Button>
            </div>
            <p class="small-strong">{words.letterOne}</p>
            <HomeButtons stair={stair} busy={isBusy} onPick={({ home }) => make([home])} />
          </div>
        )}
      </StairFinder>
      <RefusalStrip refusal={refusal} />
    </section>
  )
}

/** One page a home, folded so that the digits are inside. No name stands on it. */
function Letters(props: { made: Made }) {
  usePrintsAlone()
  const { letters, url, svg, until } = props.made
  const words = useRegisterWords()
  const { places } = useWorkWords()
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
            <ol class="letter-steps">
              {words.letterSteps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            <p class="letter-code">{code}</p>
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
