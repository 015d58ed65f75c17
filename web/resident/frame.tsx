import type { ComponentChildren } from 'preact'
import { Phone, ZoomIn } from 'lucide'
import type { whoAmI } from '../../src/desks/identity/api.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { whomToCall } from '../../src/ground/duties/api.ts'
import { LanguageLink } from '../shell/language-link.tsx'
import { SignOut } from '../shell/sign-out.tsx'
import { ExampleTown, Strips } from '../shell/strips.tsx'
import { useFirst, useShell } from '../shell/shell.tsx'
import { useWords } from '../shell/words.tsx'
import { LinkButton } from '../ui/button.tsx'
import { BackLink, Brand, PhoneFrame } from '../ui/frames.tsx'
import { ViewSwitch } from '../ui/switches.tsx'
import type { Words } from '../words/index.ts'
import { ActingStrip } from './acting.tsx'

type Me = Output<typeof whoAmI>
type Whom = Output<typeof whomToCall>

/** The frame of every resident's page: where one is, the two switches, and whom to call. */
export function Resident(props: {
  back?: { href: string; words: string } | undefined
  children: ComponentChildren
}) {
  const words = useWords().ui
  const head = props.back ? <BackLink {...props.back} /> : <Whereabouts />
  return (
    <PhoneFrame
      skipWords={words.skipToContent}
      navigationWords={words.mainNavigation}
      strip={<Over />}
      head={
        <>
          {head}
          <span class="push">
            <ElderSwitch />
          </span>
        </>
      }
      foot={<CallFoot />}
    >
      {props.children}
    </PhoneFrame>
  )
}

/** What stands over every page; an account without a home has no stream to hear. */
function Over() {
  const { isDemo, signIn } = useShell()
  const me = useMe()
  return (
    <>
      {signIn !== undefined ? <Strips /> : isDemo ? <ExampleTown /> : null}
      {me?.acting ? <ActingStrip acting={me.acting} /> : null}
    </>
  )
}

function Whereabouts() {
  const words = useWords()
  const me = useMe()
  const place = me?.place
  if (!place) return <Brand words={words.ui.product} />
  return <Brand words={words.places.compound(place)} line={words.places.spot(place)} />
}

/** Nobody where only a telephone is proven. */
export function useMe(): Me | undefined {
  const result = useFirst<typeof whoAmI>('/identity/me', {}).result.value
  return result?.ok ? result.answer : undefined
}

function ElderSwitch() {
  const words = useWords().ui
  const { view, at } = useShell()
  return view === 'elder' ? (
    <ViewSwitch href={`${at}?view=normal`} words={words.normalView} />
  ) : (
    <ViewSwitch href={`${at}?view=elder`} words={words.elderView} icon={ZoomIn} />
  )
}

/** Whom a resident calls, as far as it is known. */
export function useWhomToCall(): Whom | undefined {
  const result = useFirst<typeof whomToCall>('/duties/call', {}).result.value
  return result?.ok ? result.answer : undefined
}

/** "Call a person" is always in reach, with whether somebody answers now. */
export function CallFoot() {
  const words = useWords().care
  const { view } = useShell()
  const whom = useWhomToCall()
  if (!whom) return null
  const unit = whom.unit ?? words.callCity
  if (whom.phone === null) return <p class="small centre">{words.callNoPhone(unit)}</p>
  return (
    <div class="stack stack-tight">
      <LinkButton
        kind={view === 'elder' ? 'primary' : 'plain'}
        wide
        tall={view === 'elder'}
        icon={Phone}
        href={`tel:${whom.phone.replace(/ /g, '')}`}
      >
        {words.callUnit(unit)}
      </LinkButton>
      <p class="small centre">{answersWhen(whom, words)}</p>
    </div>
  )
}

function answersWhen(whom: Whom, words: Words['care']): string {
  const { opensAt, closesAt } = whom
  if (opensAt === null || closesAt === null) {
    return whom.answersNow ? words.callNowOpen : words.callLaterOpen
  }
  return whom.answersNow ? words.callNow(closesAt) : words.callLater(opensAt, closesAt)
}

/** The foot of the care page: who is signed in, the other language, the way out. */
export function MePart() {
  const words = useWords().ui
  const me = useMe()
  return (
    <section class="me-part stack stack-tight" aria-label={words.me}>
      {me ? <p class="small muted">{me.name}</p> : null}
      <div class="flow">
        <LanguageLink />
        <SignOut />
      </div>
    </section>
  )
}
