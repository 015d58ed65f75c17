import { useState } from 'preact/hooks'
import { Search } from 'lucide'
import type { searchTasks } from '../../src/desks/tasks/api.ts'
import { matters, type Matter } from '../../src/kernel/matter.ts'
import { call } from '../shell/call.ts'
import { useAct, useIsAlive, useNow } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useDeskWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { Entry, List } from '../ui/list.tsx'
import { formatInstant } from '../words/format.ts'
import { FoundBadge } from './found-badge.tsx'
import { ReadingPage } from './reading-page.tsx'
import type { Found } from './wording.ts'

/** Within what concerns me. What is typed stands in no address: it may name a home. */
export function SearchPage() {
  const words = useDeskWords()
  const { tasks } = useWorkWords()
  const [wanted, want] = useState({ words: '', kind: '' })
  const [found, setFound] = useState<readonly Found[] | null>(null)
  const { isBusy, refusal, run } = useAct()
  const isAlive = useIsAlive()
  const search = () =>
    run(async () => {
      const said = wanted.words.trim()
      const result = await call<typeof searchTasks>('post', '/tasks/search', {
        ...(said === '' ? {} : { words: said }),
        ...(wanted.kind === '' ? {} : { kind: wanted.kind as Matter }),
      })
      if (result.ok) setFound(result.answer.tasks)
      return result
    })
  return (
    <ReadingPage at="/desk" title={words.searchTitle} line={words.searchLine}>
      <form
        method="post"
        action="/desk/search"
        onSubmit={(event) => {
          event.preventDefault()
          void search()
        }}
      >
        <fieldset class="stack" disabled={!isAlive}>
          <TextField
            label={words.searchWords}
            name="words"
            type="search"
            help={words.searchWordsHelp}
            maxLength={60}
            value={wanted.words}
            onInput={(value) => want({ ...wanted, words: value })}
          />
          <SelectField
            label={words.searchKind}
            name="kind"
            options={[
              { value: '', words: words.searchAny },
              ...matters.map((kind) => ({ value: kind, words: tasks.kindName(kind) })),
            ]}
            value={wanted.kind}
            onInput={(value) => want({ ...wanted, kind: value })}
          />
          <Button type="submit" kind="primary" icon={Search} wide busy={isBusy}>
            {words.searchGo}
          </Button>
        </fieldset>
      </form>
      <RefusalStrip refusal={refusal} />
      <p class="note" role="status">
        {found === null
          ? ''
          : found.length === 0
            ? words.searchNone
            : words.searchCount(found.length)}
      </p>
      {found && found.length > 0 ? (
        <List label={words.searchTitle}>
          {found.map((task) => (
            <Hit key={task.task} task={task} />
          ))}
        </List>
      ) : null}
    </ReadingPage>
  )
}

function Hit(props: { task: Found }) {
  const { task } = props
  const { tasks, places } = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  return (
    <Entry
      badge={<FoundBadge task={task} />}
      clock={<span class="note">{formatInstant(task.openedAt, now, language)}</span>}
      href={`/desk/tasks/${task.task}`}
      title={task.place ? places.spot(task.place) : places.unknownPlace}
      line={[task.place && places.compound(task.place), tasks.state(task.state)]
        .filter(Boolean)
        .join(' · ')}
    />
  )
}
