/** Whatever a stranger, an operator or a provider can read, searched for words of somebody. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { driveCanaries } from '../../tests/attacks/canaries.ts'
import { longHeartbeat, openStreets } from '../../tests/rig/streets.ts'
import { openWaker } from '../../tests/rig/waker.ts'
import type { Report } from '../report.ts'

export async function proveWords(
  { promiseNone, say }: Report,
  databaseWords: () => string,
  fromFuzz: readonly string[],
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lilong-words-'))
  const outboxFile = join(folder, 'outbox.jsonl')
  writeFileSync(outboxFile, '')
  await using service = await openWaker()
  await using town = await openStreets({
    ...{ ...longHeartbeat, everyRole: true },
    ways: {
      ...{ pushSecret: randomBytes(32).toString('base64url'), isPushRehearsed: true },
      ...{ pushContact: 'mailto:street@lilong.example', sms: null, wecom: null, voice: null },
      ...{ outboxFile, quiet: null },
    },
  })
  const driven = await driveCanaries({ town, service, outboxFile, databaseWords })
  rmSync(folder, { recursive: true, force: true })
  const letters = Object.values(driven.sinks).reduce((sum, each) => sum + each, 0)
  const says =
    'in logs, refusals, messages, pushes, figures, streams, names of files, processes, answers to the fuzz'
  promiseNone('canaries_seen', [...driven.seen, ...fromFuzz], driven.asked, says)
  say('canary_bugs_provoked', driven.failed, driven.asked, 'count', 'answered 500, on purpose')
  say('canary_letters_searched', letters, driven.asked, 'letters')
}
