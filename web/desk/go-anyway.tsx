import { useDeskWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import type { Work } from './work.ts'

/** Somebody is on the way already: says who, and asks before a second one goes. */
export function GoAnyway(props: { work: Work }) {
  const { blocked, unblock, act, busyTask } = props.work
  const words = useDeskWords()
  return (
    <Dialog
      open={blocked !== null}
      title={words.onTheWayTitle}
      onClose={unblock}
      acts={
        <>
          <Button
            busy={busyTask !== null}
            onClick={() => {
              if (!blocked) return
              unblock()
              void act(blocked.task, { ...blocked.step, anyway: true })
            }}
          >
            {words.goAnyway}
          </Button>
          <Button kind="primary" onClick={unblock}>
            {words.stay}
          </Button>
        </>
      }
    >
      <p>{words.onTheWay(blocked?.who ?? '')}</p>
    </Dialog>
  )
}
