import { afterAll, beforeAll, expect, test } from 'vitest'
import { allWords, askedInTurn, daughter, openAsking, type Asking } from '../tests/rig/asking.ts'
import { untranslatedIn } from '../tests/rig/page-checks.ts'
import { languages } from '../web/words/index.ts'

let street: Asking

beforeAll(async () => {
  street = await openAsking()
}, 120_000)

afterAll(() => street?.[Symbol.asyncDispose]())

test.each(languages)(
  'the elder is asked, then the daughter: she says that all is well, and nobody is sent (%s)',
  async (language) => {
    const { home, open } = street
    const { book, care, tasks } = allWords(language)
    const elder = await open(home.elder.name, { language })
    const worker = await open(home.worker.name, { language })
    await elder.goto('/care')
    await worker.goto('/desk')
    expect(await elder.page.getByRole('button', { name: care.askWell }).count()).toBe(0)

    await street.twoSilentDays()
    await elder.page.getByRole('heading', { name: care.askHead }).waitFor()
    await elder.page.getByRole('button', { name: care.askWell }).waitFor()
    const before = street.links().length

    await street.passes(askedInTurn.person)
    await elder.page.getByRole('heading', { name: care.askContactsHead }).waitFor()
    const asked = elder.page.getByRole('listitem').filter({ hasText: daughter.name }).first()
    expect(await asked.textContent()).toContain(care.askedSays.none)
    if (language === 'en') expect(await untranslatedIn(elder)).toEqual([])

    const phone = await open(null, { language })
    const [link, ...more] = street.links().slice(before)
    expect(more).toEqual([])
    await phone.page.goto(link!)
    const called = phone.page.getByRole('heading', { name: care.contactHead(daughter.callsMe) })
    await called.waitFor()
    await phone.page.getByRole('button', { name: care.contactSays.fine }).click()
    await phone.page.getByRole('heading', { name: care.contactThanks }).waitFor()
    await phone.page.getByText(care.contactNext.fine).waitFor()

    await street.passes(0)
    await elder.page.getByText(care.askedSays.fine).first().waitFor()
    await elder.page.getByText(care.badge.seen, { exact: true }).waitFor()
    await elder.page
      .getByRole('heading', { name: care.askContactsHead })
      .waitFor({ state: 'detached' })
    expect(await asked.textContent()).toContain(care.askedSays.fine)

    await elder.page.getByRole('link', { name: care.dataSeen }).click()
    const row = elder.page.locator('li', { hasText: book.byContact(daughter.relation) }).first()
    await row.waitFor()
    expect(await row.textContent()).toContain(`${book.did.push}${book.fields.name}`)
    expect(await row.textContent()).toContain(book.labels['agreed-care'])
    if (language === 'en') expect(await untranslatedIn(elder)).toEqual([])

    await street.passes(180)
    expect(await home.inbox()).toEqual([])
    await worker.goto('/desk')
    expect(await worker.page.getByText(tasks.badge('care-silence', 'care-visit')).count()).toBe(0)
    await phone.page.goto(link!)
    await phone.page.getByRole('heading', { name: care.contactGone }).waitFor()
    for (const it of [elder, worker, phone]) {
      expect(it.said.filter((line) => !line.includes('410'))).toEqual([])
      await it.close()
    }
  },
)
