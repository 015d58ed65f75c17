/**
 * For what is kept as long as a device or a connection: a view would keep everything alive that was
 * read together with it, and `Buffer.from` cuts small ones out of pieces of 64 KB that live as long
 * as any part of them.
 */
export function ownCopy(bytes: Buffer, from = 0, to = bytes.length): Buffer {
  const own = Buffer.allocUnsafeSlow(to - from)
  bytes.copy(own, 0, from, to)
  return own
}
