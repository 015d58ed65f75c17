import { X509Certificate, createPrivateKey } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { createSecureContext } from 'node:tls'
import { dayMs, minuteMs, type Clock, type Instant } from '../kernel/clock.ts'
import { StartRefusal, type Sentence } from './start-refusal.ts'

/** A certificate chain and its key, as PEM text that was checked. */
export type TlsPair = Readonly<{ cert: string; key: string }>

export type TlsFiles = Readonly<{ certFile: string; keyFile: string }>

/** The pair in use, kept up to date with its files. */
export type Tls = {
  pair(): TlsPair
  /** Called with each renewed pair that was found good. */
  onRenewed(take: (pair: TlsPair) => void): void
  close(): void
}

type Watching = {
  /** The machine's clock: certificates know no other. */
  real: Clock
  say: (sentence: Sentence) => void
  /** The host that links name, to be told where the certificate does not. */
  host: string | null
  lookEveryMs?: number
}

const warnBeforeMs = 14 * dayMs

/**
 * Reads and checks the pair, then looks every minute whether the files changed. A renewed pair is
 * taken; one that is not good is said once, and the old one stays in use.
 * @throws StartRefusal where the pair cannot be used now.
 */
export function openTls(files: TlsFiles, watching: Watching): Tls {
  const { real, say } = watching
  let pair = readPair(files, real.now())
  let seen = marksOf(files)
  let isSettled = true
  let isEndSaid = false
  let takers: ((pair: TlsPair) => void)[] = []
  const warn = () => {
    const end = endOf(pair)
    if (!isEndSaid && end - real.now() < warnBeforeMs) {
      isEndSaid = true
      say(endsSoon(files.certFile, end))
    }
  }
  const look = () => {
    const marks = marksOf(files)
    const isChanged = marks !== seen
    seen = marks
    warn()
    if (isChanged) isSettled = false
    // The two files are written one after the other: they have until the next look.
    if (isSettled || isChanged) return
    isSettled = true
    const renewed = tryPair(files, real.now())
    if (renewed instanceof StartRefusal) return say(notTaken(renewed.sentence))
    if (renewed.cert === pair.cert && renewed.key === pair.key) return
    pair = renewed
    isEndSaid = false
    for (const take of takers) take(pair)
    say(taken(endOf(pair)))
    warn()
  }
  warn()
  sayForeignHost(pair, watching)
  const timer = setInterval(look, watching.lookEveryMs ?? minuteMs).unref()
  return {
    pair: () => pair,
    onRenewed: (take) => void (takers = [...takers, take]),
    close: () => clearInterval(timer),
  }
}

/** @throws StartRefusal with the one thing that is wrong with the pair. */
export function readPair({ certFile, keyFile }: TlsFiles, now: Instant): TlsPair {
  const cert = read(certFile, 'LILONG_TLS_CERT')
  const key = read(keyFile, 'LILONG_TLS_KEY')
  if ((statSync(keyFile).mode & 0o004) !== 0) throw new StartRefusal(readByAll(keyFile))
  const certificate = parsed(certFile, () => new X509Certificate(cert), notCertificate)
  const privateKey = parsed(keyFile, () => createPrivateKey(key), notKey)
  if (!certificate.checkPrivateKey(privateKey)) throw new StartRefusal(notPair(certFile, keyFile))
  if (Date.parse(certificate.validTo) <= now)
    throw new StartRefusal(hasEnded(certFile, certificate))
  if (Date.parse(certificate.validFrom) > now) {
    throw new StartRefusal(notBegun(certFile, certificate))
  }
  parsed(certFile, () => createSecureContext({ cert, key, minVersion: 'TLSv1.2' }), notUsable)
  return { cert, key }
}

function tryPair(files: TlsFiles, now: Instant): TlsPair | StartRefusal {
  try {
    return readPair(files, now)
  } catch (why) {
    if (why instanceof StartRefusal) return why
    return new StartRefusal(notUsable(files.certFile))
  }
}

function read(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? ''
    throw new StartRefusal(unreadable(name, path, code), { cause })
  }
}

