import { isIP, isIPv6 } from 'node:net'
import { resolve } from 'node:path'
import type { Organisation } from './desks/identity/index.ts'
import { connectionsPerAddressUsual } from './platform/crowding.ts'
import { isAllowed } from './platform/outward.ts'
import { StartRefusal } from './platform/start-refusal.ts'
import { readOrganisation } from './organisation.ts'
import { readWays, type WaysConfig } from './ways.ts'

/** Everything the environment may say, read once. Ports: 0 takes a free one. */
export type Config = Readonly<{
  httpPort: number
  mqttPort: number
  /** Used only with a certificate. */
  mqttsPort: number
  bindAddress: string
  /** Machines that end TLS in front of us, by address; they are believed for whom they ask. */
  tlsProxies: readonly string[]
  dataDir: string
  town: 'demo' | 'empty'
  /** Of the demo: the whole street, or one neighbourhood of it that opens in some seconds. */
  isWholeTown: boolean
  /** PEM files; null: no TLS of our own. */
  tls: Readonly<{ certFile: string; keyFile: string }> | null
  /** An http(s) origin without a path or a slash at its end: what links begin with. */
  publicUrl: string | null
  /** An outside PostgreSQL; null: our own. Holds a password. */
  databaseUrl: string | null
  /** An outside MQTT broker; null: our own. May hold a password. */
  mqttUrl: string | null
  /** What one address may hold open by HTTP. */
  connectionsPerAddressMax: number
  ways: WaysConfig
  /** Whom staff sign in with; null: by passkey alone. Holds a secret. */
  organisation: Organisation | null
  /** Who sees the heads of the book elsewhere; null: nobody. */
  witnessUrl: string | null
}>

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const tls = tlsFiles(env)
  const url = publicUrl(given(env, 'LILONG_PUBLIC_URL'), tls !== null)
  const bind = given(env, 'LILONG_BIND') ?? '127.0.0.1'
  const tlsProxies = proxies(given(env, 'LILONG_TLS_PROXY'))
  if (tls === null && !isThisMachine(bind)) refusePlain(tlsProxies, url)
  return Object.freeze({
    httpPort: port(env, 'LILONG_HTTP_PORT', 8080),
    mqttPort: port(env, 'LILONG_MQTT_PORT', 1883),
    mqttsPort: port(env, 'LILONG_MQTTS_PORT', 8883),
    bindAddress: bind,
    tlsProxies,
    dataDir: resolve(env['LILONG_DATA_DIR'] ?? '.lilong/data'),
    ...town(env['LILONG_TOWN'] ?? 'demo'),
    tls,
    publicUrl: url,
    databaseUrl: databaseUrl(given(env, 'LILONG_DATABASE_URL')),
    mqttUrl: brokerUrl(given(env, 'LILONG_MQTT_URL')),
    connectionsPerAddressMax: connections(given(env, 'LILONG_CONNECTIONS_PER_ADDRESS')),
    ways: readWays(env),
    organisation: readOrganisation(env),
    witnessUrl: witnessUrl(given(env, 'LILONG_WITNESS_URL')),
  })
}

function given(env: NodeJS.ProcessEnv, name: string): string | null {
  return env[name]?.trim() || null
}

