import type { askErasure } from '../../src/ground/privacy/own-data/api.ts'
import { call } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct } from '../shell/shell.tsx'
import { useOwnDataWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

export type Asking = { open: boolean; onClose: () => void; again: () => Promise<void> }

/** The last question before an account is closed; loaded when it is asked. */
export function OnceMore({ open, onClose, again }: Asking) {
  const words = useOwnDataWords()
  const { isBusy, refusal, run } = useAct()
  const close = () =>
    void run(async () => {
      const wish = { part: 'account' } as const
      const result = await call<typeof askErasure>('post', '/privacy/my-data/erase', wish)
      if (result.ok && result.answer.state === 'done') location.assign('/goodbye')
      // They hold a post by now: the page says so.
      else if (result.ok) await again()
      return result
    })
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={words.closeAsk}
      acts={
        <>
          <Button onClick={onClose}>{words.closeKeep}</Button>
          <Button kind="danger" busy={isBusy} onClick={close}>
            {words.closeSure}
          </Button>
        </>
      }
    >
      <p>{words.closeAskLine}</p>
      <RefusalStrip refusal={refusal} />
    </Dialog>
  )
}
