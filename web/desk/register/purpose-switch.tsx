import { useState } from 'preact/hooks'
import type { purposesHere, switchPurpose } from '../../../src/ground/privacy/purposes/api.ts'
import type { SensitivePurpose } from '../../../src/ground/privacy/types.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import { call } from '../../shell/call.ts'
import { useAct } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useLanguage, useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

export type Here = Output<typeof purposesHere>
export type Purpose = Here['purposes'][number]

/** A second look, with what it does, before it is turned. */
export function PurposeSwitch(props: {
  purpose: Purpose
  least: number
  again: () => Promise<void>
}) {
  const { purpose, isOn, impact, name } = props.purpose
  const words = useRegisterWords().purposes
  const language = useLanguage()
  const [isAsking, setAsking] = useState(false)
  const act = useAct()
  const mayTurn = isOn || (impact !== null && !impact.isCarriedOver)
  const turn = async () => {
    const asked = {
      purpose: purpose as SensitivePurpose,
      ...(isOn ? { isOn: false, impact: null } : { isOn: true, impact: impact?.impact ?? null }),
    }
    const done = () => call<typeof switchPurpose>('post', '/privacy/purposes/switch', asked)
    if (!(await act.run(done))) return
    setAsking(false)
    await props.again()
  }
  if (!mayTurn) return null
  const word = isOn ? words.switchOff : words.switchOn
  return (
    <div>
      <Button
        kind={isOn ? 'plain' : 'primary'}
        label={`${word} · ${name[language]}`}
        onClick={() => setAsking(true)}
      >
        {word}
      </Button>
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title={isOn ? words.offAsk(name[language]) : words.onAsk(name[language])}
        acts={
          <>
            <Button onClick={() => setAsking(false)}>{words.notNow}</Button>
            <Button
              kind={isOn ? 'danger' : 'primary'}
              busy={act.isBusy}
              onClick={() => void turn()}
            >
              {word}
            </Button>
          </>
        }
      >
        <ul class="points">
          {effectOf(props.purpose, props.least, words).map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
        <RefusalStrip refusal={act.refusal} />
      </Dialog>
    </div>
  )
}

type Said = ReturnType<typeof useRegisterWords>['purposes']

function effectOf(purpose: Purpose, least: number, words: Said): readonly string[] {
  const { isOn, isByConsent } = purpose
  if (!isOn) return isByConsent ? words.onEffect : words.onEffectHomes
  if (!isByConsent) return words.offEffectHomes
  return [words.offEnds(agreementsSaid(purpose, least, words)), ...words.offEffect]
}

export function agreementsSaid({ agreements }: Purpose, least: number, words: Said): string {
  return agreements === null ? words.agreementsFew(least) : words.agreementsCount(agreements)
}
