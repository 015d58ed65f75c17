import { pinyin } from 'pinyin-pro'
import type { CommitteeCode } from '../../../kernel/ids.ts'
import type { Compound, Facts, Piece, Word } from './types.ts'

/** What is kept of a person in one committee: each word begins with the committee's code. */
export function wordsOf(facts: Facts): string[] {
  const words: Word[] = [
    ...gramsOf(lettersOf(facts.name)).map((text) => word('name', text)),
    ...readingsOf(facts.name, facts.reading).map((text) => word('sound', text)),
    ...facts.homes.flatMap(wordsOfHome),
    ...facts.tails.map((hash) => word('tail', hash)),
    ...facts.numbers.map((hash) => word('number', hash)),
  ]
  const made = words.filter(({ text }) => isPlain(text)).map((one) => keyOf(facts.committee, one))
  return [...new Set(made)]
}

const marks = {
  ...{ name: 'n', sound: 'p', compound: 'c', building: 'b', stair: 's', room: 'r' },
  ...{ tail: 't', number: 'f' },
} as const satisfies Record<Word['kind'], string>

function word(kind: Word['kind'], text: string, isPrefix = false): Word {
  return { kind, text, isPrefix }
}

function keyOf(committee: string, { kind, text }: Word): string {
  return `${committee}${marks[kind]}${text}`
}

/** Letters and digits alone: nothing in a word has a meaning for whoever reads the query. */
function isPlain(text: string): boolean {
  return /^[\p{L}\p{N}\p{M}]{1,80}$/u.test(text)
}

type HomeFacts = Facts['homes'][number]

function wordsOfHome({ home, building }: HomeFacts): Word[] {
  const [, compound = '', stair = '', room = ''] = home.split('-')
  const name = numberIn(building ?? '')
  return [
    word('compound', compound),
    word('stair', plainNumber(stair)),
    word('room', plainNumber(room)),
    ...(name === undefined ? [] : [word('building', name)]),
  ]
}

/** The letters of a name, but Latin ones, without dots, spaces and variants' marks. */
function lettersOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}]|\p{Variation_Selector}|\p{Script=Latin}|[\u0300-\u036f]/gu, '')
}

/** Each letter, and each two in a row: two letters are enough to find somebody, so is a surname. */
function gramsOf(letters: string): string[] {
  const all = [...letters]
  return [...all, ...all.slice(1).map((letter, before) => `${all[before]}${letter}`)]
}

const readingsMax = 6

/**
 * How a name is typed in Latin letters: whole, from each syllable on, its initials, and the surname
 * with initials. A surname that is read in several ways has them all.
 */
