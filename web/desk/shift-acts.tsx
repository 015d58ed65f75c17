import { useState } from 'preact/hooks'
import { ArrowRightLeft, UserCheck } from 'lucide'
import type { handOver, takeOver } from '../../src/ground/duties/roster/api.ts'
import { hourMs } from '../../src/kernel/clock.ts'
import { call } from '../shell/call.ts'
import { useAct, useNow } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useDeskWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import type { MyShift } from './shift-page.tsx'

/** So long before its beginning a shift can be taken over. */
const earlyMs = hourMs

export function TakeOver(props: {
  shift: NonNullable<MyShift['shift']>
  again: () => Promise<void>
}) {
  const { shift, from } = props.shift
  const words = useDeskWords()
  const { isBusy, refusal, run } = useAct()
  const now = useNow()
  if (from - now > earlyMs) return null
  const take = async () => {
    await run(() => call<typeof takeOver>('post', '/duties/shifts/take-over', { shift }))
    await props.again()
  }
  return (
    <>
      <RefusalStrip refusal={refusal} />
      <Button kind="primary" icon={UserCheck} tall wide busy={isBusy} onClick={() => void take()}>
        {words.takeOver}
      </Button>
    </>
  )
}

/** With a word for the next; without a shift it is the word alone. */
export function HandOver(props: { mine: MyShift; again: () => Promise<void> }) {
  const { shift } = props.mine
  const words = useDeskWords()
  const [said, say] = useState('')
  const [isMissing, setMissing] = useState(false)
  const { isBusy, refusal, run } = useAct()
  const ends = shift !== null && shift.handedOverAt === null
  const title = ends ? words.handOverShift : words.leaveNote
  const send = async () => {
    const text = said.trim()
    setMissing(text === '' && !ends)
    if (text === '' && !ends) return
    const input = { shift: ends ? shift.shift : null, words: text }
    const isDone = await run(() => call<typeof handOver>('post', '/duties/shifts/hand-over', input))
    if (isDone) say('')
    await props.again()
  }
  return (
    <details>
      <summary class="button button-wide">{title}</summary>
      <div class="stack above-3">
        <TextField
          label={words.handOverWords}
          name="note"
          help={words.handOverWordsHelp}
          problem={isMissing ? words.handOverWordsMissing : undefined}
          rows={4}
          maxLength={1000}
          value={said}
          onInput={say}
        />
        <RefusalStrip refusal={refusal} />
        <Button icon={ArrowRightLeft} wide busy={isBusy} onClick={() => void send()}>
          {title}
        </Button>
      </div>
    </details>
  )
}
