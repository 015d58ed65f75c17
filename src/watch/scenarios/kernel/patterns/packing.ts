/** Who said what, in one number that a column can hold. */
const codesMax = 1024

export function packed(sensor: number, code: number): number {
  return sensor * codesMax + code
}

export function unpackedSensor(pack: number): { sensor: number; code: number } {
  const code = ((pack % codesMax) + codesMax) % codesMax
  return { sensor: (pack - code) / codesMax, code }
}
