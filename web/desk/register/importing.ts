import { useEffect, useState } from 'preact/hooks'
import type {
  importDryRun,
  importProgress,
  importRegister,
  importTemplate,
  listImports,
} from '../../../src/ground/people/importing/api.ts'
import type {
  FileFormat,
  ImportKind,
  OnDuplicate,
} from '../../../src/ground/people/importing/types.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import { call } from '../../shell/call.ts'
import { useAct, useFirst } from '../../shell/shell.tsx'
import { base64Of, saveFile } from '../devices/files.ts'

export type DryRun = Output<typeof importDryRun>
export type Progress = Output<typeof importProgress>

/** Larger ones are refused by the server. */
const fileBytesMax = 6 * 1024 * 1024

/** How often a running import is asked how far it is. */
const askEveryMs = 700

/** How far the import is that was begun here; once it is over the list of them is asked anew. */
function useRunning() {
  const [running, setRunning] = useState<string | null>(null)
  const [progress, setProgress] = useState<Progress | null>(null)
  const earlier = useFirst<typeof listImports>('/people/imports', {})
  const isOver = progress !== null && !['reading', 'writing'].includes(progress.state)

  useEffect(() => {
    if (running === null || isOver) return
    const timer = setInterval(() => {
      const asked = { import: running }
      void call<typeof importProgress>('get', '/people/imports/one', asked).then((result) => {
        if (result.ok) setProgress(result.answer)
      })
    }, askEveryMs)
    return () => clearInterval(timer)
  }, [running, isOver])

  useEffect(() => {
    if (isOver) void earlier.again()
  }, [isOver])

  const follow = (begun: string | null) => {
    setProgress(null)
    setRunning(begun)
  }
  return { running, progress, isOver, follow }
}

/** File, trial reading, import and its progress: one after the other, for one kind. */
export function useImport(kind: ImportKind) {
  const { isBusy, refusal, run, forget } = useAct()
  const [base64, setBase64] = useState<string | null>(null)
  const [problem, setProblem] = useState<'fileTooLarge' | 'fileUnread' | null>(null)
  const [mapping, setMapping] = useState<Readonly<Record<string, string>>>({})
  const [onDuplicate, setOnDuplicate] = useState<OnDuplicate>('refuse')
  const [read, setRead] = useState<DryRun | null>(null)
  const { running, progress, isOver, follow } = useRunning()

  const table = () => ({
    ...{ kind, base64: base64 ?? '', onDuplicate },
    mapping: Object.entries(mapping).flatMap(([column, title]) =>
      title === '' ? [] : [{ column, title }],
    ),
  })
  return {
    ...{ isBusy, refusal, problem, read, progress, mapping, onDuplicate, isOver },
    isRunning: running !== null && !isOver,
    hasFile: base64 !== null,
    map: (column: string, title: string) => setMapping({ ...mapping, [column]: title }),
    setOnDuplicate,
    async pick(file: File | null) {
      forget()
      setRead(null)
      follow(null)
      setMapping({})
      setBase64(null)
      setProblem(file && file.size > fileBytesMax ? 'fileTooLarge' : null)
      if (!file || file.size > fileBytesMax) return
      await base64Of(file).then(setBase64, () => setProblem('fileUnread'))
    },
    template: (format: FileFormat) =>
      run(async () => {
        const asked = { kind, format }
        const path = '/people/imports/template'
        const result = await call<typeof importTemplate>('get', path, asked)
        if (result.ok) saveFile(result.answer.name, result.answer.base64)
        return result
      }),
    dryRun: () =>
      run(async () => {
        const result = await call<typeof importDryRun>('post', '/people/imports/dry-run', table())
        if (result.ok) setRead(result.answer)
        return result
      }),
    importAll: () =>
      run(async () => {
        const result = await call<typeof importRegister>('post', '/people/imports', table())
        if (result.ok) follow(result.answer.import)
        return result
      }),
  }
}

export type Importing = ReturnType<typeof useImport>
