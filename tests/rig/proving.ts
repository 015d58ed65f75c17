/**
 * Accounts that prove which person of a home they are. Every name here asks by HTTP, as a browser
 * or a worker's program does.
 */
import type { Jar } from './jar.ts'
import { openTelephones, type Telephones } from './telephones.ts'

export type Proving = Awaited<ReturnType<typeof openProving>>

export async function openProving() {
  const it: Telephones = await openTelephones()
  const { town } = it
  const { a } = town
  let numbers = 0
  const newPhone = () => `137${String(30_000_000 + numbers++)}`
  const account = (jar?: Jar) => it.signIn(newPhone(), jar)
  /** A token of today, whatever the clock has done. */
  const { signIn, browser, ask, use, codeOf } = it
  const workerDoes = async (method: 'GET' | 'POST', path: string, body?: object, name?: string) =>
    town.call(await town.tokenOf(name ?? a.worker.name), method, path, body)
  return {
    ...{ town, a, account, workerDoes, signIn, browser, ask, use, codeOf },
    passes: (ms: number) => town.clock.set({ at: town.clock.now() + ms }),
    /** So that no test lives on what another counted. Standings and claims go, too. */
    async empties(): Promise<void> {
      for (const table of ['attempt', 'standing', 'claim', 'vouching', 'letter']) {
        await town.owner(`delete from identity.${table}`)
      }
    },
    async letterTo(home: string): Promise<{ letter: string; code: string }> {
      const made = await workerDoes('POST', '/api/identity/letters', { homes: [home] })
      if (made.status !== 200) throw new Error(JSON.stringify(made))
      return made.body.letters[0]
    },
    byLetter: (jar: Jar, code: string, name: string) =>
      jar.post('/api/identity/home/letter', { code, name }),
    claims: async () => (await workerDoes('GET', '/api/identity/claims')).body.claims,
    oneClaim: (claim: string, name?: string) =>
      workerDoes('GET', `/api/identity/claims/one?claim=${claim}`, undefined, name),
    /** What went to telephones besides codes. */
    told: () =>
      it.provider.asked.map(({ body }) => body).filter(({ says }) => says === 'home-decided'),
    decide: (claim: string, verdict: string, person?: string, name?: string) =>
      workerDoes(
        'POST',
        '/api/identity/claims/decide',
        {
          ...{ claim, verdict, because: verdict === 'refused' ? 'not-shown' : 'saw-id-card' },
          ...(person ? { person } : {}),
        },
        name,
      ),
    level: async (jar: Jar) => (await jar.get('/api/identity/home')).body.level,
    async moveIn(name: string, home: string = a.homes[0]!, more: object = {}): Promise<string> {
      const token = await town.tokenOf(a.officer.name)
      const person = { name, home, bornOn: '1980-01-01', phone: null, livesAlone: false, ...more }
      return (await town.ask(token, 'POST', '/api/people', person)).person
    },
    moveOut: (person: string) =>
      town.owner('update people.residence set to_at = now() where person = $1', [person]),
    [Symbol.asyncDispose]: () => it[Symbol.asyncDispose](),
  }
}
