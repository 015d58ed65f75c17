/** A telephone as it is kept: digits and hyphens, without the country's code. */
export function phoneIn(written: string): string | undefined {
  const plain = written
    .normalize('NFKC')
    .replaceAll(/[\s()]/g, '')
    .replace(/^(?:\+|00)86-?/, '')
  return /^[0-9][0-9-]{3,18}[0-9]$/.test(plain) ? plain : undefined
}
