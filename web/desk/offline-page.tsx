import { useDeskWords } from '../shell/words.tsx'
import { Column } from '../ui/frames.tsx'
import { State } from '../ui/state.tsx'
import { Desk } from './desk.tsx'

/** Opens without a network where nothing is kept. It is kept itself, so it holds nobody's data. */
export function OfflinePage() {
  const words = useDeskWords()
  return (
    <Desk at="/desk" shows="main">
      <Column kind="main" label={words.offlineNothing}>
        <div class="stack reading">
          <h1 class="head">{words.offlineNothing}</h1>
          <State kind="offline" title={words.offlineNothingLine} line={words.offlineCard} />
        </div>
      </Column>
    </Desk>
  )
}
