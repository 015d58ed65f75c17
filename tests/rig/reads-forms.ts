/**
 * What leaves in answer to a plain form: each pressed by everybody who can stand before it in a
 * browser of their own, with what is theirs, and the page that one is led to next.
 */
import type { forms } from '../../src/forms.ts'
import { answers } from '../../src/watch/care/index.ts'
import { browserOf, newAccount, newGrant, newPerson, standsAs } from './callers.ts'
import type { Caller } from './contracts.ts'
import { openJar, type Jar } from './jar.ts'
import { addressesOf, atOf, linkOf, type At, type Walked } from './reads-pages.ts'
import { checked, noReads, othersOf, selfOf, textIn, type Booked, type Known } from './reads.ts'
import { steppedUp } from './visitor.ts'
import type { World } from './world.ts'

type Said = Readonly<Record<string, string>>
type Pressed = (at: At) => Said | Promise<Said>

const nothing: Pressed = () => ({})

/** In the order in which they are pressed: what ends a sign-in comes last. */
const own: Readonly<Record<keyof typeof forms, Pressed>> = {
  '/sign-in/code': () => ({ phone: '13800000000' }),
  '/sign-in/code/use': () => ({ phone: '13800000000', code: '123456' }),
  '/step-up/code': () => ({ to: 'keys', sent: '1' }),
  '/step-up/code/use': () => ({ to: 'keys', sent: '1', code: '123456' }),
  '/begin': ({ own: of }) => ({
    ...{ place: of('street').slice(0, 6), street: '310104012', name: '新长官' },
    phone: '021-5550-0200',
  }),
  '/begin/committee': ({ own: of }) => ({
    ...{ place: of('street'), committee: '310104011004', phone: '021-5550-0201' },
  }),
  '/invite': ({ town }) => ({ post: town.a.posts.deputy }),
  '/care/looks/why': ({ own: of }) => ({ look: of('look') }),
  '/care/looks/who': ({ own: of }) => ({ look: of('look') }),
  '/my-data/correct': () => ({ part: 'person', says: '名字写错了' }),
  '/my-data/copy': nothing,
  '/my-data/erase': () => ({ part: 'person' }),
  '/my-data/withdraw': ({ own: of }) => ({ request: of('own-request') }),
  '/me/keys/name': async ({ ask }) => {
    const { passkeys = [] } = await ask('/api/identity/passkeys')
    return { id: passkeys[0]?.id ?? 'A', name: 'phone' }
  },
  '/me/keys/remove': () => ({ id: 'A' }),
  '/me/keys/unlink': nothing,
  '/me/keys/end': async ({ ask, own: of }) => {
    const { devices = [] } = await ask('/api/identity/devices')
    const other = devices.find(({ isThis }: { isThis: boolean }) => !isThis)
    return { session: other?.session ?? of('session') }
  },
  '/me/keys/end-others': nothing,
  '/me/act-for-none': nothing,
  '/my-data/account': nothing,
}

/**
 * Refused to everybody here: a code goes to a telephone alone and signs in whom it belongs to, a
 * town begins once, and contacts answer in walkUnasked.
 */
export const shutForms = [
  ...['/sign-in/code/use', '/step-up/code', '/step-up/code/use', '/begin'],
  ...answers.map((said) => `/answer/:/${said}`),
].map((at) => `POST ${at}`)

/** A contact’s answer is given for real by walkUnasked: here a link that opens nothing. */
const answer = (said: string) => `/answer/:/${said}`
const links = ['/in/:', ...answers.map(answer), '/sign-out']

/** What is pressed, as the table of the program writes it. */
export const presses: readonly string[] = [...Object.keys(own), ...links].map((at) => `POST ${at}`)

