import { LogOut } from 'lucide'
import { Button } from '../ui/button.tsx'
import { useWords } from './words.tsx'

/** Ends this device's session; a plain form, so that it works without script. */
export function SignOut() {
  return (
    <form method="post" action="/sign-out">
      <Button type="submit" icon={LogOut}>
        {useWords().ui.signOut}
      </Button>
    </form>
  )
}
