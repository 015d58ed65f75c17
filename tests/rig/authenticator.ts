import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const hash = (text: string | Buffer) => createHash('sha256').update(text).digest()
const coded = (value: string | Buffer) => Buffer.from(value).toString('base64url')

/** What a wicked browser or authenticator may say otherwise. */
export type Lies = {
  origin?: string
  rpId?: string
  type?: string
  challenge?: string
  crossOrigin?: boolean
  isVerified?: boolean
  isPresent?: boolean
  counter?: number
  key?: KeyObject
  userHandle?: string
}

export type SoftKey = {
  id: string
  key: KeyObject
  counter: number
  create(options: Asked, lies?: Lies): Record<string, unknown>
  get(options: Asked, lies?: Lies): Record<string, unknown>
}

type Asked = { challenge: string; rp?: { id: string }; rpId?: string; user?: { id: string } }

/** An ES256 authenticator of our own, which also says what no real one would. */
export function softKey(origin: string): SoftKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(20)
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const cose = new Map<number, number | Uint8Array>([
    ...([
      [1, 2],
      [3, -7],
      [-1, 1],
    ] as [number, number][]),
    ...([[-2, new Uint8Array(Buffer.from(x, 'base64url'))]] as [number, Uint8Array][]),
    ...([[-3, new Uint8Array(Buffer.from(y, 'base64url'))]] as [number, Uint8Array][]),
  ])
  const clientData = (type: string, { challenge }: Asked, lies: Lies) =>
    JSON.stringify({
      ...{ type: lies.type ?? type, challenge: lies.challenge ?? challenge },
      ...{ origin: lies.origin ?? origin, crossOrigin: lies.crossOrigin ?? false },
    })
  const authData = (rpId: string, counter: number, lies: Lies, attested?: Buffer) => {
    const flags =
      ((lies.isPresent ?? true) ? 1 : 0) | ((lies.isVerified ?? true) ? 4 : 0) | (attested ? 64 : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([
      ...[hash(lies.rpId ?? rpId), Buffer.from([flags]), count],
      ...(attested ? [attested] : []),
    ])
  }
  const made: SoftKey = {
    ...{ id: coded(id), key: privateKey, counter: 1 },
    create(options, lies = {}) {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, id, isoCBOR.encode(cose)])
      const data = authData(options.rp!.id, lies.counter ?? made.counter, lies, attested)
      const object = new Map<string, unknown>([
        ...([
          ['fmt', 'none'],
          ['attStmt', new Map()],
        ] as [string, unknown][]),
        ['authData', new Uint8Array(data)],
      ])
      return {
        ...{ id: made.id, transports: ['internal'] },
        clientDataJSON: coded(clientData('webauthn.create', options, lies)),
        attestationObject: coded(Buffer.from(isoCBOR.encode(object as never))),
      }
    },
    get(options, lies = {}) {
      const counter = lies.counter ?? ++made.counter
      const data = authData(options.rpId!, counter, lies)
      const said = clientData('webauthn.get', options, lies)
      const signed = Buffer.concat([data, hash(said)])
      return {
        ...{ id: made.id, clientDataJSON: coded(said), authenticatorData: coded(data) },
        signature: coded(sign('sha256', signed, lies.key ?? made.key)),
        ...(lies.userHandle === undefined ? {} : { userHandle: lies.userHandle }),
      }
    },
  }
  return made
}
