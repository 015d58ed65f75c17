/**
 * Names of fields that would carry somebody's body: refused at every edge, MQTT and HTTP alike
 * (上海市数据条例 23; the product's refusal table). Matched on whole words of the name.
 */
const refused = new Set(
  (
    'face faces facial faceid facefeature gait fingerprint fingerprints palmprint iris retina ' +
    'voiceprint biometric biometrics embedding facevector personid imsi imei macaddress'
  ).split(' '),
)

/**
 * The first biometric field name anywhere in a value, or undefined. Depth and size are limited
 * before.
 */
export function biometricField(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    if (isBiometric(name)) return name
    const found = biometricField(inner)
    if (found !== undefined) return found
  }
  return undefined
}

function isBiometric(name: string): boolean {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
  return words.some((word) => refused.has(word)) || refused.has(words.join(''))
}
