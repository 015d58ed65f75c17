import type { Output } from '../../src/kernel/endpoint.ts'
import type { confirmNumber } from '../../src/ground/people/changes/api.ts'
import type { myHome } from '../../src/ground/people/keeping/api.ts'
import { call } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct } from '../shell/shell.tsx'
import { useResidentWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Card, Facts, Heading } from '../ui/card.tsx'

type Mine = Output<typeof myHome>

/** My numbers with the middle hidden; a new one that a worker wrote down asks to be confirmed. */
export function NumbersPart(props: {
  numbers: Mine['numbers']
  changes: Mine['changes']
  again: () => Promise<void>
}) {
  const words = useResidentWords('myHome')
  const act = useAct()
  const answer = async (change: string, isRight: boolean) => {
    await act.run(() =>
      call<typeof confirmNumber>('post', '/people/numbers/confirm', { change, isRight }),
    )
    await props.again()
  }
  return (
    <section class="stack">
      <Heading>{words.numbersHead}</Heading>
      {props.changes.map(({ change, kind, masked }) => (
        <Card key={change} label={words.changeHead}>
          <div class="stack">
            <h3 class="strong">{words.changeHead}</h3>
            <p>{words.changeAsk(words.numberKinds[kind], masked)}</p>
            <div class="decide">
              <Button busy={act.isBusy} onClick={() => void answer(change, true)}>
                {words.changeRight}
              </Button>
              <Button busy={act.isBusy} onClick={() => void answer(change, false)}>
                {words.changeWrong}
              </Button>
            </div>
          </div>
        </Card>
      ))}
      <RefusalStrip refusal={act.refusal} />
      <Card>
        {props.numbers.length === 0 ? (
          <p>{words.numbersNone}</p>
        ) : (
          <div class="stack">
            <Facts
              facts={props.numbers.map(({ kind, masked }) => ({
                name: words.numberKinds[kind],
                says: masked,
              }))}
            />
            <p class="note">{words.numbersLine}</p>
          </div>
        )}
      </Card>
    </section>
  )
}
