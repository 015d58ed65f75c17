import { buildWeb } from '../../scripts/build-web.ts'
import { minuteMs } from '../../src/kernel/clock.ts'
import { shippedRules, type Definition } from '../../src/watch/scenarios/index.ts'
import { answerWordsOf } from '../../web/words/answer.ts'
import { bookWordsOf } from '../../web/words/book.ts'
import { deskWordsOf } from '../../web/words/desk.ts'
import { wordsOf, type Language } from '../../web/words/index.ts'
import { residentWordsOf } from '../../web/words/resident.ts'
import { workWordsOf } from '../../web/words/work.ts'
import { browse, pagesDir, type Browsing } from './pages.ts'
import { openHome, type Home } from './quiet-home.ts'
import type { Actor } from './streets.ts'

export const daughter = { name: '女儿甲', relation: '女儿', phone: '13955550001', callsMe: '阿妈' }

/** After two days without a sign one after the other: each has so many minutes. */
export const askedInTurn = { person: 60, contact: 40, volunteer: 30, worker: 120 }

function inTurn(): Definition {
  const found = shippedRules().find(({ definition }) => definition.rule === 'care-silence')
  if (!found) throw new Error('no rule of silence ships')
  const { person, contact, volunteer, worker } = askedInTurn
  return {
    ...found.definition,
    ...{ clearsAfterMinutes: 0, cooldownMinutes: 0 },
    steps: [
      { tell: 'person', withinMinutes: person },
      { tell: 'contact', withinMinutes: contact },
      { tell: 'volunteer', withinMinutes: volunteer },
      { tell: 'worker', withinMinutes: worker },
    ],
  }
}

/** The home of an elder who is asked first, and browsers before it. */
export type Asking = AsyncDisposable &
  Browsing & {
    home: Home
    volunteer: Actor
    /** Somebody moves; then nobody for two days and an hour, until the rule asks. */
    twoSilentDays(): Promise<void>
    /** Time goes by, and whatever follows from it is heard and sent. */
    passes(minutes: number): Promise<void>
    /** The links that contacts were sent, oldest first. */
    links(): string[]
  }

export async function openAsking(): Promise<Asking> {
  await buildWeb({ outDir: pagesDir })
  const home = await openHome({ distDir: pagesDir, contacts: [daughter] })
  await home.workshop.switchOn('care-silence', await home.workshop.draft(inTurn()))
  const browsing = await browse(home.town)
  return {
    ...browsing,
    home,
    volunteer: home.town.a.others.find(({ role }) => role === 'volunteer')!.actor,
    async twoSilentDays() {
      await home.moves()
      await home.town.silent(home.town.a, 49)
      await home.look()
    },
    async passes(minutes) {
      await home.wait(minutes * minuteMs)
      await home.look()
    },
    links: () =>
      home.sent().flatMap(({ says, link }) => (says === 'contact-asked' && link ? link : [])),
    async [Symbol.asyncDispose]() {
      await browsing[Symbol.asyncDispose]()
      await home[Symbol.asyncDispose]()
    },
  }
}

/** All that the pages of residents and workers say in a language. */
export function allWords(language: Language) {
  const { care, ...common } = wordsOf(language)
  return {
    ...{ ...common, ...workWordsOf(language) },
    care: { ...care, ...residentWordsOf(language).caring, ...answerWordsOf(language) },
    ...{ desk: deskWordsOf(language), book: bookWordsOf(language) },
  }
}