/** Browsers of an officer, a worker, a resident, an owner who lives elsewhere, and a helper. */
export async function openBrowsers({ town }: World): Promise<Caller[]> {
  const { a } = town
  const { street } = a
  const staff = async (role: string, name: string): Promise<Caller> => {
    const { cookies } = await steppedUp(town, name)
    const cookie = [...cookies].map(([key, value]) => `${key}=${value}`).join('; ')
    return { ...inBrowser(role), cookie }
  }
  const person = async (role: string, who: string): Promise<Caller> => {
    const account = await newAccount(town)
    await standsAs(town, account, { street, person: who })
    // Signed in on another telephone as well.
    await browserOf(town, account, { street })
    return { ...inBrowser(role), cookie: await browserOf(town, account, { street }) }
  }
  const acting = await newAccount(town)
  const grant = await newGrant(town, a, acting, '外甥')
  const owner = await newPerson(a, '房东在外地', null)
  const part = { part: 1, whole: 1, isRegistered: true, source: 'register' }
  const owners = [{ kind: 'person', person: owner, firm: null, ...part }]
  const owned = { home: a.homes[3], on: '2026-07-01', owners }
  await town.ask(a.officer.token, 'POST', '/api/people/ownership', owned)
  return [
    await staff('officer in a browser', a.officer.name),
    await staff('worker in a browser', a.worker.name),
    await person('resident in a browser', a.elder.person),
    await person('owner in a browser', owner),
    {
      ...{ ...inBrowser('helper in a browser'), isActing: true },
      cookie: await browserOf(town, acting, { grant }),
    },
  ]
}

const inBrowser = (role: string): Omit<Caller, 'cookie'> => ({ role, token: '', holds: ['anyone'] })

/** Every form of the running program, in every browser, and where it leads. */
export async function walkForms(
  world: World,
  book: Booked,
  known: readonly Known[],
  browsers: readonly Caller[],
): Promise<Walked> {
  const walked: Walked = { ...noReads(), shut: [] }
  const { town } = world
  const inTable = new Set(addressesOf(town.program.app))
  const visitors = await Promise.all(
    browsers.map(async (caller) => {
      return { caller, self: await selfOf(world, caller), jar: jarOf(world, caller) }
    }),
  )
  for (const form of presses.filter((each) => inTable.has(each))) {
    let isOpen = false
    for (const { caller, self, jar } of visitors) {
      await town.owner('delete from identity.attempt')
      const pressed = await pressOf(world, caller, form.slice('POST '.length))
      if (!pressed) continue
      const { path, said } = pressed
      const given = JSON.stringify(said)
      const read = { what: form, by: caller.role, self }
      const found = await checked(book, othersOf(form, known, given), read, async () => {
        const { text, isTaken } = await press(jar, path, said)
        isOpen ||= isTaken
        return text
      })
      walked.checked++
      walked.told += found.told
      walked.unbooked.push(...found.unbooked)
    }
    if (!isOpen) walked.shut.push(form)
  }
  return walked
}

/**
 * A link is opened by whom it names: they stay who they are. Nobody’s account ends whom others ask
 * about.
 */
async function pressOf(world: World, caller: Caller, form: string) {
  if (form === '/my-data/account' && !caller.role.startsWith('owner')) return undefined
  const said = (await (own as Readonly<Record<string, Pressed>>)[form]?.(atOf(world, caller))) ?? {}
  if (form !== '/in/:') return { path: form.replace(':', 'a'.repeat(43)), said }
  const { officer, worker, elder } = world.town.a
  const names = new Map([
    ['officer in a browser', officer.name],
    ['worker in a browser', worker.name],
    ['resident in a browser', elder.name],
  ])
  const name = names.get(caller.role)
  return name === undefined ? undefined : { path: await linkOf(world.town, name), said }
}

/** The answer, and the page that it leads to. */
async function press(
  jar: Jar,
  path: string,
  said: Said,
): Promise<{ text: string; isTaken: boolean }> {
  const body = new URLSearchParams(said).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
  let answer = await jar.send('POST', path, { body, headers })
  if (answer.status === 429) throw new Error('the walk is limited: it proves nothing')
  const isTaken = answer.status < 400
  let text = await textOf(answer)
  for (let hops = 0; hops < 3 && answer.headers.has('location'); hops++) {
    answer = await jar.send('GET', answer.headers.get('location') ?? '/')
    text += await textOf(answer)
  }
  return { text, isTaken }
}

async function textOf(answer: Response): Promise<string> {
  const bytes = Buffer.from(await answer.arrayBuffer())
  return `${[...answer.headers].join('\n')}\n${textIn(bytes)}`
}

function jarOf({ town }: World, { cookie = '' }: Caller): Jar {
  const jar = openJar(() => `http://localhost:${town.program.httpPort}`)
  for (const pair of cookie.split('; ').filter(Boolean)) {
    const [name = '', value = ''] = pair.split('=')
    jar.cookies.set(name, value)
  }
  return jar
}
