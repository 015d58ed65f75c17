import { useState } from 'preact/hooks'
import { Undo2 } from 'lucide'
import type { listImports, undoImport } from '../../../src/ground/people/importing/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import { call } from '../../shell/call.ts'
import { useAct, useFirst, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useRegisterWords, useWorkWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { List, Row } from '../../ui/list.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatInstant } from '../../words/format.ts'

type Undone = Output<typeof undoImport>

/** What came in by files, and the way back of each. */
export function EarlierImports(props: { onUndone: () => void }) {
  const words = useRegisterWords()
  const language = useLanguage()
  const now = useNow()
  const kept = useFirst<typeof listImports>('/people/imports', {})
  const [asked, ask] = useState<string | null>(null)
  const [undone, setUndone] = useState<Undone | null>(null)
  const result = kept.result.value
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={kept.again} />
  const { imports } = result.answer
  return (
    <section class="stack">
      <Heading aside={<Button onClick={() => void kept.again()}>{words.refresh}</Button>}>
        {words.earlier}
      </Heading>
      {undone ? <UndoneStrip undone={undone} /> : null}
      {imports.length === 0 ? (
        <p class="note">{words.earlierNone}</p>
      ) : (
        <List label={words.earlier}>
          {imports.map((one) => (
            <Row
              key={one.import}
              title={`${words.kinds[one.kind]} · ${words.exportRows(one.rows)}`}
              line={[
                formatInstant(one.at, now, language),
                ...(one.undoneAt === null
                  ? []
                  : [words.undone(formatInstant(one.undoneAt, now, language))]),
              ].join(' · ')}
              more={
                one.undoUntil !== null && one.undoUntil > now ? (
                  <Button icon={Undo2} onClick={() => ask(one.import)}>
                    {words.undo}
                  </Button>
                ) : undefined
              }
            />
          ))}
        </List>
      )}
      {asked === null ? null : (
        <UndoDialog
          import={asked}
          onClose={() => ask(null)}
          onDone={(answer) => {
            ask(null)
            setUndone(answer)
            props.onUndone()
            void kept.again()
          }}
        />
      )}
    </section>
  )
}

function UndoDialog(props: {
  import: string
  onClose: () => void
  onDone: (answer: Undone) => void
}) {
  const words = useRegisterWords()
  const { ui } = useWorkWords()
  const { isBusy, refusal, run } = useAct()
  const undo = () =>
    void run(async () => {
      const asked = { import: props.import }
      const result = await call<typeof undoImport>('post', '/people/imports/undo', asked)
      if (result.ok) props.onDone(result.answer)
      return result
    })
  return (
    <Dialog
      open
      title={words.undoTitle}
      onClose={props.onClose}
      acts={
        <>
          <Button onClick={props.onClose}>{ui.notNow}</Button>
          <Button kind="primary" busy={isBusy} onClick={undo}>
            {words.undo}
          </Button>
        </>
      }
    >
      <p>{words.undoLine}</p>
      <RefusalStrip refusal={refusal} />
    </Dialog>
  )
}

function UndoneStrip(props: { undone: Undone }) {
  const { gone, stayCount, stays } = props.undone
  const words = useRegisterWords()
  return (
    <div class="stack stack-tight" role="status">
      <Strip>{words.undoDone(gone)}</Strip>
      {stayCount > 0 ? (
        <>
          <p class="strong">{words.undoKept(stayCount)}</p>
          <ul class="import-rows">
            {stays.map(({ line, because }) => (
              <li class="import-row small" key={line}>
                {words.row(line)} · {words.stays[because]}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}
