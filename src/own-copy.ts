/**
 * The pages of the copy that somebody takes along: plain HTML in both languages, without script and
 * without anything from outside, so that it opens anywhere and in twenty years.
 */
import { dayMs, hourMs } from './kernel/clock.ts'
import {
  fields,
  parts as kept,
  purposes,
  type Fact,
  type PagesOf,
  type Part,
} from './ground/privacy/index.ts'
import { sayings, type Says } from './kernel/saying.ts'
import { ownDataWordsOf, type OwnDataWords } from '../web/words/own-data.ts'
import type { Language } from '../web/words/index.ts'

const names: Readonly<Record<Language, string>> = { 'zh-CN': 'index.html', en: 'index.en.html' }

export const pagesOf: PagesOf = ({ parts, takenAt }) =>
  Object.fromEntries(
    (['zh-CN', 'en'] as const).map((language) => [
      names[language],
      page(parts, takenAt, language, ownDataWordsOf(language)),
    ]),
  )

function page(
  parts: readonly Part[],
  takenAt: number,
  language: Language,
  words: OwnDataWords,
): string {
  const { file } = words
  const other = language === 'en' ? 'zh-CN' : 'en'
  const body = [
    `<p><a href="${names[other]}">${other === 'en' ? 'English' : '中文'}</a></p>`,
    `<h1>${safe(file.title)}</h1><p>${safe(file.line)}</p>`,
    `<p>${safe(file.takenAt)}${words.separator}${timeOf(takenAt)}</p>`,
    `<h2>${safe(file.contents)}</h2><ul>`,
    ...parts.map(
      ({ part, rows }) =>
        `<li><a href="#${part}">${safe(words.parts[part].title)}</a> (${rows.length})</li>`,
    ),
    '</ul>',
    ...parts.map((one) => section(one, language, words)),
    `<h2>${safe(file.purposes)}</h2>${purposeList(language, file.basis)}`,
  ]
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${safe(file.title)}</title><style>${style}</style></head><body>`,
    ...body,
    '</body></html>',
  ].join('\n')
}

const policy = "default-src 'none'; style-src 'unsafe-inline'"
const style = [
  'body{font:16px/1.6 sans-serif;max-width:44em;margin:2em auto;padding:0 1em;color:#222}',
  'dl{border-top:1px solid #ccc;padding:.5em 0;margin:0}',
  'dt{float:left;clear:left;min-width:10em;color:#555}dd{margin:0 0 0 11em;overflow-wrap:anywhere}',
].join('')

function section({ part, rows }: Part, language: Language, words: OwnDataWords): string {
  const { title, why, until, seen } = words.parts[part]
  const purpose = purposes[kept[part].purpose]
  const about = [
    [words.why, `${why} (${purpose[language]})`],
    [words.until, until],
    [words.seen, seen],
  ] as const
  return [
    `<h2 id="${part}">${safe(title)}</h2>`,
    ...about.map(([name, says]) => `<p>${safe(name)}${words.separator}${safe(says)}</p>`),
    ...rows.map((row) => `<dl>${row.map((fact) => shown(fact, language, words)).join('')}</dl>`),
  ].join('\n')
}

function shown(fact: Fact, language: Language, words: OwnDataWords): string {
  return `<dt>${safe(words.fields[fact.field])}</dt><dd>${safe(told(fact, language, words))}</dd>`
}

function told({ field, value }: Fact, language: Language, words: OwnDataWords): string {
  const word = (one: string) =>
    field === 'says'
      ? saidIn(one, language)
      : (words.choices[`${field}:${one}`] ?? nameOf(one, words))
  switch (fields[field]) {
    case 'time':
      return timeOf(Number(value))
    case 'choice':
      return word(value)
    case 'choices':
      return value.split(',').map(word).join(words.comma)
    default:
      return value
  }
}

function nameOf(one: string, words: OwnDataWords): string {
  const parts: Readonly<Record<string, { title: string }>> = words.parts
  return words.choices[one] ?? parts[one]?.title ?? one
}

function saidIn(says: string, language: Language): string {
  return sayings[says as Says]?.[language] ?? says
}

/** To the minute, in Shanghai, as it is sorted. */
function timeOf(at: number): string {
  const there = new Date(at + shanghaiMs).toISOString()
  return `${there.slice(0, 10)} ${there.slice(11, 16)}`
}
const shanghaiMs = (8 * hourMs) % dayMs

function purposeList(language: Language, basis: string): string {
  const rows = Object.values(purposes).map((one) => {
    const says = `${one.kept[language]} (${basis}: ${one.basis})`
    return `<dt>${safe(one[language])}</dt><dd>${safe(says)}</dd>`
  })
  return `<dl>${rows.join('')}</dl>`
}

function safe(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