function readingsOf(name: string, reading: string | null): string[] {
  const latin = name.match(/\p{Script=Latin}[\p{Script=Latin}\p{M}'’]*/gu) ?? []
  const said = reading === null ? syllablesOf(name) : [reading.split(/[^\p{L}\p{M}'’]+/u)]
  return [...said, latin].flatMap((syllables) => {
    const plain = syllables.map(soundIn).filter((one) => one !== '')
    const [first = '', ...others] = plain
    const initials = plain.map((one) => one[0]).join('')
    return [
      ...plain.map((_, from) => plain.slice(from).join('')),
      ...(plain.length > 1 ? [initials, `${first}${others.map((one) => one[0]).join('')}`] : []),
    ]
  })
}

function syllablesOf(name: string): string[][] {
  const letters = lettersOf(name).replaceAll(/[^\p{Script=Han}]/gu, '')
  if (letters === '') return []
  const usual = pinyin(letters, { toneType: 'none', type: 'array', surname: 'head', v: true })
  const readings = [usual]
  for (const [at, letter] of [...letters].entries()) {
    const others = pinyin(letter, { toneType: 'none', type: 'array', multiple: true, v: true })
    for (const other of others) readings.push(usual.with(at, other))
  }
  const whole = new Map(readings.map((one) => [one.join(' '), one]))
  return [...whole.values()].slice(0, readingsMax)
}

/** Small letters without tones; ü is typed as u or v. */
function soundIn(syllable: string): string {
  return syllable
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .replaceAll('v', 'u')
}

const digits = '〇一二三四五六七八九'

/** 十二, 二〇一 and 百零五 in digits; undefined: no number. */
export function chineseNumber(text: string): number | undefined {
  const plain = text.replaceAll('零', '〇').replaceAll('两', '二')
  if (/^[〇一二三四五六七八九]+$/.test(plain)) {
    return Number([...plain].map((digit) => digits.indexOf(digit)).join(''))
  }
  const match =
    /^(?:([一二三四五六七八九]?)百)?〇?(?:([一二三四五六七八九]?)十)?([一二三四五六七八九]?)$/.exec(
      plain,
    )
  if (!match || plain === '') return undefined
  const [, hundreds, tens, ones = ''] = match
  const of = (digit: string | undefined) =>
    digit === undefined ? 0 : digit === '' ? 1 : digits.indexOf(digit)
  return of(hundreds) * 100 + of(tens) * 10 + (ones === '' ? 0 : digits.indexOf(ones))
}

/** 0501 is 501, and a5 is A5. */
function plainNumber(text: string): string {
  return text.toUpperCase().replace(/^0+(?=[0-9])/, '')
}

/** The number that a building or stair is called by: 1幢, １号楼, 一号 → 1. */
function numberIn(name: string): string | undefined {
  const plain = name.normalize('NFKC').toUpperCase()
  const [written] = /[0-9]+[A-Z]?|[A-Z]/.exec(plain) ?? []
  if (written !== undefined) return plainNumber(written)
  const [said] = /[〇零一二三四五六七八九十百两]+/.exec(plain) ?? []
  const number = said === undefined ? undefined : chineseNumber(said)
  return number === undefined ? undefined : String(number)
}

/** A compound's name as people write it: 凌兆一村, 凌兆1村, 凌兆１村. */
function namesOf({ name }: Compound): string[] {
  const plain = name.normalize('NFKC').replaceAll(/\s/g, '')
  const inDigits = plain.replaceAll(/[〇零一二三四五六七八九十百]+/g, (said) => {
    return String(chineseNumber(said) ?? said)
  })
  const inWords = plain.replaceAll(/[0-9]{1,2}/g, (written) => inChinese(Number(written)))
  return [...new Set([plain, inDigits, inWords])]
}

function inChinese(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10]
  const one = ones > 0 || number === 0 ? (digits[ones] ?? '') : ''
  return tens === 0 ? one : `${tens > 1 ? (digits[tens] ?? '') : ''}十${one}`
}

const number = '(?:[0-9]+[A-Z]?|[〇零一二三四五六七八九十百两]+)'
const units: readonly (readonly [RegExp, 'building' | 'stair' | 'room' | null])[] = [
  [new RegExp(`^(${number})(?:号楼|幢|栋|座)`), 'building'],
  [new RegExp(`^(${number})(?:单元|号)`), 'stair'],
  [new RegExp(`^(${number})(?:室|房)`), 'room'],
  [new RegExp(`^(${number})(?:楼|层)`), null],
]
const piecesMax = 10

/** The words of a search in pieces, each of which a person must have. */
export function piecesOf(words: string, compounds: readonly Compound[]): Piece[] {
  const plain = words.normalize('NFKC').replaceAll(/\p{Variation_Selector}/gu, '')
  const { rest, pieces } = withoutCompounds(plain, compounds)
  for (const token of rest.split(/[\s,，、;；/()]+/)) {
    let left = token.replaceAll(/[·•‧・∙]/g, '')
    let isFirst = true
    while (left !== '' && pieces.length < piecesMax) {
      const { piece, length } = nextPiece(left, isFirst)
      if (piece) pieces.push(piece)
      left = left.slice(length)
      isFirst = false
    }
  }
  return pieces
}

/** Names of three letters and more; shorter ones may be a person's as well. */
function withoutCompounds(words: string, compounds: readonly Compound[]) {
  const found = compounds.flatMap((compound) =>
    namesOf(compound).flatMap((name) => {
      return name.length >= 3 && words.includes(name) ? [{ compound, name }] : []
    }),
  )
  const longest = found.toSorted((a, b) => b.name.length - a.name.length)[0]?.name
  if (longest === undefined) return { rest: words, pieces: [] as Piece[] }
  const codes = found.filter(({ name }) => name === longest).map(({ compound }) => compound.code)
  const pieces: Piece[] = [{ is: 'compound', codes }]
  return { rest: words.replace(longest, ' '), pieces }
}

function nextPiece(left: string, isFirst: boolean): { piece?: Piece; length: number } {
  const upper = left.toUpperCase()
  for (const [unit, kind] of units) {
    const match = unit.exec(upper)
    const said = match?.[1] === undefined ? undefined : numberIn(match[1])
    if (!match || said === undefined) continue
    const piece = kind === null ? {} : { piece: { is: kind, text: said } as const }
    return { ...piece, length: match[0].length }
  }
  const [hyphened] = /^[0-9]+[A-Z]?(?:-[0-9]+[A-Z]?){1,2}(?![0-9A-Z])/.exec(upper) ?? []
  if (hyphened !== undefined) {
    return { piece: { is: 'hyphened', parts: hyphened.split('-') }, length: hyphened.length }
  }
  const [digit] = /^[0-9]+[A-Z]?/.exec(upper) ?? []
  if (digit !== undefined) {
    const isWhole = isFirst && digit.length === left.length
    return { piece: { is: 'number', text: digit, isWhole }, length: digit.length }
  }
  return nextLetters(left)
}

function nextLetters(left: string): { piece?: Piece; length: number } {
  const [latin] = /^[\p{Script=Latin}][\p{Script=Latin}\p{M}'’]*/u.exec(left) ?? []
  if (latin !== undefined) {
    return { piece: { is: 'sound', text: soundIn(latin) }, length: latin.length }
  }
  let length = 0
  for (const letter of left) {
    const from = left.slice(length)
    const isUnit = length > 0 && units.some(([unit]) => unit.test(from))
    if (isUnit || !/[\p{L}\p{M}〇]/u.test(letter) || /\p{Script=Latin}/u.test(letter)) break
    length += letter.length
  }
  if (length === 0) return { length: [...left][0]?.length ?? 1 }
  return { piece: { is: 'letters', text: left.slice(0, length) }, length }
}

/** Keyed hashes of the numbers that were said, each with every key of the ring. */
export type Hashes = { tail(text: string): string[]; number(text: string): string[] }

/**
 * The query of one committee, in PostgreSQL's tsquery syntax, made of quoted plain words alone;
 * undefined: nobody there can be meant.
 */
export function queryOf(
  pieces: readonly Piece[],
  committee: CommitteeCode | string,
  compounds: readonly Compound[],
  hashes: Hashes,
): string | undefined {
  const here = compounds.filter(({ code }) => code.startsWith(committee))
  const terms = pieces.map((piece) => {
    const ways = waysOf(piece, here, hashes).filter(
      (way) => way.length > 0 && way.every(({ text }) => isPlain(text)),
    )
    return ways
      .map((way) => `(${way.map((one) => quoted(committee, one)).join(' & ')})`)
      .join(' | ')
  })
  if (terms.length === 0 || terms.includes('')) return undefined
  return terms.map((term) => `(${term})`).join(' & ')
}

function quoted(committee: string, one: Word): string {
  return `'${keyOf(committee, one)}'${one.isPrefix ? ':*' : ''}`
}

/** Ways in which a piece may be meant; of each way all words must be there. */
function waysOf(piece: Piece, compounds: readonly Compound[], hashes: Hashes): Word[][] {
  switch (piece.is) {
    case 'letters': {
      const letters = lettersOf(piece.text)
      const grams = gramsOf(letters).filter(
        (gram) => [...letters].length < 2 || [...gram].length > 1,
      )
      const named = compounds.filter((one) => namesOf(one).some((it) => it.includes(piece.text)))
      return [
        grams.map((gram) => word('name', gram)),
        ...named.map(({ code }) => [word('compound', shortCode(code))]),
      ]
    }
    case 'sound':
      return [[word('sound', piece.text, true)]]
    case 'compound':
      return compounds
        .filter(({ code }) => piece.codes.includes(code))
        .map(({ code }) => [word('compound', shortCode(code))])
    case 'building':
      return [[word('building', piece.text)]]
    case 'stair':
      return [[word('stair', piece.text)], [word('building', piece.text)]]
    case 'room':
      return [[word('room', piece.text)]]
    case 'hyphened':
      return waysOfHyphened(piece.parts, hashes)
    case 'number':
      return waysOfNumber(piece.text, piece.isWhole, hashes)
    default:
      return piece satisfies never
  }
}

function shortCode(compound: string): string {
  return compound.slice(13)
}

/** 26-501, 1-26-501, and telephones with an area code. */
function waysOfHyphened(parts: readonly string[], hashes: Hashes): Word[][] {
  const [first = '', second = '', third] = parts.map(plainNumber)
  const whole = hashes.number(parts.join('-')).map((hash) => [word('number', hash)])
  if (third !== undefined) {
    return [[word('building', first), word('stair', second), word('room', third)], ...whole]
  }
  return [
    [word('stair', first), word('room', second)],
    [word('building', first), word('room', second)],
    ...whole,
  ]
}

function waysOfNumber(text: string, isWhole: boolean, hashes: Hashes): Word[][] {
  const plain = plainNumber(text)
  const kinds = isWhole ? (['room', 'stair', 'building'] as const) : (['room'] as const)
  return [
    ...(plain.length > 8 ? [] : kinds.map((kind) => [word(kind, plain)])),
    ...(isTail(text) && isWhole ? hashes.tail(text).map((hash) => [word('tail', hash)]) : []),
    ...(text.length > 6 ? hashes.number(text).map((hash) => [word('number', hash)]) : []),
  ]
}

/** Four as they end a telephone or an identity number. */
export function isTail(text: string): boolean {
  return /^[0-9]{3}[0-9X]$/.test(text)
}
