import { CircleCheck } from 'lucide'
import { Open } from '../shell/open-frame.tsx'
import type { Page } from '../shell/pages.ts'
import { useEntryWords } from '../shell/words.tsx'
import { LinkButton } from '../ui/button.tsx'

/** After somebody closed their account: it says how they come again, and nothing of whom. */
export const goodbyePage: Page = {
  path: '/goodbye',
  front: 'open',
  needs: () => [],
  title: (words) => words.identity.signInTitle,
  show: Goodbye,
}

function Goodbye() {
  const words = useEntryWords()
  return (
    <Open heading={words.goodbyeTitle} icon={CircleCheck}>
      <p>{words.goodbyeLine}</p>
      <p>{words.goodbyeAgain}</p>
      <div>
        <LinkButton href="/sign-in">{words.toSignIn}</LinkButton>
      </div>
    </Open>
  )
}
