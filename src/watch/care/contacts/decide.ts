import type { Instant } from '../../../kernel/clock.ts'
import type { AskedContact, Question } from '../asking/index.ts'
import type { Contact } from '../types.ts'

/** Compound surnames that are usual; any other surname has one character. */
const compound = new Set(
  '欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 南宫 端木 申屠 轩辕'.split(
    ' ',
  ),
)

/**
 * How a contact hears of the person: as the person said that this contact calls them, else by the
 * given name. Never the family name, an address or anything of how they are.
 */
export function calledBy({ callsMe }: Pick<Contact, 'callsMe'>, name: string): string {
  return callsMe ?? givenName(name)
}

export function givenName(name: string): string {
  const said = name.trim()
  // 买买提·艾力, Mary Smith: the given name comes first.
  const [first = said, ...more] = said.split(/[\s·•]+/)
  if (more.length > 0 || !/^\p{Script=Han}+$/u.test(said)) return first
  const family = compound.has(said.slice(0, 2)) ? 2 : 1
  return said.length > family ? said.slice(family) : said
}

/** The first of the person's contacts who was not asked yet. */
export function nextContact(
  contacts: readonly Contact[],
  asked: readonly Pick<AskedContact, 'contact'>[],
): Contact | undefined {
  return contacts.find(({ phone }) => !asked.some(({ contact }) => contact.phone === phone))
}

/** What is left of the question's time is shared equally by those who are left. */
export function shareUntil(
  { until }: Pick<Question, 'until'>,
  contacts: readonly Contact[],
  asked: readonly Pick<AskedContact, 'contact'>[],
  now: Instant,
): Instant {
  const left = contacts.filter((one) => nextContact([one], asked)).length
  return now + Math.floor((until - now) / Math.max(1, left))
}

/** Whether the one asked last has had their time, has answered, or could not be written to. */
export function isNextDue(
  asked: readonly AskedContact[],
  isUnreachable: (one: AskedContact) => boolean,
  now: Instant,
): boolean {
  const last = asked.at(-1)
  return !last || last.until <= now || last.answer !== null || isUnreachable(last)
}
