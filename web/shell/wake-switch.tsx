import { useEffect, useState } from 'preact/hooks'
import { Bell, BellOff } from 'lucide'
import type { pushKey } from '../../src/desks/delivery/api.ts'
import { Button } from '../ui/button.tsx'
import { useFirst } from './shell.tsx'
import { sleep, wake, wakingNow, type Waking } from './wake.ts'
import { useLanguage, useWords } from './words.tsx'

/** Wakes this telephone when there is something for the person; says plainly what it cannot. */
export function WakeSwitch() {
  const { delivery } = useWords()
  const language = useLanguage()
  const push = useFirst<typeof pushKey>('/delivery/push', {})
  const [waking, setWaking] = useState<Waking | null>(null)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => void wakingNow().then(setWaking), [])
  const result = push.result.value
  const key = result?.ok ? result.answer.key : null
  if (key === null || waking === null) return null
  const turn = async () => {
    setBusy(true)
    const now = await (waking === 'on' ? sleep() : wake(key, language)).catch(() => null)
    setWaking(now ?? (await wakingNow()))
    setBusy(false)
  }
  const line = delivery.waking[waking]
  return (
    <div class="stack stack-tight">
      {waking === 'on' || waking === 'off' ? (
        <div>
          <Button
            icon={waking === 'on' ? BellOff : Bell}
            pressed={waking === 'on'}
            disabled={isBusy}
            onClick={() => void turn()}
          >
            {waking === 'on' ? delivery.letSleep : delivery.wakeThis}
          </Button>
        </div>
      ) : null}
      <p class="note" role="status">
        {line}
      </p>
    </div>
  )
}
