import { KeyRound, LockKeyhole, MonitorSmartphone } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { listPasskeys } from '../../src/desks/identity/passkeys/api.ts'
import type { listDevices } from '../../src/desks/identity/sessions/api.ts'
import type { whoAmI } from '../../src/desks/identity/api.ts'
import type { beginState } from '../../src/desks/identity/first-run/api.ts'
import type { myStepUp } from '../../src/desks/identity/stepping-up/api.ts'
import { CallFoot } from '../resident/frame.tsx'
import { Open } from '../shell/open-frame.tsx'
import type { Page } from '../shell/pages.ts'
import { urlOf } from '../shell/call.ts'
import { useNow } from '../shell/shell.tsx'
import { useEntryWords, useLanguage, useWords } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { List, Row } from '../ui/list.tsx'
import { formatInstant } from '../words/format.ts'
import {
  ActingOver,
  AskedChoice,
  meUrl,
  OrganisationButton,
  PasskeyButton,
  PostForm,
  Refused,
  useAnswer,
  useRefusal,
  type Ways,
} from './frame.tsx'

const urls = {
  ways: urlOf('/identity/ways'),
  passkeys: urlOf('/identity/passkeys'),
  devices: urlOf('/identity/devices'),
  stepUp: urlOf('/identity/step-up'),
  begin: urlOf('/identity/begin'),
  me: meUrl,
  call: urlOf('/duties/call'),
}
const here = '/me/keys'

type Passkey = Output<typeof listPasskeys>['passkeys'][number]
type Device = Output<typeof listDevices>['devices'][number]

/** Everything that can come in under one's name. */
export const keysPage: Page = {
  path: here,
  front: 'open',
  needs: () => Object.values(urls),
  title: (words) => words.identity.titles.keys,
  show: Keys,
}

function Keys() {
  const words = useEntryWords()
  const { ui } = useWords()
  const devices = useAnswer<Output<typeof listDevices>>(urls.devices)
  const me = useAnswer<Output<typeof whoAmI>>(urls.me)
  const refusal = useRefusal()
  if (me?.acting) {
    return (
      <Open heading={words.keysTitle} icon={KeyRound} over={<ActingOver />} foot={<CallFoot />}>
        <Refused />
        <p>{words.keysInPerson}</p>
      </Open>
    )
  }
  if (!devices) {
    return (
      <Open heading={words.keysTitle} icon={LockKeyhole}>
        {refusal ? <Refused /> : <p>{words.notSignedIn}</p>}
        <div>
          <LinkButton href="/sign-in" kind="primary">
            {ui.signIn}
          </LinkButton>
        </div>
      </Open>
    )
  }
  return (
    <Open
      {...{ heading: words.keysTitle, icon: KeyRound }}
      foot={me === undefined || me.role === 'resident' ? <CallFoot /> : undefined}
    >
      <p>{words.keysLine}</p>
      <Refused />
      <BackToGuide />
      <Passkeys
        isByLink={devices.devices.some(({ isThis, openedBy }) => isThis && openedBy === 'link')}
      />
      <Devices devices={devices.devices} />
      <div>
        <LinkButton href="/">{useWords().identity.toStart}</LinkButton>
      </div>
    </Open>
  )
}

/** Whoever came by the owner's link and has not come to its end. */
function BackToGuide() {
  const words = useEntryWords()
  const state = useAnswer<Output<typeof beginState>>(urls.begin)
  if (!state?.mayFound && (!state?.street || state.committees.length > 0)) return null
  return (
    <p class="strip strip-amber">
      <span>{words.guideWaits}</span>
      <a href="/begin">{words.toGuide}</a>
    </p>
  )
}

