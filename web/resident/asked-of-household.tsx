import type { answerForHousehold, whoAsksToLiveHere } from '../../src/desks/identity/proving/api.ts'
import { call } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useFirst } from '../shell/shell.tsx'
import { useResidentWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'

/** Somebody says that they live here too: an adult who has proven it says yes or no. */
export function AskedOfHousehold() {
  const words = useResidentWords('prove')
  const { answerHead } = useResidentWords('home')
  const { result, again } = useFirst<typeof whoAsksToLiveHere>('/identity/home/asked', {})
  const act = useAct()
  const answered = result.value
  if (!answered?.ok) return null
  const answer = async (vouching: string, isOurs: boolean) => {
    await act.run(() =>
      call<typeof answerForHousehold>('post', '/identity/home/answer', { vouching, isOurs }),
    )
    await again()
  }
  return (
    <>
      {answered.answer.asked.map(({ vouching, name }) => (
        <Card key={vouching} label={answerHead}>
          <div class="stack">
            <h2 class="title">{answerHead}</h2>
            <p>{words.answerAsk(name)}</p>
            <div class="decide">
              <Button busy={act.isBusy} onClick={() => void answer(vouching, true)}>
                {words.answerYes}
              </Button>
              <Button busy={act.isBusy} onClick={() => void answer(vouching, false)}>
                {words.answerNo}
              </Button>
            </div>
          </div>
        </Card>
      ))}
      <RefusalStrip refusal={act.refusal} />
    </>
  )
}
