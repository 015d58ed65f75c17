import { Compass, Link2Off, LockKeyhole, LogIn, Sunrise, TriangleAlert } from 'lucide'
import { Button, LinkButton } from '../ui/button.tsx'
import type { IconNode } from '../ui/icon.tsx'
import { answerPage, answerStatusPages } from './answer-page.tsx'
import { SignIn } from '../entry/sign-in-page.tsx'
import { doorPage } from './door-page.tsx'
import { Open } from './open-frame.tsx'
import type { Page, Params, Status } from './pages.ts'
import { passPage } from './pass-page.tsx'
import { TagPage } from './tag-page.tsx'
import { useEntryWords, useWords } from './words.tsx'

/** Pages for whoever is not signed in or stands before the wrong door. Only a pass needs script. */
export const openPages: readonly Page[] = [
  {
    path: '/in/:token',
    front: 'open',
    needs: () => [],
    title: (words) => words.identity.enterTitle,
    show: Enter,
  },
  {
    path: '/t/:token',
    front: 'open',
    needs: () => [],
    title: (words) => words.tasks.titles.tag,
    show: TagPage,
  },
  answerPage,
  passPage,
  doorPage,
]

/** A page that stands in for the one asked for. */
export const statusPages: Readonly<Record<Status, Pick<Page, 'title' | 'show'>>> = {
  'sign-in': { title: (words) => words.identity.signInTitle, show: SignIn },
  enter: { title: (words) => words.identity.enterTitle, show: Enter },
  'link-used': { title: (words) => words.identity.linkUsedTitle, show: LinkUsed },
  'not-found': { title: (words) => words.ui.notFound, show: NotFound },
  'not-allowed': { title: (words) => words.identity.notAllowedTitle, show: NotAllowed },
  beginning: { title: (words) => words.identity.titles.begin, show: Beginning },
  failed: { title: (words) => words.identity.failedTitle, show: Failed },
  ...answerStatusPages,
}

/** A link is used by a press, not by a glance: mail and chat programs open links by themselves. */
function Enter(props: { params: Params }) {
  const words = useWords().identity
  return (
    <Open heading={words.enterTitle}>
      <p>{words.enterLine}</p>
      <form method="post" action={`/in/${encodeURIComponent(props.params.token ?? '')}`}>
        <Button type="submit" kind="primary" icon={LogIn} tall wide>
          {words.enter}
        </Button>
      </form>
    </Open>
  )
}

function LinkUsed() {
  const words = useWords().identity
  return <StandIn icon={Link2Off} title={words.linkUsedTitle} line={words.linkUsedLine} />
}

function NotFound() {
  const words = useWords().ui
  return <StandIn icon={Compass} title={words.notFound} line={words.notFoundLine} />
}

function NotAllowed() {
  const words = useWords().identity
  return <StandIn icon={LockKeyhole} title={words.notAllowedTitle} line={words.notAllowedLine} />
}

function Beginning() {
  const words = useEntryWords()
  return (
    <Open heading={words.beginFirstTitle} icon={Sunrise}>
      <p>{words.beginFirstLine}</p>
      <div>
        <LinkButton href="/begin" kind="primary">
          {words.toGuide}
        </LinkButton>
      </div>
    </Open>
  )
}

function Failed() {
  const words = useWords().identity
  return <StandIn icon={TriangleAlert} title={words.failedTitle} line={words.failedLine} />
}

/** What happened, then the next step. */
function StandIn(props: { icon: IconNode; title: string; line: string }) {
  return (
    <Open heading={props.title} icon={props.icon}>
      <p>{props.line}</p>
      <div>
        <LinkButton href="/">{useWords().identity.toStart}</LinkButton>
      </div>
    </Open>
  )
}
