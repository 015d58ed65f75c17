import { digest } from '../../src/platform/secrets.ts'
import { newSecret } from '../../src/platform/ids.ts'
import { isFault } from '../../src/kernel/fault.ts'
import { enter } from '../../src/desks/identity/index.ts'
import type { Browser } from '../../src/platform/browser.ts'
import { softKey } from './authenticator.ts'
import { operatorKey, type Answer, type TestProgram } from './program.ts'

export type Visitor = {
  /** Cookies by name, as the server set them. */
  cookies: Map<string, string>
  /** Hash of the secret that it keeps from its beginning. */
  device: Buffer
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** By a link of a page of ours. Without following: where it would be sent. */
  goes(path: string, headers?: Record<string, string>): Promise<{ status: number; to: string }>
}

/** A browser as far as cookies go: keeps what it is set, and sends it back. */
export function visitor(rig: Pick<TestProgram, 'program'>, host = 'localhost'): Visitor {
  const secret = newSecret()
  const cookies = new Map([['lilong-device', secret]])
  const url = (path: string) => new URL(path, `http://${host}:${rig.program.httpPort}`)
  const ask = async (path: string, wish: RequestInit) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url(path), {
      ...{ ...wish, redirect: 'manual' },
      headers: { ...(wish.headers as Record<string, string>), ...(cookie ? { cookie } : {}) },
    })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  const spoken = async (answer: Response): Promise<Answer> => ({
    ...{ status: answer.status, body: await answer.json() },
  })
  return {
    ...{ cookies, device: digest(secret) },
    get: async (path) => spoken(await ask(path, {})),
    post: async (path, body = {}, headers = {}) =>
      spoken(
        await ask(path, {
          ...{ method: 'POST', body: JSON.stringify(body) },
          headers: { 'content-type': 'application/json', ...headers },
        }),
      ),
    goes: async (path, headers = { 'sec-fetch-site': 'same-origin' }) => {
      const answer = await ask(path, { headers })
      await answer.arrayBuffer()
      return { status: answer.status, to: answer.headers.get('location') ?? '' }
    },
  }
}

/** Opens a one-time link in this browser, as its button does. Answers where it leads. */
export async function press(
  rig: Pick<TestProgram, 'program'>,
  { device, cookies }: Visitor,
  url: string,
): Promise<string | undefined> {
  const browser: Pick<Browser, 'device' | 'userAgent'> = { device: () => device, userAgent: 'X11' }
  const secret = url.split('/in/')[1] ?? ''
  const entered = await enter(rig.program.given, secret, browser, false)
  if (isFault(entered)) throw new Error(entered.fault)
  cookies.set('lilong', entered.token)
  return entered.to
}

/** Somebody who holds a post, with an account, in a browser of their own. */
export async function invited(rig: TestProgram, name: string): Promise<Visitor> {
  const { url } = await rig.ask(operatorKey, 'POST', '/api/identity/owner-links', { name })
  const made = visitor(rig)
  await press(rig, made, url)
  return made
}

/** Somebody who holds a post, with a passkey, who has just shown that it is them. */
export async function steppedUp(rig: TestProgram, name: string): Promise<Visitor> {
  const made = await invited(rig, name)
  const key = softKey(`http://localhost:${rig.program.httpPort}`)
  const path = '/api/identity/passkeys'
  const ask = async (to: string, body: object = {}) => {
    const answer = await made.post(`${path}${to}`, body)
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    return answer.body
  }
  await ask('/add', key.create(await ask('/begin')))
  await ask('/step-up', key.get(await ask('/step-up/begin')))
  return made
}
