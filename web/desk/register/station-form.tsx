import { useState } from 'preact/hooks'
import type { proveAtStation } from '../../../src/desks/identity/proving/api.ts'
import type { PersonId } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct, useIsAlive } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Strip } from '../../ui/state.tsx'

/** The person stands here with their telephone: from now on it is known to be theirs. */
export function StationForm(props: { person: string; name: string }) {
  const words = useRegisterWords()
  const isAlive = useIsAlive()
  const { isBusy, refusal, run } = useAct()
  const [code, setCode] = useState('')
  const [settled, setSettled] = useState<'proven' | 'waiting' | null>(null)
  const prove = () =>
    void run(async () => {
      const asked = { code: code.trim(), person: props.person as PersonId }
      const result = await call<typeof proveAtStation>('post', '/identity/home/station', asked)
      if (result.ok) setSettled(result.answer.state)
      return result
    })
  if (settled) {
    return (
      <Strip>{settled === 'proven' ? words.stationDone(props.name) : words.stationWaits}</Strip>
    )
  }
  return (
    <details>
      <summary class="button button-quiet out-left">{words.stationTitle}</summary>
      <fieldset class="stack" disabled={!isAlive}>
        <p>{words.stationLine}</p>
        <TextField
          label={words.stationCode}
          name="station"
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          value={code}
          onInput={setCode}
        />
        <div>
          <Button busy={isBusy} disabled={!/^[0-9]{6}$/.test(code.trim())} onClick={prove}>
            {words.stationDo}
          </Button>
        </div>
        <RefusalStrip refusal={refusal} />
      </fieldset>
    </details>
  )
}
