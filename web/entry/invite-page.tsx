import { UserPlus } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { whoAmI } from '../../src/desks/identity/api.ts'
import type { listBodies } from '../../src/ground/duties/api.ts'
import type { invite } from '../../src/desks/identity/first-run/api.ts'
import { urlOf } from '../shell/call.ts'
import { Open } from '../shell/open-frame.tsx'
import type { Page, Params } from '../shell/pages.ts'
import { useNow } from '../shell/shell.tsx'
import { useEntryWords, useLanguage, useWords } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { List, Row } from '../ui/list.tsx'
import { formatInstant } from '../words/format.ts'
import { ActingOver, madeAt, meUrl, PostForm, Refused, useAnswer } from './frame.tsx'

const bodiesUrl = urlOf('/duties/bodies')

/** An officer makes a way in for whoever holds a post, to be given by hand. */
export const invitePage: Page = {
  path: '/invite',
  front: 'open',
  needs: () => [bodiesUrl, meUrl],
  title: (words) => words.identity.titles.invite,
  show: Invite,
}

function Invite({ params }: { params: Params }) {
  const words = useEntryWords()
  const bodies = useAnswer<Output<typeof listBodies>>(bodiesUrl)?.bodies ?? []
  const me = useAnswer<Output<typeof whoAmI>>(meUrl)
  if (me?.role !== 'street' || me.acting) return <NotYours isSignedIn={me !== undefined} />
  return (
    <Open heading={words.inviteTitle} icon={UserPlus}>
      <p>{words.inviteLine}</p>
      <Refused />
      <Made
        name={
          bodies.flatMap(({ posts }) => posts).find(({ post }) => post === params['post'])?.name
        }
      />
      {bodies
        .filter(({ posts }) => posts.length > 0)
        .map(({ body, name, posts }) => (
          <section class="stack" key={body}>
            <h2 class="title">{name}</h2>
            <List label={name}>
              {posts.map((one) => (
                <Held key={one.post} {...one} />
              ))}
            </List>
          </section>
        ))}
      <p>{words.inviteFirst}</p>
      <div class="entry-choices">
        <LinkButton href="/desk/register/import">{words.toImportStaff}</LinkButton>
        <LinkButton href="/">{useWords().identity.toStart}</LinkButton>
      </div>
    </Open>
  )
}

function NotYours(props: { isSignedIn: boolean }) {
  const words = useEntryWords()
  const { identity, ui } = useWords()
  return (
    <Open heading={words.inviteTitle} icon={UserPlus} over={<ActingOver />}>
      <p>{words.inviteWho}</p>
      <div>
        <LinkButton href={props.isSignedIn ? '/' : '/sign-in'}>
          {props.isSignedIn ? identity.toStart : ui.signIn}
        </LinkButton>
      </div>
    </Open>
  )
}

function Held({ post, title, name }: { post: string; title: string; name: string }) {
  const words = useEntryWords()
  return (
    <Row
      title={name}
      line={title}
      more={
        <div class="entry-more">
          <PostForm to="/invite" keep={{ post }}>
            <Button type="submit" label={words.inviteLabel(name)}>
              {words.invite}
            </Button>
          </PostForm>
        </div>
      }
    />
  )
}

/** Shown once: only its hash is kept. */
function Made(props: { name: string | undefined }) {
  const words = useEntryWords()
  const made = useAnswer<Output<typeof invite>>(madeAt)
  const at = formatInstant(made?.expiresAt ?? 0, useNow(), useLanguage())
  return made ? (
    <div class="stack" role="status">
      <p>{words.inviteMade(props.name ?? '', at)}</p>
      <code class="open-command">{made.url}</code>
    </div>
  ) : null
}
