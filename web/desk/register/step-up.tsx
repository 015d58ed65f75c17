import { startAuthentication } from '@simplewebauthn/browser'
import { useEffect, useState } from 'preact/hooks'
import { KeyRound, MessageSquare } from 'lucide'
import type { beginStepUp, stepUpByPasskey } from '../../../src/desks/identity/passkeys/api.ts'
import type {
  askStepUpCode,
  myStepUp,
  stepUpByCode,
} from '../../../src/desks/identity/stepping-up/api.ts'
import { call, type Refusal } from '../../shell/call.ts'
import { useAct, useFirst } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useRegisterWords, useWorkWords } from '../../shell/words.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Strip } from '../../ui/state.tsx'

export type StepUp = { isNeeded: boolean; done: () => void }

/** Open while the last refusal says that one has to show who one is. */
export function useStepUp(refusal: Refusal | null): StepUp {
  const [shut, setShut] = useState<Refusal | null>(null)
  const isNeeded = refusal?.fault === 'step-up-needed' && refusal !== shut
  return { isNeeded, done: () => setShut(refusal) }
}

/** Then one presses again what was refused: nothing is done by itself. */
export function StepUpDialog(props: { stepUp: StepUp }) {
  const { isNeeded, done } = props.stepUp
  return isNeeded ? <Showing done={done} /> : null
}

function Showing(props: { done: () => void }) {
  const words = useRegisterWords()
  const { ui } = useWorkWords()
  const showing = useShowing(props.done)
  const [code, setCode] = useState('')
  const { ways, isBusy } = showing
  return (
    <Dialog
      open
      title={words.stepUpTitle}
      onClose={props.done}
      acts={<Button onClick={props.done}>{ui.notNow}</Button>}
    >
      <p>{words.stepUpLine}</p>
      {ways?.length === 0 ? <Strip tone="amber">{words.stepUpNone}</Strip> : null}
      {ways?.includes('passkey') ? (
        <Button kind="primary" icon={KeyRound} wide busy={isBusy} onClick={showing.byPasskey}>
          {words.stepUpPasskey}
        </Button>
      ) : null}
      {ways?.includes('organisation') ? (
        <LinkButton href="/step-up" wide>
          {words.stepUpOrganisation}
        </LinkButton>
      ) : null}
      {ways?.includes('code') && !showing.isSent ? (
        <Button icon={MessageSquare} wide busy={isBusy} onClick={showing.send}>
          {words.stepUpCode}
        </Button>
      ) : null}
      {showing.isSent ? (
        <div class="stack">
          <p role="status">{words.stepUpCodeSent}</p>
          <TextField
            label={words.stepUpCodeLabel}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            onInput={setCode}
          />
          <Button kind="primary" wide busy={isBusy} onClick={() => showing.byCode(code)}>
            {words.stepUpEnter}
          </Button>
        </div>
      ) : null}
      {showing.hasFailed ? <Strip tone="amber">{words.stepUpFailed}</Strip> : null}
      <RefusalStrip refusal={showing.refusal} />
    </Dialog>
  )
}

function useShowing(done: () => void) {
  const kept = useFirst<typeof myStepUp>('/identity/step-up', {})
  const { isBusy, refusal, run } = useAct()
  const [isSent, setSent] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const result = kept.result.value
  useEffect(() => void kept.again(), [])
  const byPasskey = async () => {
    setFailed(false)
    const begun = await call<typeof beginStepUp>('post', '/identity/passkeys/step-up/begin', {})
    if (!begun.ok) return void run(async () => begun)
    const answer = await startAuthentication({ optionsJSON: begun.answer }).catch(() => null)
    if (!answer) return setFailed(true)
    const { clientDataJSON, authenticatorData, signature, userHandle } = answer.response
    const assertion = {
      ...{ id: answer.id, clientDataJSON, authenticatorData, signature },
      ...(userHandle === undefined ? {} : { userHandle }),
    }
    const shown = await run(() =>
      call<typeof stepUpByPasskey>('post', '/identity/passkeys/step-up', assertion),
    )
    if (shown) done()
  }
  const send = async () => {
    const path = '/identity/step-up/code'
    if (await run(() => call<typeof askStepUpCode>('post', path, {}))) setSent(true)
  }
  const byCode = async (said: string) => {
    const path = '/identity/step-up/code/use'
    if (await run(() => call<typeof stepUpByCode>('post', path, { code: said.trim() }))) done()
  }
  return {
    ...{ isBusy, refusal, isSent, hasFailed, ways: result?.ok ? result.answer.ways : null },
    byPasskey: () => void byPasskey(),
    send: () => void send(),
    byCode: (said: string) => void byCode(said),
  }
}