function parsed<T>(path: string, parse: () => T, sentence: (path: string) => Sentence): T {
  try {
    return parse()
  } catch (cause) {
    throw new StartRefusal(sentence(path), { cause })
  }
}

/** What changes when a file is written or replaced; also where it has gone. */
function marksOf({ certFile, keyFile }: TlsFiles): string {
  return [certFile, keyFile]
    .map((path) => {
      const found = statSync(path, { throwIfNoEntry: false })
      return found ? `${found.ino} ${found.mtimeMs} ${found.size} ${found.mode}` : 'gone'
    })
    .join()
}

function endOf(pair: TlsPair): Instant {
  return Date.parse(new X509Certificate(pair.cert).validTo)
}

function sayForeignHost({ cert }: TlsPair, { host, say }: Watching): void {
  if (host === null) return
  const bare = host.replace(/^\[|\]$/g, '')
  const certificate = new X509Certificate(cert)
  if (isIP(bare) ? certificate.checkIP(bare) : certificate.checkHost(bare)) return
  say({
    zh: `证书里没有 ${bare} 这个名字，浏览器会警告。请换一张证书，或改 LILONG_PUBLIC_URL。`,
    en: `The certificate does not name ${bare}, so browsers will warn. Take another one, or change LILONG_PUBLIC_URL.`,
  })
}

const day = (at: Instant) => new Date(at).toISOString().slice(0, 10)

const endsSoon = (path: string, end: Instant): Sentence => ({
  zh: `证书 ${path} 到 ${day(end)} 为止，请在那之前续期；新文件会自动使用，不用重启。`,
  en: `The certificate ${path} ends on ${day(end)}. Renew it before; the new file is taken without a restart.`,
})

const taken = (end: Instant): Sentence => ({
  zh: `已换用新的证书，有效期到 ${day(end)}。`,
  en: `The renewed certificate is in use; it is good until ${day(end)}.`,
})

const notTaken = ({ zh, en }: Sentence): Sentence => ({
  zh: `新的证书没有换上，仍用原来的：${zh}`,
  en: `The renewed certificate was not taken, the old one stays: ${en}`,
})

const unreadable = (name: string, path: string, code: string): Sentence => ({
  zh: `读不了 ${name} 指的文件 ${path}（${code}）。请检查路径和权限。`,
  en: `The file ${path} that ${name} names cannot be read (${code}). Check its path and its rights.`,
})

const readByAll = (path: string): Sentence => ({
  zh: `私钥 ${path} 谁都能读。请先运行 chmod 600 ${path}；如果别人可能已经读过，请换一把新的。`,
  en: `Everybody on this machine can read the key ${path}. Run chmod 600 ${path} first; if somebody may have read it, make a new one.`,
})

const notCertificate = (path: string): Sentence => ({
  zh: `${path} 不是 PEM 格式的证书。`,
  en: `${path} is no certificate in PEM form.`,
})

const notKey = (path: string): Sentence => ({
  zh: `${path} 不是 PEM 格式的私钥，或者带有口令。请用没有口令的私钥。`,
  en: `${path} is no private key in PEM form, or it has a passphrase. Use a key without one.`,
})

const notPair = (cert: string, key: string): Sentence => ({
  zh: `证书 ${cert} 和私钥 ${key} 不是一对。`,
  en: `The certificate ${cert} and the key ${key} do not belong together.`,
})

const hasEnded = (path: string, { validTo }: X509Certificate): Sentence => ({
  zh: `证书 ${path} 已在 ${day(Date.parse(validTo))} 过期。请续期后再启动。`,
  en: `The certificate ${path} ended on ${day(Date.parse(validTo))}. Renew it, then start again.`,
})

const notBegun = (path: string, { validFrom }: X509Certificate): Sentence => ({
  zh: `证书 ${path} 从 ${day(Date.parse(validFrom))} 起才有效。请检查这台机器的时间。`,
  en: `The certificate ${path} is good only from ${day(Date.parse(validFrom))} on. Check this machine's clock.`,
})

const notUsable = (path: string): Sentence => ({
  zh: `证书 ${path} 或它的私钥不能用于 TLS（可能太弱或不完整）。`,
  en: `The certificate ${path} or its key cannot be used for TLS (it may be too weak or incomplete).`,
})