function port(env: NodeJS.ProcessEnv, name: string, usual: number): number {
  const given = env[name]
  if (given === undefined || given === '') return usual
  if (/^[0-9]{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given)
  throw new StartRefusal({
    zh: `${name}=${given} 不是端口号，请写 0 到 65535 的整数。`,
    en: `${name}=${given} is not a port. Write a whole number from 0 to 65535.`,
  })
}

function connections(given: string | null): number {
  if (given === null) return connectionsPerAddressUsual
  if (/^[0-9]{1,6}$/.test(given) && Number(given) > 0) return Number(given)
  throw new StartRefusal({
    zh: `LILONG_CONNECTIONS_PER_ADDRESS=${given} 不是个数，请写 1 到 999999 的整数。`,
    en: `LILONG_CONNECTIONS_PER_ADDRESS=${given} is no count. Write a whole number from 1 to 999999.`,
  })
}

function town(given: string): Pick<Config, 'town' | 'isWholeTown'> {
  if (given === 'demo' || given === 'empty') return { town: given, isWholeTown: given === 'demo' }
  if (given === 'small') return { town: 'demo', isWholeTown: false }
  throw new StartRefusal({
    zh: `LILONG_TOWN=${given} 不认识，请写 demo、small 或 empty。`,
    en: `LILONG_TOWN=${given} is unknown. Write demo, small or empty.`,
  })
}

function tlsFiles(env: NodeJS.ProcessEnv): Config['tls'] {
  const cert = given(env, 'LILONG_TLS_CERT')
  const key = given(env, 'LILONG_TLS_KEY')
  if (cert && key) return Object.freeze({ certFile: resolve(cert), keyFile: resolve(key) })
  if (!cert && !key) return null
  const missing = cert ? 'LILONG_TLS_KEY' : 'LILONG_TLS_CERT'
  throw new StartRefusal({
    zh: `证书和私钥要一起给：还缺 ${missing}。`,
    en: `A certificate and its key go together: ${missing} is missing.`,
  })
}

function publicUrl(given: string | null, hasTls: boolean): string | null {
  if (given === null) return null
  const url = URL.canParse(given) ? new URL(given) : null
  if (!url || !['http:', 'https:'].includes(url.protocol) || !isOrigin(url)) {
    // What was given may hold a password; it is not repeated.
    throw new StartRefusal({
      zh: 'LILONG_PUBLIC_URL 不是网站地址。请写成 https://里弄的域名 这样，后面不带路径。',
      en: 'LILONG_PUBLIC_URL is no address of a site. Write it like https://lilong.example, without a path.',
    })
  }
  if (url.protocol === 'http:' && hasTls) {
    throw new StartRefusal({
      zh: 'LILONG_PUBLIC_URL 是 http://，但给了证书，这个端口说的是 HTTPS。请写 https://。',
      en: 'LILONG_PUBLIC_URL says http://, but with a certificate the port speaks HTTPS. Write https://.',
    })
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new StartRefusal({
      zh: 'LILONG_PUBLIC_URL 要用 https://；只有本机地址（127.0.0.1、localhost）可以用 http://。',
      en: 'LILONG_PUBLIC_URL must be https://; only an address of this machine (127.0.0.1, localhost) may be http://.',
    })
  }
  return url.origin
}

function isOrigin(url: URL): boolean {
  return (
    url.hostname !== '' &&
    url.pathname === '/' &&
    [url.search, url.hash, url.username, url.password].every((part) => part === '')
  )
}

function isLoopback(host: string): boolean {
  return /^(127(\.\d+){3}|\[::1\]|(.+\.)?localhost)$/.test(host)
}

function isThisMachine(bind: string): boolean {
  return isLoopback(isIPv6(bind) ? `[${bind}]` : bind)
}

function proxies(given: string | null): readonly string[] {
  const named = (given ?? '').split(/[ ,]+/).filter((each) => each !== '')
  if (named.every((each) => isIP(each) !== 0)) return Object.freeze(named)
  throw new StartRefusal({
    zh: 'LILONG_TLS_PROXY 要写代理机器的 IP 地址，例如 10.0.0.5；有几台就用逗号隔开。',
    en: 'LILONG_TLS_PROXY takes the IP address of the proxy, such as 10.0.0.5; several with commas between.',
  })
}

/** People's names and codes would travel for everybody on the wire to read. */
function refusePlain(tlsProxies: readonly string[], publicUrl: string | null): void {
  if (tlsProxies.length > 0 && publicUrl?.startsWith('https:')) return
  if (tlsProxies.length > 0) {
    throw new StartRefusal({
      zh: '写了 LILONG_TLS_PROXY，还要写 LILONG_PUBLIC_URL：代理对外的 https:// 地址。',
      en: 'LILONG_TLS_PROXY needs LILONG_PUBLIC_URL too: the https:// address at which the proxy is seen.',
    })
  }
  throw new StartRefusal({
    zh: 'LILONG_BIND 不是本机地址，又没有证书，里弄的内容会明文走在网上。请给 LILONG_TLS_CERT 和 LILONG_TLS_KEY；如果 TLS 由另一台机器上的代理管，请写 LILONG_TLS_PROXY=代理的地址。',
    en: 'LILONG_BIND is beyond this machine and there is no certificate: all would travel in plain. Give LILONG_TLS_CERT and LILONG_TLS_KEY; or, where a proxy on another machine ends TLS, LILONG_TLS_PROXY with its address.',
  })
}

/** An empty host is this machine, which `URL` cannot say beside a user name. */
function databaseUrl(given: string | null): string | null {
  if (given === null) return null
  const text = given.replace(/^(postgres(?:ql)?:\/\/(?:[^/@]*@)?)(?=[/?])/, '$1localhost')
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && /^postgres(ql)?:$/.test(url.protocol) && /^\/[^/]+$/.test(url.pathname))
    return url.href
  throw new StartRefusal({
    zh: 'LILONG_DATABASE_URL 不是数据库地址。请写成 postgres://用户:密码@主机:5432/数据库 这样；密码里的特殊字符要写成 %40 这样的形式。',
    en: 'LILONG_DATABASE_URL is no address of a database. Write it like postgres://user:password@host:5432/database; write special letters of the password like %40.',
  })
}

function witnessUrl(given: string | null): string | null {
  if (given === null || isAllowed(given, 'chosen')) return given
  throw new StartRefusal({
    zh: 'LILONG_WITNESS_URL 不是外部见证的地址。请写成 https://见证的域名/ 这样；只有本机地址可以用 http://。',
    en: 'LILONG_WITNESS_URL is no address of a witness. Write it like https://witness.example/; only an address of this machine may be http://.',
  })
}

function brokerUrl(given: string | null): string | null {
  if (given === null) return null
  const url = URL.canParse(given) ? new URL(given) : null
  if (url && /^mqtts?:$/.test(url.protocol) && url.hostname !== '') return given
  throw new StartRefusal({
    zh: 'LILONG_MQTT_URL 不是 MQTT 服务器的地址。请写成 mqtts://用户:密码@主机:8883 这样。',
    en: 'LILONG_MQTT_URL is no address of an MQTT broker. Write it like mqtts://user:password@host:8883.',
  })
}
