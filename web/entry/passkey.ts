import { startAuthentication, startRegistration } from '@simplewebauthn/browser'

/**
 * Brings the passkey buttons of a page to life: asks for the options, lets the browser make or use
 * a passkey, and sends on what is judged. Whatever goes wrong, the page says so and stays.
 */
export function startPasskeys(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-passkey]')) {
    const act = part.dataset['passkey'] ?? ''
    const button = part.querySelector('button')
    const problem = part.querySelector<HTMLElement>('[data-problem]')
    part.hidden = false
    button?.addEventListener('click', () => {
      button.disabled = true
      if (problem) problem.hidden = true
      void perform(act).then(({ isDone, says }) => {
        if (isDone) return location.assign(part.dataset['then'] ?? '/')
        button.disabled = false
        const words = problem?.querySelector('span')
        if (words && says !== undefined) words.textContent = says
        if (problem) problem.hidden = false
      })
    })
  }
}

/** `says`: why it was refused; without it the page's own words stand. */
type Done = { isDone: boolean; says?: string | undefined }

async function perform(act: string): Promise<Done> {
  try {
    const isNew = act === 'add'
    const begun = await send(isNew ? '/begin' : `/${act}/begin`, {})
    if (!begun.ok) return await turnedAway(begun)
    const options: unknown = await begun.json()
    const done = await send(`/${act}`, await (isNew ? made(options as New) : used(options as Old)))
    return done.ok ? { isDone: true } : await turnedAway(done)
  } catch {
    return { isDone: false }
  }
}

/** A further passkey is made after showing once more who it is. */
async function turnedAway(answer: Response): Promise<Done> {
  const refused = (await answer.json()) as { fault?: string; sentence?: Record<string, string> }
  if (refused.fault === 'step-up-needed') location.assign('/step-up/keys')
  return { isDone: false, says: refused.sentence?.[document.documentElement.lang] }
}

type New = Parameters<typeof startRegistration>[0]['optionsJSON']
type Old = Parameters<typeof startAuthentication>[0]['optionsJSON']

async function made(optionsJSON: New) {
  const { id, response } = await startRegistration({ optionsJSON })
  const { clientDataJSON, attestationObject, transports = [] } = response
  return { id, clientDataJSON, attestationObject, transports }
}

async function used(optionsJSON: Old) {
  const { id, response } = await startAuthentication({ optionsJSON })
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  const whose = userHandle === undefined ? {} : { userHandle }
  return { id, clientDataJSON, authenticatorData, signature, ...whose }
}

function send(path: string, body: object): Promise<Response> {
  return fetch(`/api/identity/passkeys${path}`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify(body),
  })
}
