import { useState } from 'preact/hooks'
import { Download, FileSearch, Upload } from 'lucide'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { importDevices, importDryRun, importTemplate } from '../../../src/watch/devices/api.ts'
import { call } from '../../shell/call.ts'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useAct, useIsAlive } from '../../shell/shell.tsx'
import { useDeviceWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, Heading } from '../../ui/card.tsx'
import { FileField } from '../../ui/file-field.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatCount } from '../../words/format.ts'
import { base64Of, fileBytesMax, saveFile } from './files.ts'
import { ImportRows } from './import-rows.tsx'

type DryRun = Output<typeof importDryRun>
type Imported = Output<typeof importDevices>

/** Template, file, trial reading, adding, credentials: one after the other. */
export function AddMany() {
  const words = useDeviceWords()
  const work = useImport()
  const isAlive = useIsAlive()
  return (
    <section class="stack">
      <Heading line={words.addManyLine}>{words.addMany}</Heading>
      <div>
        <Button icon={Download} busy={work.isBusy} onClick={work.template}>
          {words.template}
        </Button>
      </div>
      <fieldset class="stack" disabled={!isAlive}>
        <FileField
          label={words.file}
          name="file"
          accept=".xlsx"
          help={words.fileHelp}
          problem={work.problem === null ? undefined : words[work.problem]}
          onPick={(file) => void work.pick(file)}
        />
        <div>
          <Button
            icon={FileSearch}
            busy={work.isBusy}
            disabled={work.base64 === null}
            onClick={work.dryRun}
          >
            {words.dryRun}
          </Button>
        </div>
      </fieldset>
      <RefusalStrip refusal={work.refusal} />
      {work.refusal?.fault === 'not-the-template' && work.refusal.field ? (
        <p class="strong">{words.missingColumn(work.refusal.field)}</p>
      ) : null}
      <div class="stack" role="status">
        {work.imported ? (
          <Done imported={work.imported} />
        ) : work.read ? (
          <Read read={work.read} isBusy={work.isBusy} onImport={work.importAll} />
        ) : null}
      </div>
    </section>
  )
}

function useImport() {
  const { isBusy, refusal, run, forget } = useAct()
  const [base64, setBase64] = useState<string | null>(null)
  const [problem, setProblem] = useState<'fileTooLarge' | 'fileUnread' | null>(null)
  const [read, setRead] = useState<DryRun | null>(null)
  const [imported, setImported] = useState<Imported | null>(null)
  const pick = async (file: File | null) => {
    forget()
    setRead(null)
    setImported(null)
    setBase64(null)
    setProblem(file && file.size > fileBytesMax ? 'fileTooLarge' : null)
    if (!file || file.size > fileBytesMax) return
    await base64Of(file).then(setBase64, () => setProblem('fileUnread'))
  }
  const template = () =>
    void run(async () => {
      const result = await call<typeof importTemplate>('get', '/devices/import/template', {})
      if (result.ok) saveFile(result.answer.name, result.answer.base64)
      return result
    })
  const dryRun = () =>
    void run(async () => {
      const result = await call<typeof importDryRun>('post', '/devices/import/dry-run', {
        base64: base64 ?? '',
      })
      if (result.ok) setRead(result.answer)
      return result
    })
  const importAll = () =>
    void run(async () => {
      const result = await call<typeof importDevices>('post', '/devices/import', {
        base64: base64 ?? '',
      })
      if (result.ok) setImported(result.answer)
      return result
    })
  return { isBusy, refusal, base64, problem, read, imported, pick, template, dryRun, importAll }
}

/** What the file would add; only where every row is right can it be added. */
function Read(props: { read: DryRun; isBusy: boolean; onImport: () => void }) {
  const words = useDeviceWords()
  const { rows, good, bad } = props.read
  if (rows.length === 0) return <Strip tone="amber">{words.dryEmpty}</Strip>
  return (
    <Card>
      <div class="stack">
        <p class="strong">
          {bad === 0
            ? words.dryGood(formatCount(good))
            : words.dryBad(formatCount(bad), formatCount(good))}
        </p>
        <p class="note">{words.dryLine}</p>
        {bad === 0 ? (
          <Button kind="primary" icon={Upload} tall busy={props.isBusy} onClick={props.onImport}>
            {words.importDo(formatCount(good))}
          </Button>
        ) : null}
        <ImportRows rows={rows} />
      </div>
    </Card>
  )
}

function Done(props: { imported: Imported }) {
  const words = useDeviceWords()
  const { added, name, base64, rows } = props.imported
  return (
    <Card>
      <div class="stack">
        <p class="strong">
          {added === 0 ? words.importedNone : words.imported(formatCount(added))}
        </p>
        {added > 0 && name !== null && base64 !== null ? (
          <>
            <Strip tone="amber">{words.credentialsLine}</Strip>
            <Button kind="primary" icon={Download} tall onClick={() => saveFile(name, base64)}>
              {words.credentials}
            </Button>
          </>
        ) : null}
        {added === 0 ? <ImportRows rows={rows} /> : null}
      </div>
    </Card>
  )
}
