import { Undo2, UsersRound } from 'lucide'
import type { Instant } from '../../src/kernel/clock.ts'
import type { actFor } from '../../src/desks/identity/grants/api.ts'
import { call } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useNow } from '../shell/shell.tsx'
import { useLanguage, useResidentWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Strip } from '../ui/state.tsx'
import { formatUntil } from './away.ts'

export type Acting = { name: string; until: Instant }

/** Over every page while somebody acts for another: for whom, until when, and the way back. */
export function ActingStrip(props: { acting: Acting }) {
  const words = useResidentWords('acting')
  const until = formatUntil(props.acting.until, useNow(), useLanguage())
  const act = useActFor()
  return (
    <div class="acting">
      <Strip
        tone="amber"
        icon={UsersRound}
        flat
        act={
          <Button icon={Undo2} busy={act.isBusy} onClick={() => void act.to(null)}>
            {words.back}
          </Button>
        }
      >
        {words.says(props.acting.name, until)}
      </Strip>
      <RefusalStrip refusal={act.refusal} />
    </div>
  )
}

/** From here on the pages are somebody else's, so they begin anew. */
export function useActFor() {
  const { isBusy, refusal, run } = useAct()
  return {
    ...{ isBusy, refusal },
    async to(grant: string | null) {
      const isDone = await run(() => call<typeof actFor>('post', '/identity/act-for', { grant }))
      // Whoever is back as themselves may be a worker: the start knows where they belong.
      if (isDone) location.assign(grant === null ? '/' : '/home')
    },
  }
}
