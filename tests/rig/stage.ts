import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import type { MqttClient } from 'mqtt'
import { buildWeb } from '../../scripts/build-web.ts'
import type { PlaceCode } from '../../src/kernel/ids.ts'
import { settleMs } from '../../src/watch/scenarios/index.ts'
import { centreWordsOf } from '../../web/words/centre.ts'
import { deskWordsOf } from '../../web/words/desk.ts'
import { deviceWordsOf } from '../../web/words/devices.ts'
import { wordsOf, type Language } from '../../web/words/index.ts'
import { workWordsOf } from '../../web/words/work.ts'
import { untranslatedIn } from './page-checks.ts'
import { browse, pagesDir, type Look, type OpenPage } from './pages.ts'
import { longHeartbeat, openStreets, type SmallStreet, type Streets } from './streets.ts'

/** Two streets, of which each language has one, and the browsers of their people. */
export type Stage = AsyncDisposable & {
  town: Streets
  /** A browser of somebody, open at a path; waits 15 s for what must appear. */
  open(who: { name: string }, path: string, look: Look): Promise<Page>
  /** Every open browser is closed. Answers what stood in a console or untranslated on a page. */
  close(language: Language): Promise<string[]>
  /** One message in the canonical form, now; over that connection, or one of its own. */
  says(device: Heard, said: object, wire?: MqttClient): Promise<void>
  /** As the program does between two looks: what came is judged, and messages go out. */
  look(): Promise<void>
}
type Heard = { username: string; password: string; topic: string }

export async function openStage(): Promise<Stage> {
  await buildWeb({ outDir: pagesDir })
  const folder = mkdtempSync(join(tmpdir(), 'lilong-stage-'))
  const town = await openStreets({
    ...{ ...longHeartbeat, distDir: pagesDir },
    ways: {
      ...{ pushSecret: randomBytes(32).toString('base64url'), isPushRehearsed: true },
      ...{ pushContact: 'mailto:street@lilong.example', sms: null, wecom: null, voice: null },
      ...{ outboxFile: join(folder, 'outbox.jsonl'), quiet: { from: '21:00', to: '07:00' } },
    },
  })
  const browsing = await browse(town)
  const atOnce = town.program.scenarios.beginAtOnce()
  let opened: OpenPage[] = []
  let sequence = 1
  return {
    town,
    async open({ name }, path, look) {
      const it = await browsing.open(name, look)
      opened.push(it)
      const status = await it.goto(path)
      if (status !== 200) throw new Error(`${path}: ${status}`)
      it.page.setDefaultTimeout(15_000)
      return it.page
    },
    async close(language) {
      const faults = []
      for (const it of opened) {
        await it.quiet()
        faults.push(...it.said.filter((line) => !isUsual.test(line)))
        if (language === 'en') faults.push(...(await untranslatedIn(it)))
        await it.close()
      }
      opened = []
      return faults
    },
    async says(device, said, wire) {
      const own = wire ?? (await town.connect(device))
      const payload = { seq: sequence++, at: town.clock.now(), state: 'heartbeat', ...said }
      await own.publishAsync(device.topic, JSON.stringify(payload), { qos: 1 })
      if (!wire) await own.endAsync()
    },
    async look() {
      const { scenarios, sending } = town.program
      await scenarios.tick()
      town.clock.set({ at: town.clock.now() + settleMs })
      await scenarios.tick()
      await town.settled()
      await sending.tick()
      await sending.idle()
    },
    async [Symbol.asyncDispose]() {
      await browsing[Symbol.asyncDispose]()
      await atOnce[Symbol.asyncDispose]()
      await town[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A refusal that the page says, and the browser's own word about what the worker keeps. */
const isUsual = /status of 40[49] |^A preload for /

/** The words by which a story finds what people see and press. */
export function allWordsOf(language: Language) {
  return {
    ...{ ...wordsOf(language), ...workWordsOf(language) },
    ...{ desk: deskWordsOf(language), centre: centreWordsOf(language) },
    devices: deviceWordsOf(language),
  }
}

type AllWords = ReturnType<typeof allWordsOf>

/** Each language has a street of its own: a story is told twice, and on nobody's leavings. */
export function streetOf({ a, b }: Pick<Streets, 'a' | 'b'>, language: Language): SmallStreet {
  return language === 'en' ? b : a
}

/** How the pages name the one stair that each street has. */
export function stairSaid({ places }: Pick<AllWords, 'places'>): string {
  return places.spot({ committee: '', compound: null, stair: '26', room: null })
}

/** Its code. */
export function stairOf({ homes }: SmallStreet): PlaceCode {
  return homes[0]!.split('-').slice(0, 3).join('-') as PlaceCode
}

/** Presses the button of exactly this name. */
export function press(where: Pick<Locator, 'getByRole'>, name: string): Promise<void> {
  return where.getByRole('button', { name, exact: true }).click()
}

/** As the street's officer: what no page of the story is about. */
export async function asked({ officer }: SmallStreet, path: string, body: object): Promise<any> {
  const answer = await officer.post(path, body)
  if (answer.status === 200) return answer.body
  throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
}
