import { useState } from 'preact/hooks'
import type { registerMove } from '../../../src/ground/people/keeping/api.ts'
import { dayOf } from '../../../src/kernel/calendar.ts'
import type { HomeCode, PersonId } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { ChoiceGroup } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'
import { keysOf } from './frame.tsx'

/** Somebody of this home moved out, died, or was never there. */
export function MoveOutForm(props: {
  home: string
  person: PersonId
  name: string
  written: (says: string) => void
}) {
  const words = useRegisterWords()
  const today = dayOf(useNow())
  const { isBusy, refusal, run } = useAct()
  const [what, setWhat] = useState<keyof typeof words.moves | ''>('')
  const [on, setOn] = useState(today)
  const put = async () => {
    if (what === '') return
    const move = {
      ...{ person: props.person, what, on, home: props.home as HomeCode },
      ...{ tenure: null, relation: null, livesAlone: false },
    }
    if (await run(() => call<typeof registerMove>('post', '/people/moves', move))) {
      props.written(words.moved(props.name, words.moves[what]))
    }
  }
  return (
    <details>
      <summary class="button button-quiet out-left">{words.move}</summary>
      <div class="stack">
        <ChoiceGroup
          legend={words.moveWhat}
          name={`move ${props.person}`}
          options={keysOf(words.moves).map((value) => ({ value, words: words.moves[value] }))}
          value={what}
          onPick={(value) => setWhat(value as keyof typeof words.moves)}
        />
        <TextField
          label={words.moveOn}
          name={`on ${props.person}`}
          type="date"
          max={today}
          value={on}
          onInput={setOn}
        />
        <p class="note">{words.moveEnds}</p>
        <RefusalStrip refusal={refusal} />
        <div>
          <Button busy={isBusy} disabled={what === '' || on === ''} onClick={() => void put()}>
            {words.moveDo}
          </Button>
        </div>
      </div>
    </details>
  )
}
