import { useEffect, useState } from 'preact/hooks'
import { Link2Off, Ticket } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { whoAmI } from '../../src/desks/identity/api.ts'
import type { showPass } from '../../src/desks/identity/passes/api.ts'
import { Button } from '../ui/button.tsx'
import { codeOf, QrCode } from '../ui/qr.tsx'
import { State } from '../ui/state.tsx'
import { formatInstant, formatSpan } from '../words/format.ts'
import { call, type Answered } from './call.ts'
import { Open } from './open-frame.tsx'
import type { Page } from './pages.ts'
import { PassCheck } from './pass-check.tsx'
import { doorWords, secretIn } from './passes.ts'
import { useLanguage, useResidentWords, useWords } from './words.tsx'

type Shown = Output<typeof showPass>

/**
 * A visitor's pass. Its secret stands behind the `#` of the link, which no browser sends; here it
 * leaves the address bar too. To whoever keeps a door the same link says whether it is valid.
 */
export const passPage: Page = {
  path: '/pass',
  front: 'open',
  needs: () => [],
  title: (words) => words.identity.titles.pass,
  show: PassPage,
}

type Seen =
  | { is: 'looking' }
  | { is: 'none' }
  | { is: 'lost'; again: () => void }
  | { is: 'visitor'; shown: Answered<Shown> }
  /** `at`: each look is a check of its own, also of the same pass. */
  | { is: 'staff'; at: number; secret: string; shown: Answered<Shown> }

function PassPage() {
  const pass = useResidentWords('pass')
  const check = useResidentWords('check')
  const seen = usePass()
  return (
    <Open heading={seen.is === 'staff' ? check.title : pass.title} icon={Ticket}>
      <noscript class="strip strip-amber">{pass.noScript}</noscript>
      <Inside seen={seen} />
    </Open>
  )
}

function Inside({ seen }: { seen: Seen }) {
  const pass = useResidentWords('pass')
  const { ui } = useWords()
  switch (seen.is) {
    case 'looking':
      return null
    case 'none':
      return <State kind="empty" icon={Link2Off} title={pass.none} line={pass.noneLine} />
    case 'lost':
      return (
        <State
          kind="offline"
          title={ui.offline}
          act={<Button onClick={seen.again}>{ui.tryAgain}</Button>}
        />
      )
    case 'visitor':
      return <ForVisitor shown={seen.shown} />
    case 'staff': {
      const place = seen.shown.ok ? seen.shown.answer.place : null
      return <PassCheck key={seen.at} secret={seen.secret} place={place} />
    }
    default:
      return seen satisfies never
  }
}

function ForVisitor(props: { shown: Answered<Shown> }) {
  const words = useResidentWords('pass')
  const { places } = useWords()
  const language = useLanguage()
  if (!props.shown.ok) {
    const { fault, sentence } = props.shown.refusal
    const line = fault === 'not-found' ? words.goneLine : sentence[language]
    return <State kind="empty" icon={Link2Off} title={words.gone} line={line} />
  }
  const { place, from, until, svg, now } = props.shown.answer
  const code = codeOf(svg)
  return (
    <div class="code-big" role="status">
      <p class="title">{doorWords(place, places)}</p>
      <p class="strong">{formatSpan(from, until, now, language)}</p>
      {from > now ? (
        <p class="strong is-amber">{words.notYet(formatInstant(from, now, language))}</p>
      ) : null}
      {code ? <QrCode code={code} label={words.title} /> : null}
      <p>{words.hold}</p>
      <p class="note">{words.nothingKept}</p>
    </div>
  )
}

function usePass(): Seen {
  const [seen, setSeen] = useState<Seen>({ is: 'looking' })
  useEffect(() => {
    const look = async () => setSeen(await lookAt(takeSecret(), () => void look()))
    void look()
    // Another pass opened in this tab changes nothing but the fragment.
    const onHash = () => void (location.hash !== '' && look())
    addEventListener('hashchange', onHash)
    return () => removeEventListener('hashchange', onHash)
  }, [])
  return seen
}

async function lookAt(secret: string | null, again: () => void): Promise<Seen> {
  if (secret === null) return { is: 'none' }
  const [shown, me] = await Promise.all([
    call<typeof showPass>('post', '/identity/passes/show', { secret }),
    call<typeof whoAmI>('get', '/identity/me', {}),
  ])
  if (!shown.ok && shown.refusal.fault === 'offline') return { is: 'lost', again }
  if (!me.ok || me.answer.role === 'resident') return { is: 'visitor', shown }
  sessionStorage.removeItem(keptAs)
  return { is: 'staff', at: performance.now(), secret, shown }
}

const keptAs = 'lilong-pass'

/** From the address, which then no longer shows it; else what this tab has of it. */
function takeSecret(): string | null {
  const secret = secretIn(location.hash)
  if (location.hash !== '') history.replaceState(null, '', location.pathname)
  if (secret !== null) sessionStorage.setItem(keptAs, secret)
  return secret ?? sessionStorage.getItem(keptAs)
}
