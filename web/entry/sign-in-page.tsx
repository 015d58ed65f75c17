import { minuteMs } from '../../src/kernel/clock.ts'
import { CircleX, MessageSquareText, Phone } from 'lucide'
import { Open } from '../shell/open-frame.tsx'
import type { Page, Params } from '../shell/pages.ts'
import { urlOf } from '../shell/call.ts'
import { useShell } from '../shell/shell.tsx'
import { useEntryWords, useWords } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import {
  AskedText,
  OrganisationButton,
  PasskeyButton,
  PostForm,
  Refused,
  useAnswer,
  useRefusal,
  type Ways,
} from './frame.tsx'

const waysUrl = urlOf('/identity/ways')

/** By a code to a telephone, a passkey, or the organisation. It lists nobody. */
export const signInPages: readonly Page[] = [
  {
    path: '/sign-in',
    front: 'open',
    needs: () => [waysUrl],
    title: (words) => words.identity.signInTitle,
    show: SignIn,
  },
  {
    path: '/sign-in/code',
    front: 'open',
    needs: () => [waysUrl],
    title: (words) => words.identity.signInTitle,
    show: Code,
  },
  {
    path: '/sign-in/said/:word',
    front: 'open',
    needs: () => [],
    title: (words) => words.identity.signInTitle,
    show: Said,
  },
]

export function SignIn() {
  const words = useEntryWords()
  const { identity, privacy } = useWords()
  const { isDemo } = useShell()
  const ways = useAnswer<Ways>(waysUrl)
  return (
    <Open heading={identity.signInTitle} foot={<CallCity />}>
      <p>{identity.whatItIs}</p>
      <PostForm to="/sign-in/code">
        <Refused />
        <Meanwhile />
        <AskedText
          {...{ label: words.phone, name: 'phone', type: 'tel', inputMode: 'tel', required: true }}
          {...{ autoComplete: 'tel', maxLength: 20, help: words.phoneHelp }}
        />
        <Button type="submit" kind="primary" icon={MessageSquareText} tall wide>
          {words.sendCode}
        </Button>
      </PostForm>
      {ways ? <OtherWays ways={ways} /> : null}
      {isDemo ? (
        <div class="stack">
          <p>{identity.howToEnterDemo}</p>
          <code class="open-command">{identity.demoCommand}</code>
        </div>
      ) : null}
      <ViewLink />
      <p>
        <a href="/authorities">{privacy.authorities}</a>
      </p>
      <p>
        <a href="/numbers">{privacy.numbers}</a>
      </p>
    </Open>
  )
}

/** A telephone that too many codes were asked for, perhaps by somebody else. */
function Meanwhile() {
  const words = useEntryWords()
  const waitMs = useRefusal()?.waitMs ?? 0
  return waitMs > 5 * minuteMs ? <p>{words.meanwhile}</p> : null
}

function OtherWays({ ways }: { ways: Ways }) {
  const words = useEntryWords()
  if (!ways.passkey && ways.passkeyUnder === null && ways.organisation === null) return null
  return (
    <section class="stack" aria-label={words.otherWays}>
      <h2 class="title">{words.otherWays}</h2>
      {ways.passkey ? (
        <>
          <PasskeyButton act="sign-in" then="/">
            {words.byPasskey}
          </PasskeyButton>
          <p class="small">{words.byPasskeyLine}</p>
        </>
      ) : null}
      {ways.passkeyUnder === null ? null : (
        <p class="small">
          {words.passkeyElsewhere} <a href={`${ways.passkeyUnder}/sign-in`}>{ways.passkeyUnder}</a>
        </p>
      )}
      {ways.organisation === null ? null : (
        <OrganisationButton to="/">{words.byOrganisation(ways.organisation)}</OrganisationButton>
      )}
    </section>
  )
}

/** Nobody knows yet where they live: the city's own line, which somebody always answers. */
function CallCity() {
  const words = useEntryWords()
  const isElder = useShell().view === 'elder'
  return (
    <div class="stack stack-tight">
      <LinkButton {...{ href: 'tel:12345', icon: Phone, wide: true, tall: isElder }}>
        {words.callCity}
      </LinkButton>
      {isElder ? null : <p class="small centre">{words.callCityLine}</p>}
    </div>
  )
}

/** Larger letters before anybody has signed in. */
function ViewLink() {
  const words = useEntryWords()
  const { view, at } = useShell()
  const isElder = view === 'elder'
  return (
    <p>
      <a href={`${at}?view=${isElder ? 'normal' : 'elder'}`}>
        {isElder ? words.smaller : words.larger}
      </a>
    </p>
  )
}

/** The number travels in the form, never in an address. */
function Code({ params }: { params: Params }) {
  const words = useEntryWords()
  const { phone } = params
  if (!phone) return <SignIn />
  return (
    <Open heading={words.codeTitle} icon={MessageSquareText} foot={<CallCity />}>
      <p>{words.codeLine}</p>
      <PostForm to="/sign-in/code/use" keep={{ phone }}>
        <Refused />
        <AskedText
          {...{ label: words.code, name: 'code', inputMode: 'numeric', required: true }}
          {...{ autoComplete: 'one-time-code', maxLength: 6 }}
        />
        <Button type="submit" kind="primary" tall wide>
          {words.enter}
        </Button>
      </PostForm>
      <p>
        <a href="/sign-in">{words.again}</a>
      </p>
    </Open>
  )
}

function Said({ params }: { params: Params }) {
  const words = useEntryWords()
  const known = Object.entries(words.said).find(([word]) => word === params['word'])
  const { title, line } = known?.[1] ?? words.said['organisation-refused']
  return (
    <Open heading={title} icon={CircleX}>
      <p>{line}</p>
      <div>
        <LinkButton href="/sign-in">{words.toSignIn}</LinkButton>
      </div>
    </Open>
  )
}
