import { useEffect, useState } from 'preact/hooks'
import type { checkRule } from '../../../src/watch/scenarios/api.ts'
import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { call, type Refusal } from '../../shell/call.ts'
import type { Problem } from './problems.ts'

/** Whoever changes one thing after the other is not asked about each. */
const patienceMs = 200

/** `refusal`: it could not be asked; nothing is known of the rule then, so it is not saved. */
export type Checked = { problems: Problem[]; isChecking: boolean; refusal: Refusal | null }

type Answer = { of: Definition | null; problems: Problem[]; refusal: Refusal | null }

const nothing: Answer = { of: null, problems: [], refusal: null }

/** What is wrong with a changed rule, as the server says. A saved one is not asked about. */
export function useCheck(rule: Definition | null): Checked {
  const [answer, keep] = useState<Answer>(nothing)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    const again = () => setTries((before) => before + 1)
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [])
  useEffect(() => {
    if (!rule) return keep(nothing)
    let isOver = false
    const timer = setTimeout(async () => {
      const result = await call<typeof checkRule>('post', '/scenarios/check', {
        definition: JSON.stringify(rule),
      })
      if (isOver) return
      keep({
        of: rule,
        problems: result.ok ? result.answer.problems : [],
        refusal: result.ok ? null : result.refusal,
      })
    }, patienceMs)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [rule, tries])
  if (!rule) return { problems: [], isChecking: false, refusal: null }
  return { problems: answer.problems, isChecking: rule !== answer.of, refusal: answer.refusal }
}

/** The browser asks before a changed sentence that nobody saved is left. */
export function useUnsaved(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isUnsaved])
}
