import type { colleagues } from '../../src/desks/tasks/api.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import { useLive } from '../shell/live.ts'
import { useFirst } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useDeskWords, useWorkWords } from '../shell/words.tsx'
import { Badge } from '../ui/badge.tsx'
import { List, Row } from '../ui/list.tsx'
import { ReadingPage } from './reading-page.tsx'
import { WorkViews } from './views.tsx'
import { saidOf } from './who.tsx'

type Posts = Output<typeof colleagues>['posts']

/** Who is there and on what: which kind and how far, never at which home. */
export function ColleaguesPage() {
  const words = useDeskWords()
  const kept = useFirst<typeof colleagues>('/tasks/colleagues', {})
  const result = kept.result.value
  useLive('tasks', () => void kept.again())
  return (
    <ReadingPage
      at="/desk"
      title={words.colleaguesTitle}
      line={words.colleaguesLine}
      views={<WorkViews at="/desk/colleagues" />}
    >
      {result?.ok ? (
        <Everybody posts={result.answer.posts} />
      ) : (
        <Unanswered refusal={result?.refusal} again={kept.again} />
      )}
    </ReadingPage>
  )
}

function Everybody(props: { posts: Posts }) {
  const words = useDeskWords()
  const { tasks } = useWorkWords()
  if (props.posts.length === 0) return <p class="note">{words.colleaguesNone}</p>
  return (
    <List label={words.colleaguesTitle}>
      {props.posts.map((one) => (
        <Row
          key={`${one.title} ${one.name}`}
          title={one.isMe ? `${saidOf(one, words)} · ${words.colleagueMe}` : saidOf(one, words)}
          line={one.now ? words.busyWith(tasks.kindName(one.now.kind), one.now.state) : words.free}
          side={
            <>
              <Badge tone={one.isOnDuty ? 'jade' : one.isThere ? 'plain' : 'none'}>
                {words.isThere(one.isOnDuty, one.isThere)}
              </Badge>
              <span class="note">{words.hands(one.open)}</span>
            </>
          }
        />
      ))}
    </List>
  )
}
