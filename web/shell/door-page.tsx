import { useState } from 'preact/hooks'
import { ScanLine } from 'lucide'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Open } from './open-frame.tsx'
import type { Page } from './pages.ts'
import { secretIn } from './passes.ts'
import { useIsAlive } from './shell.tsx'
import { useResidentWords } from './words.tsx'

/**
 * How a guard checks a visitor's pass: with the telephone's own camera, since the picture is a
 * link. It holds nobody's data, so it opens for everybody; the pass's own page asks who one is.
 */
export const doorPage: Page = {
  path: '/desk/door',
  front: 'open',
  needs: () => [],
  title: (words) => words.identity.titles.door,
  show: DoorPage,
}

function DoorPage() {
  const words = useResidentWords('door')
  const [link, setLink] = useState('')
  const [isWrong, setWrong] = useState(false)
  const check = (event: Event) => {
    event.preventDefault()
    const secret = secretIn(link)
    setWrong(secret === null)
    // Behind the `#` it stays in this browser.
    if (secret !== null) location.assign(`/pass#${secret}`)
  }
  return (
    <Open heading={words.title} icon={ScanLine}>
      <p>{words.line}</p>
      <form method="post" action="/desk/door" noValidate onSubmit={check}>
        <fieldset class="stack" disabled={!useIsAlive()}>
          <TextField
            label={words.paste}
            name="link"
            type="url"
            maxLength={300}
            value={link}
            problem={isWrong ? words.pasteProblem : undefined}
            onInput={setLink}
          />
          <Button type="submit" wide>
            {words.check}
          </Button>
        </fieldset>
      </form>
    </Open>
  )
}
