import { CircleCheck, HandHelping, Link2Off, PhoneOff, Smile } from 'lucide'
import { Button } from '../ui/button.tsx'
import type { IconNode } from '../ui/icon.tsx'
import { formatInstant } from '../words/format.ts'
import { Open } from './open-frame.tsx'
import type { Page, Params, Status } from './pages.ts'
import { useNow } from './shell.tsx'
import { useAnswerWords, useLanguage, useWords } from './words.tsx'

/**
 * What a chosen contact opens from a message, without signing in and without script. It says how
 * they call the person, and nothing of how or where the person is.
 */
export const answerPage: Page = {
  path: '/answer/:token',
  front: 'open',
  needs: () => [],
  title: (words) => words.care.contactTitle,
  show: Answer,
}

export const answerStatusPages: Readonly<
  Record<Extract<Status, 'answered' | 'answer-gone'>, Pick<Page, 'title' | 'show'>>
> = {
  answered: { title: (words) => words.care.contactThanks, show: Answered },
  'answer-gone': { title: (words) => words.care.contactGone, show: Gone },
}

const choices: readonly { said: 'fine' | 'help' | 'unreached'; icon: IconNode }[] = [
  { said: 'fine', icon: Smile },
  { said: 'help', icon: HandHelping },
  { said: 'unreached', icon: PhoneOff },
]

function Answer({ params }: { params: Params }) {
  const words = useAnswerWords()
  const { token = '', calledAs = '', until = '0' } = params
  const at = formatInstant(Number(until), useNow(), useLanguage())
  return (
    <Open heading={words.contactHead(calledAs)}>
      <p>{words.contactLine(calledAs)}</p>
      <div class="stack">
        {choices.map(({ said, icon }) => (
          <form key={said} method="post" action={`/answer/${encodeURIComponent(token)}/${said}`}>
            <Button type="submit" icon={icon} tall wide>
              {words.contactSays[said]}
            </Button>
          </form>
        ))}
      </div>
      <p>{words.contactHelpLine}</p>
      <p class="small">{words.contactUntil(at, calledAs)}</p>
    </Open>
  )
}

function Answered({ params }: { params: Params }) {
  const { care } = useWords()
  const words = useAnswerWords()
  const said = choices.find((one) => one.said === params.said)?.said ?? 'fine'
  return (
    <Open heading={care.contactThanks} icon={CircleCheck}>
      <p>{words.contactNext[said]}</p>
    </Open>
  )
}

function Gone() {
  const { care } = useWords()
  const words = useAnswerWords()
  return (
    <Open heading={care.contactGone} icon={Link2Off}>
      <p>{words.contactGoneLine}</p>
    </Open>
  )
}
