import { useState } from 'preact/hooks'
import { Download, FileSearch, Upload } from 'lucide'
import type { ImportKind, OnDuplicate } from '../../../src/ground/people/importing/types.ts'
import { useIsAlive } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useLanguage, useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ChoiceGroup } from '../../ui/choice.tsx'
import { SelectField } from '../../ui/field.tsx'
import { FileField } from '../../ui/file-field.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatList } from '../../words/format.ts'
import { EarlierImports } from './earlier-imports.tsx'
import { keysOf, RegisterPage, registerPaths } from './frame.tsx'
import { useImport, type DryRun, type Importing, type Progress } from './importing.ts'

/** A whole file at once: template, file, trial reading, import. */
export function ImportPage() {
  const words = useRegisterWords()
  const [kind, setKind] = useState<ImportKind>('residents')
  const [undone, setUndone] = useState(0)
  return (
    <RegisterPage at={registerPaths.import} title={words.importTitle} line={words.importLine}>
      <ChoiceGroup
        legend={words.importKind}
        name="kind"
        options={keysOf(words.kinds).map((value) => ({ value, words: words.kinds[value] }))}
        value={kind}
        onPick={(value) => setKind(value as ImportKind)}
      />
      <OneImport key={`${kind} ${undone}`} kind={kind} />
      <EarlierImports onUndone={() => setUndone(undone + 1)} />
    </RegisterPage>
  )
}

function OneImport(props: { kind: ImportKind }) {
  const words = useRegisterWords()
  const isAlive = useIsAlive()
  const work = useImport(props.kind)
  return (
    <section class="stack">
      <div class="flow">
        <Button icon={Download} busy={work.isBusy} onClick={() => void work.template('xlsx')}>
          {words.template}
        </Button>
        <Button kind="quiet" busy={work.isBusy} onClick={() => void work.template('csv')}>
          {words.templateCsv}
        </Button>
      </div>
      <fieldset class="stack" disabled={!isAlive || work.isRunning}>
        <FileField
          label={words.file}
          name="file"
          accept=".xlsx,.csv,.txt"
          help={words.fileHelp}
          problem={work.problem === null ? undefined : words[work.problem]}
          onPick={(file) => void work.pick(file)}
        />
        <Mapping work={work} />
        <div>
          <Button
            icon={FileSearch}
            busy={work.isBusy}
            disabled={!work.hasFile}
            onClick={() => void work.dryRun()}
          >
            {words.dryRun}
          </Button>
        </div>
      </fieldset>
      <RefusalStrip refusal={work.refusal} />
      <div class="stack" role="status">
        {work.progress ? (
          <Running progress={work.progress} />
        ) : work.isRunning ? (
          <p>{words.reading}</p>
        ) : work.read ? (
          <Read read={work.read} work={work} />
        ) : null}
      </div>
    </section>
  )
}

/** Which column is what, where a title of the file is not known by itself. */
function Mapping(props: { work: Importing }) {
  const { read, mapping, map } = props.work
  const words = useRegisterWords()
  const language = useLanguage()
  if (!read || read.ignored.length === 0 || read.unmatched.length === 0) return null
  const titles = [
    { value: '', words: words.notThere },
    ...read.ignored.map((title) => ({ value: title, words: title })),
  ]
  // Where no line at all is right, a column is likely to be called something else.
  const isOpen = read.good === 0 || read.unmatched.some(({ isNeeded }) => isNeeded)
  return (
    <details open={isOpen}>
      <summary class="button button-quiet out-left">{words.mapping}</summary>
      <div class="stack">
        <p class="note">{words.mappingLine}</p>
        {read.unmatched.map((one) => (
          <SelectField
            key={one.column}
            label={`${one[language]}${one.isNeeded ? words.needed : ''}`}
            name={one.column}
            options={titles}
            value={mapping[one.column] ?? ''}
            onInput={(title) => map(one.column, title)}
          />
        ))}
      </div>
    </details>
  )
}

function Read(props: { read: DryRun; work: Importing }) {
  const { read, work } = props
  const words = useRegisterWords()
  const language = useLanguage()
  const missing = read.unmatched.filter(({ isNeeded }) => isNeeded)
  if (missing.length > 0) {
    const titles = formatList(
      missing.map((one) => one[language]),
      language,
    )
    return <Strip tone="amber">{words.columnsMissing(titles)}</Strip>
  }
  if (read.lines === 0) return <Strip tone="amber">{words.dryEmpty}</Strip>
  const mayImport =
    read.bad === 0 && (read.duplicateCount === 0 || work.onDuplicate === 'leave-out')
  return (
    <Card>
      <div class="stack">
        <p class="strong">
          {read.bad === 0 ? words.dryGood(read.good) : words.dryBad(read.bad, read.good)}
        </p>
        {read.ignored.length > 0 ? (
          <p class="note">{words.ignored(formatList(read.ignored, language))}</p>
        ) : null}
        <Faults outcome={read} />
        {read.duplicateCount > 0 ? (
          <ChoiceGroup
            legend={words.onDuplicate}
            name="duplicate"
            options={keysOf(words.onDuplicates).map((value) => ({
              value,
              words: words.onDuplicates[value],
            }))}
            value={work.onDuplicate}
            onPick={(value) => work.setOnDuplicate(value as OnDuplicate)}
          />
        ) : null}
        {mayImport ? (
          <Button
            kind="primary"
            icon={Upload}
            tall
            busy={work.isBusy}
            onClick={() => void work.importAll()}
          >
            {words.importDo(read.good)}
          </Button>
        ) : null}
      </div>
    </Card>
  )
}

type Outcome = Pick<DryRun, 'faults' | 'duplicates' | 'duplicateCount' | 'bad'>

/** More of them than this help nobody: these are mended first. */
const shownMax = 100

function Faults(props: { outcome: Outcome }) {
  const { faults, duplicates, duplicateCount, bad } = props.outcome
  const words = useRegisterWords()
  const language = useLanguage()
  const lines = [...Map.groupBy(faults.slice(0, shownMax), ({ line }) => line)]
  return (
    <>
      <ul class="import-rows">
        {lines.map(([line, wrong]) => (
          <li class="import-row" key={line}>
            <p class="small">{words.row(line)}</p>
            {wrong.map((one) => (
              <p key={one.column} class="small-strong is-signal">
                {one.column}: {one[language]}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {bad > lines.length ? <p class="note">{words.moreRows(bad - lines.length)}</p> : null}
      {duplicateCount > 0 ? (
        <details>
          <summary class="button button-quiet out-left">{words.duplicates(duplicateCount)}</summary>
          <ul class="import-rows">
            {duplicates.slice(0, shownMax).map(({ line, like, other }) => (
              <li class="import-row" key={line}>
                <p class="small">
                  {words.row(line)} · {words.likenesses[like]} ·{' '}
                  {other === null ? words.likeRegister : words.likeLine(other)}
                </p>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}

function Running(props: { progress: Progress }) {
  const { progress } = props
  const words = useRegisterWords()
  if (progress.state === 'done') return <Strip>{words.imported(progress.done)}</Strip>
  if (progress.state === 'failed' || progress.state === 'refused') {
    return (
      <div class="stack">
        <Strip tone="signal">{words.importFailed}</Strip>
        <Faults outcome={progress} />
      </div>
    )
  }
  return (
    <div class="stack stack-tight">
      <p>{words.importing(progress.done, progress.good)}</p>
      <progress max={Math.max(1, progress.good)} value={progress.done} aria-label={words.file} />
    </div>
  )
}
