import { useState } from 'preact/hooks'
import type { Refusal } from '../../shell/call.ts'
import { useDeviceWords, useWorkWords } from '../../shell/words.tsx'
import type { DeviceWords } from '../../shell/words.tsx'
import { CheckGroup } from '../../ui/choice.tsx'

/** What is written in a field, and whether it was wrong when it was sent. */
export function useWritten(first: string) {
  const [value, setValue] = useState(first)
  const [wrong, setWrong] = useState(false)
  return {
    value,
    wrong,
    write: (next: string) => {
      setWrong(false)
      setValue(next)
    },
    isWrong: (is: boolean) => {
      setWrong(is)
      return is
    },
  }
}

export function nameProblem(
  isWrong: boolean,
  refusal: Refusal | null,
  words: DeviceWords,
): string | undefined {
  if (refusal?.field !== 'nameAtGateway') return isWrong ? words.nameAtGatewayProblem : undefined
  return refusal.fault === 'already-so' ? words.nameAtGatewayTaken : words.nameAtGatewayProblem
}

export function placeProblem(
  isWrong: boolean,
  refusal: Refusal | null,
  words: DeviceWords,
): string | undefined {
  if (isWrong) return words.placeProblem
  const isPlace = refusal?.field === 'place' || refusal?.field === 'home'
  if (!isPlace) return undefined
  return refusal.fault === 'not-found' ? words.notFound : words.placeUnfit
}

/** The second look before what cannot be undone. */
export function Sure(props: { values: string[]; onPick: (values: string[]) => void }) {
  const words = useDeviceWords()
  const { ui } = useWorkWords()
  return (
    <CheckGroup
      legend={ui.confirm}
      name="sure"
      column
      options={[{ value: 'sure', words: words.revokeAsk }]}
      values={props.values}
      onPick={props.onPick}
    />
  )
}
