import { createHash, generateKeyPairSync, sign } from 'node:crypto'

/**
 * A certificate for `localhost` and 127.0.0.1 that signs itself (X.509 v3, P-256), valid from 2020
 * to 2049. As PEM.
 */
export function selfSigned(): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const ecdsaSha256 = tlv(0x30, Buffer.from('06082a8648ce3d040302', 'hex'))
  const name = tlv(0x30, tlv(0x31, tlv(0x30, hex('0603550403'), tlv(0x0c, 'localhost'))))
  const alternatives = tlv(0x30, tlv(0x82, 'localhost'), tlv(0x87, Buffer.from([127, 0, 0, 1])))
  const extensions = tlv(
    0x30,
    tlv(0x30, hex('0603551d11'), tlv(0x04, alternatives)),
    tlv(0x30, hex('0603551d13'), hex('0101ff'), tlv(0x04, tlv(0x30, hex('0101ff')))),
  )
  const serial = createHash('sha256').update(spki).digest().subarray(0, 8)
  serial[0] = 1
  const body = tlv(
    0x30,
    ...[tlv(0xa0, hex('020102')), tlv(0x02, serial), ecdsaSha256, name],
    tlv(0x30, tlv(0x17, '200101000000Z'), tlv(0x17, '491231235959Z')),
    ...[name, spki, tlv(0xa3, extensions)],
  )
  const signature = tlv(0x03, Buffer.from([0]), sign('sha256', body, privateKey))
  const der = tlv(0x30, body, ecdsaSha256, signature)
  const lines = der
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex')
}

/** DER: tag, length, value. */
function tlv(tag: number, ...values: (Buffer | string)[]): Buffer {
  const value = Buffer.concat(values.map((one) => Buffer.from(one as string)))
  const { length } = value
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), value])
}