/** Nothing of it for whoever came by the operator's link: they have no account. */
function Passkeys(props: { isByLink: boolean }) {
  const words = useEntryWords()
  const ways = useAnswer<Ways>(urls.ways)
  const known = useAnswer<Output<typeof listPasskeys>>(urls.passkeys)
  const shown = useAnswer<Output<typeof myStepUp>>(urls.stepUp)
  if (!known || !ways || !shown) return null
  const isLinked = shown.ways.some((way) => way === 'organisation')
  // A link opens the door once; whoever has a telephone can always come in again.
  const isHasty = props.isByLink && !isLinked && known.passkeys.length === 0
  const hasKey = isLinked || shown.ways.some((way) => way === 'passkey')
  return (
    <section class="stack" aria-label={words.passkeys}>
      <h2 class="title">{words.passkeys}</h2>
      {known.passkeys.length === 0 ? (
        isHasty ? null : (
          <p>{words.noPasskeys}</p>
        )
      ) : (
        <List label={words.passkeys}>
          {known.passkeys.map((each) => (
            <OnePasskey key={each.id} passkey={each} />
          ))}
        </List>
      )}
      {isHasty ? <p class="strip strip-amber">{words.firstKey}</p> : null}
      {ways.passkey ? (
        <PasskeyButton act="add" then={here} primary={!hasKey}>
          {words.addPasskey}
        </PasskeyButton>
      ) : null}
      {ways.passkeyUnder === null ? null : (
        <p class="small">
          {words.passkeyElsewhere} <a href={ways.passkeyUnder}>{ways.passkeyUnder}</a>
        </p>
      )}
      {ways.organisation === null ? null : <Organisation name={ways.organisation} is={isLinked} />}
    </section>
  )
}

function Organisation(props: { name: string; is: boolean }) {
  const words = useEntryWords()
  return props.is ? (
    <PostForm to={`${here}/unlink`}>
      <Button type="submit">{words.unlinkOrganisation}</Button>
    </PostForm>
  ) : (
    <OrganisationButton purpose="link" to={here}>
      {words.linkOrganisation(props.name)}
    </OrganisationButton>
  )
}

function OnePasskey({ passkey }: { passkey: Passkey }) {
  const words = useEntryWords()
  const language = useLanguage()
  const now = useNow()
  const { id, madeAt, usedAt, isSynced, isBlocked } = passkey
  const name = words.passkeyNames[passkey.name]
  const at = (instant: number) => formatInstant(instant, now, language)
  const used = usedAt === null ? words.neverUsed : words.passkeyUsed(at(usedAt))
  const options = Object.entries(words.passkeyNames)
  return (
    <Row
      icon={KeyRound}
      title={name}
      detail={isBlocked ? words.blocked : undefined}
      line={[words.passkeyMade(at(madeAt)), used, ...(isSynced ? [words.synced] : [])].join(' · ')}
      more={
        <div class="stack entry-more">
          <PostForm to={`${here}/name`} keep={{ id }}>
            <AskedChoice
              {...{ label: words.renameLabel(name), name: 'name', value: passkey.name }}
              options={options.map(([value, said]) => ({ value, words: said }))}
            />
            <Button type="submit">{words.rename}</Button>
          </PostForm>
          <PostForm to={`${here}/remove`} keep={{ id }}>
            <Button type="submit" kind="danger" label={words.removeLabel(name)}>
              {words.remove}
            </Button>
          </PostForm>
        </div>
      }
    />
  )
}

function Devices({ devices }: { devices: readonly Device[] }) {
  const words = useEntryWords()
  const language = useLanguage()
  const now = useNow()
  return (
    <section class="stack" aria-label={words.devices}>
      <h2 class="title">{words.devices}</h2>
      <List label={words.devices}>
        {devices.map(({ session, device, openedBy, seenAt, isThis }) => (
          <Row
            key={session}
            icon={MonitorSmartphone}
            title={words.deviceNames[device]}
            detail={isThis ? words.thisDevice : undefined}
            line={words.deviceLine(words.openedBy[openedBy], formatInstant(seenAt, now, language))}
            more={
              isThis ? null : (
                <div class="entry-more">
                  <PostForm to={`${here}/end`} keep={{ session }}>
                    <Button
                      type="submit"
                      kind="danger"
                      label={words.endLabel(words.deviceNames[device])}
                    >
                      {words.end}
                    </Button>
                  </PostForm>
                </div>
              )
            }
          />
        ))}
      </List>
      {devices.some(({ isThis }) => !isThis) ? (
        <PostForm to={`${here}/end-others`}>
          <Button type="submit">{words.endOthers}</Button>
        </PostForm>
      ) : null}
    </section>
  )
}
