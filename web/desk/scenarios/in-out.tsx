import { useState } from 'preact/hooks'
import { Download, FileUp } from 'lucide'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { exportRules, importRules } from '../../../src/watch/scenarios/api.ts'
import { call } from '../../shell/call.ts'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useAct } from '../../shell/shell.tsx'
import { useScenarioWords, useWorkWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { FileField } from '../../ui/file-field.tsx'
import { formatList } from '../../words/format.ts'
import { ProblemLine } from './sentence-view.tsx'
import { useSpeech } from './rule.ts'
import { ReasonDialog } from './step-dialog.tsx'

/** What the server takes of a file of rules. */
const fileBytesMax = 262_144

type Imported = Output<typeof importRules>

/** Rules out as a file, and rules in as drafts. */
export function InOut(props: { mayChange: boolean; again: () => Promise<void> }) {
  const words = useScenarioWords()
  const act = useAct()
  const save = () =>
    act.run(async () => {
      const result = await call<typeof exportRules>('get', '/scenarios/export', {})
      if (result.ok) saveText('lilong-rules.json', result.answer.text)
      return result
    })
  return (
    <section class="stack">
      <div class="flow">
        <Button icon={Download} busy={act.isBusy} onClick={() => void save()}>
          {words.export}
        </Button>
        {props.mayChange ? <ReadIn again={props.again} /> : null}
      </div>
      <p class="note">{words.exportLine}</p>
      <RefusalStrip refusal={act.refusal} />
    </section>
  )
}

function ReadIn(props: { again: () => Promise<void> }) {
  const words = useScenarioWords()
  const { tasks, ui } = useWorkWords()
  const speech = useSpeech([])
  const [file, pick] = useState<File | null>(null)
  const [problem, setProblem] = useState<string>()
  const [imported, keep] = useState<Imported | null>(null)
  const names = imported?.made.map(({ rule }) => tasks.ruleName(rule)) ?? []
  const separator = formatList(names, speech.language)
  return (
    <ReasonDialog
      words={words.import}
      icon={FileUp}
      kind="plain"
      line={words.importLine}
      run={async (reason) => {
        if (!file || file.size > fileBytesMax) {
          setProblem(file ? words.importTooLarge : words.importPick)
          return { ok: true, answer: 'stay' }
        }
        const text = await file.text()
        const result = await call<typeof importRules>('post', '/scenarios/import', {
          ...{ text, reason },
        })
        if (!result.ok) return result
        keep(result.answer)
        if (result.answer.made.length > 0) await props.again()
        return { ok: true, answer: 'stay' }
      }}
    >
      <FileField
        label={words.importFile}
        name="rules"
        accept=".json,application/json"
        help={words.importHelp}
        problem={problem}
        onPick={(next) => {
          pick(next)
          keep(null)
          setProblem(undefined)
        }}
      />
      <div role="status">
        {imported && imported.made.length > 0 ? (
          <p class="small-strong is-jade">{words.imported(separator)}</p>
        ) : null}
        {imported && imported.problems.length > 0 ? (
          <>
            <p class="small-strong is-signal">{words.importProblems(imported.problems.length)}</p>
            {imported.problems.slice(0, 20).map((one) => (
              <ProblemLine
                key={one.field + one.because}
                problem={one}
                speech={speech}
                where={words.at(one.field === '' ? ui.total : one.field)}
              />
            ))}
          </>
        ) : null}
      </div>
    </ReasonDialog>
  )
}

/** Gives a text to the person, as a download. */
function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), keptMs)
}

/** A slow disk still reads from it while the person chooses where to save. */
const keptMs = 60_000
