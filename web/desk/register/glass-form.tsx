import { useState } from 'preact/hooks'
import { TriangleAlert } from 'lucide'
import type { breakGlass } from '../../../src/ground/privacy/requests/api.ts'
import { call } from '../../shell/call.ts'
import { useAct, useIsAlive } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { StepUpDialog, useStepUp } from './step-up.tsx'
import type { OnRecord } from './find-page.tsx'

/** Beyond one's own area, when a life depends on it: behind a fold, and with words. */
export function GlassForm(props: { onOpen: (record: OnRecord) => void }) {
  const words = useRegisterWords()
  const [said, say] = useState('')
  const { isBusy, refusal, run } = useAct()
  const stepUp = useStepUp(refusal)
  const isAlive = useIsAlive()
  const isSaid = said.trim().length >= 4
  const look = () =>
    void run(async () => {
      const asked = { person: null, words: said.trim() }
      const result = await call<typeof breakGlass>('post', '/privacy/requests/break-glass', asked)
      if (result.ok) props.onOpen({ ...result.answer, reason: 'break-glass' })
      return result
    })
  return (
    <details>
      <summary class="button button-quiet out-left">{words.glassTitle}</summary>
      <fieldset class="stack" disabled={!isAlive}>
        <p>{words.glassLine}</p>
        <TextField
          label={words.glassWords}
          name="glass"
          help={words.glassWordsHelp}
          rows={2}
          maxLength={200}
          value={said}
          onInput={say}
        />
        <div>
          <Button icon={TriangleAlert} busy={isBusy} disabled={!isSaid} onClick={look}>
            {words.glassDo}
          </Button>
        </div>
        <RefusalStrip refusal={stepUp.isNeeded ? null : refusal} />
        <StepUpDialog stepUp={stepUp} />
      </fieldset>
    </details>
  )
}
