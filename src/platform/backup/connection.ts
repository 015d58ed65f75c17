import { Client } from 'pg'

export type Connection = Client & AsyncDisposable

/** How rows are worded must not depend on a server's settings, or no two copies compare. */
const wording = `
  set client_encoding = 'UTF8'; set timezone = 'UTC'; set datestyle = 'ISO, YMD';
  set intervalstyle = 'iso_8601'; set extra_float_digits = 3; set bytea_output = 'hex';
  set row_security = off; set synchronize_seqscans = off;
  set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set lock_timeout = '60s'`

/** One connection of the owner, closed with `await using`. */
export async function connect(url: string): Promise<Connection> {
  const client = new Client({ connectionString: url })
  // A server that stops while we work also fails the query we wait for; that one is thrown.
  client.on('error', () => undefined)
  await client.connect()
  await client.query(wording)
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}

export function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

/** The same server and owner, another database. */
export function atDatabase(url: string, database: string): string {
  const made = new URL(url)
  made.pathname = `/${encodeURIComponent(database)}`
  return made.href
}

/** `schema.table` as SQL. */
export function quoted(name: string): string {
  return name
    .split('.')
    .map((word) => `"${word.replaceAll('"', '""')}"`)
    .join('.')
}
