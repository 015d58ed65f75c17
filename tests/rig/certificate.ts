import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** A self-signed certificate for tests, made here: no other program is needed. PEM texts. */
export type TestCertificate = { cert: string; key: string }

type Wish = { names?: string[]; from?: Date; to?: Date }

export function makeCertificate(wish: Wish = {}): TestCertificate {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const der = certificate(pair, {
    names: wish.names ?? ['localhost'],
    from: wish.from ?? new Date(Date.now() - 86_400_000),
    to: wish.to ?? new Date(Date.now() + 90 * 86_400_000),
  })
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** RFC 5280, as little of it as TLS asks for; 127.0.0.1 is always among the names. */
function certificate(
  pair: { publicKey: KeyObject; privateKey: KeyObject },
  { names, from, to }: Required<Wish>,
): Buffer {
  const ecdsaSha256 = node(0x30, oid('06082a8648ce3d040302'))
  const name = node(0x30, node(0x31, node(0x30, oid('0603550403'), text(0x0c, names[0] ?? ''))))
  const alternatives = node(
    0x30,
    ...names.map((each) => text(0x82, each)),
    node(0x87, Buffer.from([127, 0, 0, 1])),
  )
  const signed = node(
    0x30,
    node(0xa0, node(0x02, Buffer.from([2]))),
    node(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaSha256,
    name,
    node(0x30, time(from), time(to)),
    name,
    pair.publicKey.export({ type: 'spki', format: 'der' }),
    node(0xa3, node(0x30, node(0x30, oid('0603551d11'), node(0x04, alternatives)))),
  )
  const signature = sign('sha256', signed, pair.privateKey)
  return node(0x30, signed, ecdsaSha256, node(0x03, Buffer.from([0]), signature))
}

function node(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const { length } = body
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}

function oid(hex: string): Buffer {
  return Buffer.from(hex, 'hex')
}

function text(tag: number, words: string): Buffer {
  return node(tag, Buffer.from(words))
}

function time(at: Date): Buffer {
  return text(0x18, `${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`)
}
