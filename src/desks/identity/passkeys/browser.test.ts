import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { openBrowser } from '../../../../tests/rig/browser.ts'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { invited } from '../../../../tests/rig/visitor.ts'

let town: Streets
let chromium: Browser
let origin = ''

beforeAll(async () => {
  town = await openStreets()
  chromium = await openBrowser()
  origin = `http://localhost:${town.program.httpPort}`
})
afterAll(async () => {
  await chromium.close()
  await town[Symbol.asyncDispose]()
})

type Person = { context: BrowserContext; page: Page; wire: CDPSession; authenticator: string }

/** A page of ours in a browser with an authenticator; whoever was invited is signed in. */
async function person(name: string | null, at = origin): Promise<Person> {
  const context = await chromium.newContext()
  if (name !== null) {
    const { cookies } = await invited(town, name)
    await context.addCookies(
      [...cookies].map(([key, value]) => ({ name: key, value, url: at, httpOnly: true })),
    )
  }
  const page = await context.newPage()
  await page.goto(`${at}/health`)
  const wire = await context.newCDPSession(page)
  await wire.send('WebAuthn.enable')
  const { authenticatorId } = await wire.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  return { context, page, wire, authenticator: authenticatorId }
}

type Answer = { status: number; body: any }

/** Asks for the options, lets the browser make or use a passkey, and sends what it says. */
function ceremony(page: Page, kind: 'add' | 'sign-in' | 'step-up'): Promise<Answer> {
  return page.evaluate(async (which) => {
    const ask = async (path: string, body: object) => {
      const answer = await fetch(`/api/identity/passkeys${path}`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
        body: JSON.stringify(body),
      })
      return { status: answer.status, body: await answer.json() }
    }
    const begun = await ask(which === 'add' ? '/begin' : `/${which}/begin`, {})
    if (begun.status !== 200) return begun
    const keys = PublicKeyCredential as any
    const made =
      which === 'add'
        ? await navigator.credentials.create({
            publicKey: keys.parseCreationOptionsFromJSON(begun.body),
          })
        : await navigator.credentials.get({
            publicKey: keys.parseRequestOptionsFromJSON(begun.body),
          })
    const { id, response } = (made as any).toJSON()
    const { clientDataJSON, attestationObject, transports } = response
    const { authenticatorData, signature, userHandle } = response
    return which === 'add'
      ? ask('/add', { id, clientDataJSON, attestationObject, transports })
      : ask(`/${which}`, { id, clientDataJSON, authenticatorData, signature, userHandle })
  }, kind)
}

const me = (page: Page): Promise<Answer> =>
  page.evaluate(async () => {
    const answer = await fetch('/api/identity/me')
    return { status: answer.status, body: await answer.json() }
  })

/** The passkey goes along to another browser, as a telephone carries it. */
async function carry(from: Person, to: Person, signCount?: number): Promise<void> {
  const { credentials } = await from.wire.send('WebAuthn.getCredentials', {
    authenticatorId: from.authenticator,
  })
  const [credential] = credentials
  await to.wire.send('WebAuthn.addCredential', {
    authenticatorId: to.authenticator,
    credential: { ...credential!, ...(signCount === undefined ? {} : { signCount }) },
  })
}

test('a real browser makes a passkey, signs in with it elsewhere, and shows it again', async () => {
  const worker = await person(town.a.worker.name)
  expect(await ceremony(worker.page, 'add')).toMatchObject({ status: 200 })
  const { credentials } = await worker.wire.send('WebAuthn.getCredentials', {
    authenticatorId: worker.authenticator,
  })
  expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: 'localhost' }])
  // What the maker of the telephone keeps names nobody.
  expect(JSON.stringify(credentials)).not.toContain(town.a.worker.name)

  const other = await person(null)
  await carry(worker, other)
  expect((await me(other.page)).status).toBe(401)
  expect((await ceremony(other.page, 'sign-in')).status).toBe(200)
  expect((await me(other.page)).body.name).toBe(town.a.worker.name)
  expect((await ceremony(other.page, 'step-up')).status).toBe(200)

  // A copy that was made before it was used: its counter is behind.
  const copy = await person(null)
  await carry(worker, copy, 1)
  expect((await ceremony(copy.page, 'sign-in')).body.fault).toBe('passkey-blocked')
  expect((await ceremony(other.page, 'sign-in')).body.fault).toBe('passkey-blocked')
  for (const each of [worker, other, copy]) await each.context.close()
})

test('a real browser has no passkey of ours for another name, nor without its owner', async () => {
  const deputy = await person(town.a.deputy.name)
  expect((await ceremony(deputy.page, 'add')).status).toBe(200)
  // A browser that cannot verify whose finger it is.
  await deputy.wire.send('WebAuthn.setUserVerified', {
    ...{ authenticatorId: deputy.authenticator, isUserVerified: false },
  })
  await expect(ceremony(deputy.page, 'sign-in')).rejects.toThrow(/NotAllowedError/)
  const bare = await person(null, `http://127.0.0.1:${town.program.httpPort}`)
  await carry(deputy, bare)
  expect((await ceremony(bare.page, 'sign-in')).body.fault).toBe('no-passkeys-here')
  for (const each of [deputy, bare]) await each.context.close()
})
