import { LogOut } from 'lucide'
import { Button } from '../ui/button.tsx'
import { dropKept } from './drop-kept.ts'
import { sleep } from './sleep.ts'
import { useWords } from './words.tsx'

/** Signing out does not wait longer for the browser's push service. */
const sleepMs = 1_000

/**
 * Ends this device's session; a plain form, so that it works without script. A telephone that is
 * handed on is woken no more and keeps nothing.
 */
export function SignOut() {
  return (
    <form method="post" action="/sign-out" onSubmit={(event) => void letSleepFirst(event)}>
      <Button type="submit" icon={LogOut}>
        {useWords().ui.signOut}
      </Button>
    </form>
  )
}

async function letSleepFirst(event: SubmitEvent): Promise<void> {
  event.preventDefault()
  const form = event.currentTarget as HTMLFormElement
  await Promise.race([
    Promise.allSettled([dropKept(), sleep()]),
    new Promise((done) => setTimeout(done, sleepMs)),
  ])
  form.submit()
}
