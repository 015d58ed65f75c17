import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Client, DatabaseError } from 'pg'
import { keptSecret, readSecret } from './kept-secret.ts'
import { StartRefusal } from './start-refusal.ts'

/**
 * Role of the requests: owns nothing, so that row level security binds it. Migrations call it so;
 * on a server that others share it has the database's name behind it (`appRoleFor`).
 */
export const appRole = 'lilong_app'

/**
 * Roles belong to a whole server. Two installations there have two databases, and so two roles:
 * neither knows the other's password, and neither has a right in the other's database.
 */
export function appRoleFor(database: string): string {
  const isPlain = /^[a-z0-9_]{1,40}$/.test(database)
  const digest = createHash('sha256').update(database).digest('hex').slice(0, 16)
  return `${appRole}_${isPlain ? database : digest}`
}

/**
 * The role that this database's tables were granted to, whatever the database is called today; the
 * one that `fresh` names where there are no tables yet.
 */
export async function grantedRole(client: Client, fresh = appRole): Promise<string> {
  const { rows } = await client.query<{ role: string }>(`
    select r.rolname as role
    from pg_namespace n, aclexplode(n.nspacl) a join pg_roles r on r.oid = a.grantee
    where n.nspname = 'platform' and a.privilege_type = 'USAGE' and a.grantee <> n.nspowner
      and r.rolname ~ '^${appRole}(_[a-z0-9_]+)?$'
    order by 1 limit 1`)
  return rows[0]?.role ?? fresh
}

/** Migrations grant to the role, so it must be there; without a password nobody can use it yet. */
export async function roleExists(client: Client, role: string): Promise<void> {
  // Two databases of one server may be migrated at once, so the name may come in between.
  await withRight(role, () =>
    client.query(`
      do $$ begin
        if not exists (select from pg_roles where rolname = '${role}') then
          create role ${role} nologin;
        end if;
      exception when duplicate_object or unique_violation then null;
      end $$`),
  )
}

/**
 * Make the role that requests run as, and answer its connection. The random password is kept in a
 * 0600 file in `secretsDir`; the server is given only its SCRAM verifier, so no log can hold it.
 * @throws StartRefusal where the owner may not, or the server does not let the role in.
 */
export async function ensureRoles(
  ownerUrl: string,
  secretsDir: string,
  fresh = appRole,
): Promise<{ appUrl: string }> {
  const path = join(secretsDir, 'app.secret')
  const isKept = readSecret(path) !== undefined
  const role = await withClient(ownerUrl, (client) => grantedRole(client, fresh))
  const url = new URL(ownerUrl)
  url.username = role
  url.password = keptSecret(path)
  const appUrl = url.href
  if (isKept && (await canConnect(appUrl))) return { appUrl }
  await withClient(ownerUrl, (client) => giveLogin(client, role, url.password))
  if (!(await canConnect(appUrl))) throw new StartRefusal(notLetIn(role))
  return { appUrl }
}

type Rights = { is_mighty: boolean } | undefined

/**
 * An owner who is no superuser may create and alter roles, but not name the rights that only a
 * superuser may give: they are looked at instead. PostgreSQL 16 lets it alter those it made.
 */
async function giveLogin(client: Client, role: string, password: string): Promise<void> {
  await client.query(`select pg_advisory_lock(hashtext('platform.role'))`)
  const found = await client.query(
    `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as is_mighty
     from pg_roles where rolname = $1`,
    [role],
  )
  const rights = found.rows[0] as Rights
  if (rights?.is_mighty) throw new StartRefusal(tooMighty(role))
  const verb = rights ? 'alter' : 'create'
  const statement = `${verb} role ${role} login password '${scramVerifier(password)}'`
  await withRight(role, () => client.query(statement))
}

async function withRight<T>(role: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof DatabaseError) || cause.code !== '42501') throw cause
    throw new StartRefusal(mayNot(role), { cause })
  }
}

/** RFC 5803, as PostgreSQL stores it. The password is base64url, so SASLprep leaves it alone. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16)
  const rounds = 4096
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  const keyed = (words: string) => createHmac('sha256', salted).update(words).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  const server = keyed('Server Key').toString('base64')
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${server}`
}

async function canConnect(url: string): Promise<boolean> {
  try {
    await withClient(url, async () => undefined)
    return true
  } catch (why) {
    // 28P01, 28000: the role is missing, its password is another one, or the server lets it not in.
    if (why instanceof DatabaseError && why.code?.startsWith('28')) return false
    throw why
  }
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  // A server that stops while we work also fails the query we wait for; that one is thrown.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const mayNot = (role: string) => ({
  zh: `数据库用户不能建立或更改角色 ${role}。请让管理员执行：ALTER ROLE 该用户 CREATEROLE；角色已存在时再执行 GRANT ${role} TO 该用户 WITH ADMIN OPTION。`,
  en: `The database user may not create or change the role ${role}. Have its administrator run ALTER ROLE user CREATEROLE and, where the role exists already, GRANT ${role} TO user WITH ADMIN OPTION.`,
})

const tooMighty = (role: string) => ({
  zh: `角色 ${role} 的权限太大（超级用户、绕过行级安全或能建角色），隔离各街道的墙对它无效。请收回这些权限。`,
  en: `The role ${role} has rights (superuser, past row-level security, or making roles) that go through the wall between streets. Take them away.`,
})

const notLetIn = (role: string) => ({
  zh: `数据库不让角色 ${role} 用密码登录。请在 pg_hba.conf 里为它加一行 scram-sha-256。`,
  en: `The database does not let the role ${role} sign in with its password. Give it a line with scram-sha-256 in pg_hba.conf.`,
})
