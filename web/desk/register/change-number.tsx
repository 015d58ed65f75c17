import { useState } from 'preact/hooks'
import type { setNumber } from '../../../src/ground/people/changes/api.ts'
import type { PersonId } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct, useIsAlive } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Strip } from '../../ui/state.tsx'

/** Asks for another telephone of a person; the old one stands until a second person says yes. */
export function ChangeNumber(props: { person: string }) {
  const words = useRegisterWords()
  const isAlive = useIsAlive()
  const { isBusy, refusal, run } = useAct()
  const [number, setText] = useState('')
  const [isAsked, setAsked] = useState(false)
  const ask = async () => {
    const put = { person: props.person as PersonId, kind: 'phone' as const, number: number.trim() }
    if (await run(() => call<typeof setNumber>('post', '/people/numbers', put))) setAsked(true)
  }
  if (isAsked) return <Strip>{words.numberAsked}</Strip>
  return (
    <details>
      <summary class="button button-quiet out-left">{words.numberChange}</summary>
      <fieldset class="stack" disabled={!isAlive}>
        <TextField
          label={words.numberNew}
          name="number"
          type="tel"
          autoComplete="off"
          help={words.numberNewHelp}
          maxLength={20}
          value={number}
          onInput={setText}
        />
        <div>
          <Button busy={isBusy} disabled={number.trim() === ''} onClick={() => void ask()}>
            {words.numberChangeDo}
          </Button>
        </div>
        <RefusalStrip refusal={refusal} />
      </fieldset>
    </details>
  )
}
