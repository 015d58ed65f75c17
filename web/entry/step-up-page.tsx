import { ShieldCheck } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { whoAmI } from '../../src/desks/identity/api.ts'
import type { myStepUp } from '../../src/desks/identity/stepping-up/api.ts'
import { urlOf } from '../shell/call.ts'
import { Open } from '../shell/open-frame.tsx'
import type { Page, Params } from '../shell/pages.ts'
import { useNow } from '../shell/shell.tsx'
import { useEntryWords, useLanguage } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { formatInstant } from '../words/format.ts'
import {
  ActingOver,
  AskedText,
  meUrl,
  OrganisationButton,
  PasskeyButton,
  PostForm,
  Refused,
  useAnswer,
  type Ways,
} from './frame.tsx'

const urls = { ways: urlOf('/identity/ways'), mine: urlOf('/identity/step-up'), me: meUrl }
const here = '/step-up'

/** Whoever is about to see something sensitive shows once more that it is them. */
export const stepUpPages: readonly Page[] = [here, `${here}/:to`].map((path) => ({
  ...{ path, front: 'open', show: StepUp },
  needs: () => Object.values(urls),
  title: (words) => words.identity.titles.stepUp,
}))

/** Where one came from: a closed list, so that no address leads anywhere else. */
const backTo: Readonly<Record<string, string>> = { keys: '/me/keys', invite: '/invite' }

function StepUp({ params }: { params: Params }) {
  const words = useEntryWords()
  const mine = useAnswer<Output<typeof myStepUp>>(urls.mine)
  const ways = useAnswer<Ways>(urls.ways)
  const me = useAnswer<Output<typeof whoAmI>>(urls.me)
  const { to = '' } = params
  const back = Object.hasOwn(backTo, to) ? backTo[to] : undefined
  const until = mine?.until ?? null
  const at = formatInstant(until ?? 0, useNow(), useLanguage())
  if (me?.acting) {
    return (
      <Open {...{ icon: ShieldCheck, heading: words.stepUpTitle, over: <ActingOver /> }}>
        <p>{words.stepUpActing}</p>
      </Open>
    )
  }
  return (
    <Open icon={ShieldCheck} heading={until === null ? words.stepUpTitle : words.stepUpDoneTitle}>
      <p>{until === null ? words.stepUpLine : words.stepUpDone(at, back !== undefined)}</p>
      {back && until !== null ? (
        <LinkButton href={back} kind="primary" tall wide>
          {words.stepUpBack}
        </LinkButton>
      ) : null}
      <Refused />
      {mine?.ways.map((way) => {
        if (way === 'code') {
          return <ByCode key={way} to={to} isSent={params['sent'] !== undefined} />
        }
        if (way === 'organisation') {
          return (
            <OrganisationButton key={way} purpose="step-up" to={back ?? here}>
              {words.stepUpOrganisation}
            </OrganisationButton>
          )
        }
        return (
          <PasskeyButton key={way} act="step-up" then={back ?? here} primary={until === null}>
            {words.stepUpPasskey}
          </PasskeyButton>
        )
      })}
      {ways?.passkeyUnder && mine?.ways.includes('passkey') ? (
        <p class="small">
          {words.passkeyElsewhere} <a href={ways.passkeyUnder}>{ways.passkeyUnder}</a>
        </p>
      ) : null}
      {mine?.ways.length ? null : (
        <>
          <p>{words.stepUpNone}</p>
          <div>
            <LinkButton href="/me/keys">{words.keysTitle}</LinkButton>
          </div>
        </>
      )}
    </Open>
  )
}

function ByCode({ to, isSent }: { to: string; isSent: boolean }) {
  const words = useEntryWords()
  const keep = { ...(to ? { to } : {}), sent: 'yes' }
  return isSent ? (
    <PostForm to={`${here}/code/use`} keep={keep}>
      <p>{words.codeLine}</p>
      <AskedText
        {...{ label: words.code, name: 'code', inputMode: 'numeric', required: true }}
        {...{ autoComplete: 'one-time-code', maxLength: 6 }}
      />
      <Button type="submit" kind="primary" tall wide>
        {words.stepUpUse}
      </Button>
    </PostForm>
  ) : (
    <PostForm to={`${here}/code`} keep={keep}>
      <Button type="submit" kind="primary" tall wide>
        {words.stepUpCode}
      </Button>
    </PostForm>
  )
}
