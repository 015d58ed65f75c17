import { DatabaseError } from 'pg'
import { StartRefusal, type Sentence } from './start-refusal.ts'

type Place = { host: string; user: string; database: string }

/** Where the database is, for a sentence: never with its password. */
export function placeOf(url: string): Place {
  const { hostname, port, username, pathname, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? `${hostname}:${port || '5432'}`
  const plain = (text: string) => decodeURIComponent(text)
  return { host, user: plain(username) || '?', database: plain(pathname.slice(1)) }
}

/** Why the database that was named cannot be entered; errors of another kind as they are. */
export function outsideRefusal(url: string, cause: unknown): unknown {
  if (cause instanceof StartRefusal || !(cause instanceof Error)) return cause
  const sentence = sentenceFor(cause, placeOf(url))
  return sentence ? new StartRefusal(sentence, { cause }) : cause
}

function sentenceFor(
  error: Error & { code?: string; syscall?: string; path?: string },
  place: Place,
): Sentence | undefined {
  const { code = '', message } = error
  if (error instanceof DatabaseError) return bySqlState(code, place)
  if (/SSL|TLS|CERT|SIGNATURE|certificate/.test(`${code} ${message}`)) {
    return noTls(place, code || message)
  }
  if (code === 'ENOENT' && error.syscall === 'open') return noTls(place, `ENOENT ${error.path}`)
  if (/password must be a (non-empty )?string|client password/i.test(message)) {
    return wrongPassword(place)
  }
  if (['ENOTFOUND', 'EAI_AGAIN'].includes(code)) return unknownHost(place)
  const isAway = /^E(CONN|HOST|NET|TIMED|NOENT|ACCES|PIPE)/.test(code)
  if (isAway || /timeout|Connection terminated/.test(message)) return noAnswer(place)
  return undefined
}

function bySqlState(code: string, place: Place): Sentence | undefined {
  if (code.startsWith('28')) return wrongPassword(place)
  if (code === '3D000') return missing(place)
  if (code === '42501') return mayNotEnter(place)
  if (code.startsWith('53') && code !== '53100') return tooMany(place)
  if (code === '57P03') return noAnswer(place)
  return undefined
}

const noAnswer = ({ host }: Place): Sentence => ({
  zh: `数据库 ${host} 没有应答。请检查它是否在运行、地址和防火墙是否正确（LILONG_DATABASE_URL）。`,
  en: `The database at ${host} does not answer. Check that it runs, its address and the firewall (LILONG_DATABASE_URL).`,
})

const unknownHost = ({ host }: Place): Sentence => ({
  zh: `找不到 ${host} 这台主机。请检查 LILONG_DATABASE_URL 里的主机名。`,
  en: `There is no host ${host}. Check the host in LILONG_DATABASE_URL.`,
})

const wrongPassword = ({ host, user }: Place): Sentence => ({
  zh: `数据库 ${host} 不让用户 ${user} 登录：用户名或密码不对，或 pg_hba.conf 不允许。`,
  en: `The database at ${host} does not let ${user} in: the name or password is wrong, or pg_hba.conf forbids it.`,
})

const missing = ({ host, user, database }: Place): Sentence => ({
  zh: `${host} 上没有名为 ${database} 的数据库。请先建立：CREATE DATABASE ${database} OWNER ${user} ENCODING 'UTF8';`,
  en: `There is no database ${database} at ${host}. Make it first: CREATE DATABASE ${database} OWNER ${user} ENCODING 'UTF8';`,
})

const mayNotEnter = ({ user, database }: Place): Sentence => ({
  zh: `用户 ${user} 不能进入数据库 ${database}。请让管理员执行：GRANT CONNECT, CREATE ON DATABASE ${database} TO ${user};`,
  en: `${user} may not enter the database ${database}. Have its administrator run: GRANT CONNECT, CREATE ON DATABASE ${database} TO ${user};`,
})

const tooMany = ({ host }: Place): Sentence => ({
  zh: `数据库 ${host} 没有空闲的连接了。里弄最多用 25 个，请调高 max_connections。`,
  en: `The database at ${host} has no connection left. Lilong uses up to 25: raise max_connections.`,
})

const noTls = ({ host }: Place, why: string): Sentence => ({
  zh: `和数据库 ${host} 的 TLS 连接没有建立（${why}）。请检查 LILONG_DATABASE_URL 里的 sslmode 和 sslrootcert。`,
  en: `No TLS with the database at ${host} (${why}). Check sslmode and sslrootcert in LILONG_DATABASE_URL.`,
})

export const tooOld = (version: string): Sentence => ({
  zh: `数据库是 PostgreSQL ${version}，里弄需要 15 或更新的版本。`,
  en: `The database is PostgreSQL ${version}; Lilong needs 15 or newer.`,
})

export const wrongEncoding = (database: string, encoding: string): Sentence => ({
  zh: `数据库 ${database} 的编码是 ${encoding}，存不了所有姓名。请建一个 UTF8 的：CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0;`,
  en: `The database ${database} is encoded in ${encoding}, which cannot hold every name. Make one in UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0;`,
})

export const onlyToRead = ({ host }: Place): Sentence => ({
  zh: `数据库 ${host} 只能读（备库或只读模式）。请写主库的地址。`,
  en: `The database at ${host} can only be read (a standby, or read-only). Give the address of the primary.`,
})

export const mayNotMake = ({ user, database }: Place): Sentence => ({
  zh: `用户 ${user} 不能在数据库 ${database} 里建表或建角色。请让管理员执行：GRANT CREATE ON DATABASE ${database} TO ${user}; ALTER ROLE ${user} CREATEROLE;`,
  en: `${user} may not make schemas or roles in the database ${database}. Have its administrator run: GRANT CREATE ON DATABASE ${database} TO ${user}; ALTER ROLE ${user} CREATEROLE;`,
})

export const notOurs = ({ database, user }: Place, schema: string): Sentence => ({
  zh: `数据库 ${database} 里已有别的东西（${schema}），里弄不会动它。请给里弄一个空的数据库：CREATE DATABASE lilong OWNER ${user} ENCODING 'UTF8';`,
  en: `The database ${database} holds something else (${schema}), and Lilong leaves it alone. Give Lilong an empty one: CREATE DATABASE lilong OWNER ${user} ENCODING 'UTF8';`,
})

export const anothers = ({ database, user }: Place, owner: string): Sentence => ({
  zh: `数据库 ${database} 里的里弄属于用户 ${owner}，不是 ${user}。请用 ${owner} 登录。`,
  en: `The Lilong in the database ${database} belongs to ${owner}, not to ${user}. Sign in as ${owner}.`,
})

export const inUse = ({ database }: Place): Sentence => ({
  zh: `另一个里弄正在使用数据库 ${database}。请先停止它，或另给一个数据库。`,
  en: `Another Lilong is using the database ${database}. Stop it first, or give this one another database.`,
})
