/** A telephone as it is kept: digits and hyphens, without the country's code. */
export function phoneIn(written: string): string | undefined {
  const plain = written
    .normalize('NFKC')
    .replaceAll(/[\s()]/g, '')
    .replace(/^(?:\+|00)86-?/, '')
  return /^[0-9][0-9-]{3,18}[0-9]$/.test(plain) ? plain : undefined
}

/** GB 11643-1999 (ISO 7064, MOD 11-2): what each of the first seventeen digits weighs. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** A citizen's identity number as it is kept: 18 characters, X large. */
export function idNumberIn(written: string): string | undefined {
  const plain = written.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()
  if (!/^[1-9][0-9]{16}[0-9X]$/.test(plain) || !isDay(bornOnIn(plain))) return undefined
  const sum = weights.reduce((all, weight, at) => all + weight * Number(plain[at]), 0)
  return plain[17] === checks[sum % 11] ? plain : undefined
}

/** 'YYYY-MM-DD' as an identity number says it. */
export function bornOnIn(idNumber: string): string {
  return [idNumber.slice(6, 10), idNumber.slice(10, 12), idNumber.slice(12, 14)].join('-')
}

function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === day
}

/** The four that are told at a counter; what stands before them stays unsaid. */
export function tailOf(number: string): string {
  return number.replaceAll(/[^0-9X]/g, '').slice(-4)
}

/** A telephone keeps its first three and last four, an identity number its last four. */
export function masked(kind: 'phone' | 'id-number', number: string): string {
  const plain = number.replaceAll(/[^0-9X]/g, '')
  const head = kind === 'phone' && plain.length === 11 ? plain.slice(0, 3) : ''
  const hidden = Math.max(plain.length - head.length - 4, 0)
  return hidden < 2 ? '*'.repeat(plain.length) : `${head}${'*'.repeat(hidden)}${tailOf(plain)}`
}
