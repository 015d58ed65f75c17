import { Sunrise } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { beginState } from '../../src/desks/identity/first-run/api.ts'
import type { listDivisions } from '../../src/ground/places/api.ts'
import { urlOf } from '../shell/call.ts'
import { Open } from '../shell/open-frame.tsx'
import type { Page, Params } from '../shell/pages.ts'
import { useEntryWords, useWords } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import {
  AskedChoice,
  AskedText,
  PasskeyButton,
  PostForm,
  Refused,
  useAnswer,
  type Ways,
} from './frame.tsx'

const urls = { state: urlOf('/identity/begin'), ways: urlOf('/identity/ways') }
const under = (code: string) => urlOf('/places/divisions', code ? { under: code } : {})

type State = Output<typeof beginState>
type Divisions = Output<typeof listDivisions>

/** From an empty town to the first street, its officer's key and its committees. */
export const beginPages: readonly Page[] = [
  {
    path: '/begin',
    front: 'open',
    needs: () => [urls.state, urls.ways, under('')],
    title: (words) => words.identity.titles.begin,
    show: Begin,
  },
  {
    path: '/begin/:place',
    front: 'open',
    needs: ({ place = '' }) => [
      ...[urls.state, urls.ways],
      ...(/^[0-9]{6}([0-9]{3})?$/.test(place) ? [under(place)] : []),
    ],
    title: (words) => words.identity.titles.begin,
    show: Begin,
  },
]

function Begin({ params }: { params: Params }) {
  const words = useEntryWords()
  const state = useAnswer<State>(urls.state)
  const place = params['place'] ?? ''
  return (
    <Open heading={words.beginTitle} icon={Sunrise}>
      <p>{words.beginLine}</p>
      <Refused />
      {state?.mayFound ? <Found place={place} /> : null}
      {state?.street ? <Further state={state} street={state.street} place={place} /> : null}
      {state && !state.mayFound && !state.street ? <NothingToDo /> : null}
      {state ? null : <NoLink />}
    </Open>
  )
}

/** Signed in, and neither the owner of an empty town nor an officer of the street. */
function NothingToDo() {
  const words = useEntryWords()
  return (
    <div class="stack">
      <p>{words.beginOther}</p>
      <div>
        <LinkButton href="/">{useWords().identity.toStart}</LinkButton>
      </div>
    </div>
  )
}

function NoLink() {
  const words = useEntryWords()
  return (
    <div class="stack">
      <p>{words.beginNoLink}</p>
      <code class="open-command">{words.beginCommand}</code>
      <div>
        <LinkButton href="/sign-in">{words.toSignIn}</LinkButton>
      </div>
    </div>
  )
}

function Found({ place }: { place: string }) {
  const words = useEntryWords()
  const divisions = useAnswer<Divisions>(under(place))?.divisions ?? []
  return (
    <section class="stack" aria-label={words.stepStreet}>
      <h2 class="title">{words.stepStreet}</h2>
      {place === '' ? (
        <>
          <p>{words.chooseDistrict}</p>
          <div class="entry-choices">
            {divisions.map(({ code, name }) => (
              <LinkButton key={code} href={`/begin/${code}`}>
                {name}
              </LinkButton>
            ))}
          </div>
        </>
      ) : (
        <PostForm to="/begin" keep={{ place }}>
          <AskedChoice
            {...{ label: words.street, name: 'street', required: true }}
            options={[{ value: '', words: words.pickStreet }, ...optionsOf(divisions)]}
          />
          <AskedText
            {...{ label: words.ownName, name: 'name', required: true, maxLength: 60 }}
            autoComplete="name"
          />
          <AskedText
            {...{ label: words.ownPhone, name: 'phone', type: 'tel', required: true }}
            {...{ autoComplete: 'tel', maxLength: 20, help: words.ownPhoneHelp }}
          />
          <Button type="submit" kind="primary" tall wide>
            {words.found}
          </Button>
          <p>
            <a href="/begin">{words.otherDistrict}</a>
          </p>
        </PostForm>
      )}
    </section>
  )
}

function optionsOf(divisions: Divisions['divisions']) {
  return divisions.map(({ code, name }) => ({ value: code, words: name }))
}

function Further(props: { state: State; street: NonNullable<State['street']>; place: string }) {
  const words = useEntryWords()
  const { state, street } = props
  const ways = useAnswer<Ways>(urls.ways)
  return (
    <>
      <section class="stack" aria-label={words.stepStreet}>
        <h2 class="title">{words.stepStreet}</h2>
        <p>{words.stepStreetDone(street.name)}</p>
      </section>
      <section class="stack" aria-label={words.stepKey}>
        <h2 class="title">{words.stepKey}</h2>
        <p>{state.hasKey ? words.stepKeyDone : words.stepKeyLine}</p>
        {!state.hasKey && ways?.passkey ? (
          <PasskeyButton act="add" then="/begin" primary>
            {words.addPasskey}
          </PasskeyButton>
        ) : null}
        {!state.hasKey && ways?.passkeyUnder ? (
          <p class="small">
            {words.passkeyElsewhere} <a href={ways.passkeyUnder}>{ways.passkeyUnder}</a>
          </p>
        ) : null}
      </section>
      <Committees state={state} street={street.street} place={props.place} />
    </>
  )
}

function Committees(props: { state: State; street: string; place: string }) {
  const words = useEntryWords()
  const { committees } = props.state
  const divisions = useAnswer<Divisions>(under(props.street))?.divisions
  const isHere = ({ code }: { code: string }) => committees.some((one) => one === code)
  const left = divisions?.filter((one) => !isHere(one))
  const here = divisions?.filter(isHere).map(({ name }) => name) ?? []
  return (
    <section class="stack" aria-label={words.stepCommittee}>
      <h2 class="title">{words.stepCommittee}</h2>
      <p>{words.committees(committees.length, here)}</p>
      {left && left.length > 0 ? (
        <PostForm to="/begin/committee" keep={{ place: props.street }}>
          <AskedChoice
            {...{ label: words.committee, name: 'committee', required: true }}
            options={[{ value: '', words: words.pickCommittee }, ...optionsOf(left)]}
          />
          <AskedText
            {...{ label: words.committeePhone, name: 'phone', type: 'tel', required: true }}
            maxLength={20}
          />
          <Button type="submit">{words.addCommittee}</Button>
        </PostForm>
      ) : null}
      {divisions ? null : (
        <div>
          <LinkButton href={`/begin/${props.street}`}>{words.chooseCommittee}</LinkButton>
        </div>
      )}
      <p>{words.orImport}</p>
      <div class="entry-choices">
        <LinkButton href="/desk/register">{words.toImport}</LinkButton>
        <LinkButton href="/invite">{words.inviteTitle}</LinkButton>
        <LinkButton href="/desk">{words.toDesk}</LinkButton>
      </div>
    </section>
  )
}
