import { ShieldCheck } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { myStepUp } from '../../src/desks/identity/stepping-up/api.ts'
import { urlOf } from '../shell/call.ts'
import { Open } from '../shell/open-frame.tsx'
import type { Page, Params } from '../shell/pages.ts'
import { useNow } from '../shell/shell.tsx'
import { useEntryWords, useLanguage } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { formatInstant } from '../words/format.ts'
import {
  OrganisationButton,
  PasskeyButton,
  PostForm,
  Refused,
  useAnswer,
  type Ways,
} from './frame.tsx'

const urls = { ways: urlOf('/identity/ways'), mine: urlOf('/identity/step-up') }
const here = '/step-up'

/** Whoever is about to see something sensitive shows once more that it is them. */
export const stepUpPage: Page = {
  path: here,
  front: 'open',
  needs: () => Object.values(urls),
  title: (words) => words.identity.titles.stepUp,
  show: StepUp,
}

function StepUp({ params }: { params: Params }) {
  const words = useEntryWords()
  const mine = useAnswer<Output<typeof myStepUp>>(urls.mine)
  const ways = useAnswer<Ways>(urls.ways)
  const until = mine?.until ?? null
  const at = formatInstant(until ?? 0, useNow(), useLanguage())
  return (
    <Open heading={words.stepUpTitle} icon={ShieldCheck}>
      <p>{until === null ? words.stepUpLine : words.stepUpDone(at)}</p>
      <Refused />
      {mine?.ways.map((way) => {
        if (way === 'code') return <ByCode key={way} isSent={params['sent'] !== undefined} />
        if (way === 'organisation') {
          return (
            <OrganisationButton key={way} purpose="step-up" to={here}>
              {words.stepUpOrganisation}
            </OrganisationButton>
          )
        }
        return (
          <PasskeyButton key={way} act="step-up" then={here} primary>
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

function ByCode({ isSent }: { isSent: boolean }) {
  const words = useEntryWords()
  return isSent ? (
    <PostForm to={`${here}/code/use`}>
      <p>{words.codeLine}</p>
      <TextField
        {...{ label: words.code, name: 'code', inputMode: 'numeric', required: true }}
        {...{ autoComplete: 'one-time-code', maxLength: 6 }}
      />
      <Button type="submit" kind="primary" tall wide>
        {words.stepUpUse}
      </Button>
    </PostForm>
  ) : (
    <PostForm to={`${here}/code`}>
      <Button type="submit" kind="primary" tall wide>
        {words.stepUpCode}
      </Button>
    </PostForm>
  )
}
