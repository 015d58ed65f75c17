import { useEffect, useState } from 'preact/hooks'
import { Bell, BellOff } from 'lucide'
import type { pushKey } from '../../src/desks/delivery/api.ts'
import { Button } from '../ui/button.tsx'
import type { Language } from '../words/index.ts'
import { useFirst } from './shell.tsx'
import { sleep, wakingNow, type Waking } from './sleep.ts'
import { useLanguage, useWords } from './words.tsx'

/** Wakes this telephone when there is something for the person; says plainly what it cannot. */
export function WakeSwitch() {
  const { delivery } = useWords()
  const language = useLanguage()
  const push = useFirst<typeof pushKey>('/delivery/push', {})
  const [waking, setWaking] = useState<Waking | null>(null)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => void wakingNow().then(setWaking), [])
  // There before it is pressed: some browsers hear no question but in the press itself.
  useEffect(() => void import('./wake.ts').catch(() => undefined), [])
  const result = push.result.value
  const key = result?.ok ? result.answer.key : null
  if (key === null || waking === null) return null
  const turn = async () => {
    setBusy(true)
    const turned = waking === 'on' ? sleep() : wakeWith(key, language)
    const now = await turned.catch(() => null)
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

async function wakeWith(key: string, language: Language): Promise<Waking> {
  return (await import('./wake.ts')).wake(key, language)
}
