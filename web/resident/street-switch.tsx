import { MapPinned } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { howProven } from '../../src/desks/identity/proving/api.ts'
import type { chooseStreet } from '../../src/desks/identity/sessions/api.ts'
import { call } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct } from '../shell/shell.tsx'
import { useResidentWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'

type Street = Output<typeof howProven>['streets'][number]

/** Whoever is somebody in several streets sees one at a time in this browser. */
export function StreetSwitch(props: { streets: readonly Street[]; current: string | undefined }) {
  const home = useResidentWords('home')
  const act = useAct()
  const others = props.streets.filter(({ name }) => name !== props.current)
  if (props.streets.length < 2) return null
  const choose = async (street: Street['street']) => {
    const isDone = await act.run(() =>
      call<typeof chooseStreet>('post', '/identity/street', { street }),
    )
    if (isDone) location.assign('/home')
  }
  return (
    <div class="stack">
      {others.map(({ street, name }) => (
        <Button
          key={street}
          wide
          icon={MapPinned}
          busy={act.isBusy}
          onClick={() => void choose(street)}
        >
          {home.toStreet(name)}
        </Button>
      ))}
      <RefusalStrip refusal={act.refusal} />
    </div>
  )
}
