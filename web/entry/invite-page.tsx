import { UserPlus } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { listBodies } from '../../src/ground/duties/api.ts'
import type { invite } from '../../src/desks/identity/first-run/api.ts'
import { urlOf } from '../shell/call.ts'
import { Open } from '../shell/open-frame.tsx'
import type { Page } from '../shell/pages.ts'
import { useNow } from '../shell/shell.tsx'
import { useEntryWords, useLanguage, useWords } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { List, Row } from '../ui/list.tsx'
import { formatInstant } from '../words/format.ts'
import { madeAt, PostForm, Refused, useAnswer } from './frame.tsx'

const bodiesUrl = urlOf('/duties/bodies')

/** An officer makes a way in for whoever holds a post, to be given by hand. */
export const invitePage: Page = {
  path: '/invite',
  front: 'open',
  needs: () => [bodiesUrl],
  title: (words) => words.identity.titles.invite,
  show: Invite,
}

function Invite() {
  const words = useEntryWords()
  const bodies = useAnswer<Output<typeof listBodies>>(bodiesUrl)?.bodies ?? []
  return (
    <Open heading={words.inviteTitle} icon={UserPlus}>
      <p>{words.inviteLine}</p>
      <Refused />
      <Made />
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
      <div>
        <LinkButton href="/">{useWords().identity.toStart}</LinkButton>
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
function Made() {
  const words = useEntryWords()
  const made = useAnswer<Output<typeof invite>>(madeAt)
  const at = formatInstant(made?.expiresAt ?? 0, useNow(), useLanguage())
  return made ? (
    <div class="stack" role="status">
      <p>{words.inviteMade(at)}</p>
      <code class="open-command">{made.url}</code>
    </div>
  ) : null
}
