import { useState } from 'preact/hooks'
import { FilePenLine } from 'lucide'
import type { writeImpact } from '../../../src/ground/privacy/purposes/api.ts'
import type { SensitivePurpose } from '../../../src/ground/privacy/types.ts'
import { call } from '../../shell/call.ts'
import { useAct } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import type { Purpose } from './purpose-switch.tsx'

const parts = ['necessity', 'risks', 'measures'] as const
const blank = { necessity: '', risks: '', measures: '' }
const lengthMin = 10

/** The three answers that the law asks for before anything sensitive begins. */
export function ImpactForm(props: { purpose: Purpose; again: () => Promise<void> }) {
  const { purpose, impact } = props.purpose
  const words = useRegisterWords().purposes
  const [isOpen, setOpen] = useState(false)
  const [written, setWritten] = useState(blank)
  const [isChecked, setChecked] = useState(false)
  const act = useAct()
  const isShort = (part: (typeof parts)[number]) => written[part].trim().length < lengthMin
  const save = async () => {
    setChecked(true)
    if (parts.some(isShort)) return
    const asked = { purpose: purpose as SensitivePurpose, ...written }
    if (!(await act.run(() => call<typeof writeImpact>('post', '/privacy/impacts', asked)))) return
    setOpen(false)
    setWritten(blank)
    setChecked(false)
    await props.again()
  }
  if (!isOpen) {
    return (
      <div>
        <Button icon={FilePenLine} onClick={() => setOpen(true)}>
          {impact ? words.writeAgain : words.write}
        </Button>
      </div>
    )
  }
  const helps = {
    necessity: words.necessityHelp,
    risks: words.risksHelp,
    measures: words.measuresHelp,
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {parts.map((part) => (
        <TextField
          key={part}
          label={words[part]}
          name={`${purpose}-${part}`}
          help={helps[part]}
          rows={3}
          maxLength={1_000}
          value={written[part]}
          problem={isChecked && isShort(part) ? words.tooShort : undefined}
          onInput={(value) => setWritten((before) => ({ ...before, [part]: value }))}
        />
      ))}
      <p class="note">{words.saveLine}</p>
      <div class="flow">
        <Button onClick={() => setOpen(false)}>{words.notNow}</Button>
        <Button kind="primary" type="submit" busy={act.isBusy}>
          {words.save}
        </Button>
      </div>
      <RefusalStrip refusal={act.refusal} />
    </form>
  )
}
