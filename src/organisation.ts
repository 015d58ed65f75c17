/** What the environment says of the organisation that staff sign in with: an OpenID provider. */
import type { Organisation } from './desks/identity/index.ts'
import { isAllowed } from './platform/outward.ts'
import { StartRefusal } from './platform/start-refusal.ts'

const names = ['LILONG_OIDC_URL', 'LILONG_OIDC_ID', 'LILONG_OIDC_SECRET'] as const

/** Null: none. `LILONG_OIDC_NAME` is what the button says; nothing: the provider's host. */
export function readOrganisation(env: NodeJS.ProcessEnv): Organisation | null {
  const said = (name: string) => env[name]?.trim() || null
  const [url, id, secret] = names.map(said)
  if (!url && !id && !secret) return null
  if (!url || !id || !secret) {
    const missing = names.filter((name) => !said(name)).join(', ')
    throw new StartRefusal({
      zh: `单位登录的三项要一起给：还缺 ${missing}。`,
      en: `The organisation's sign-in needs all three: ${missing} is missing.`,
    })
  }
  if (!isIssuer(url)) {
    // It may hold a secret; it is not repeated.
    throw new StartRefusal({
      zh: 'LILONG_OIDC_URL 不能用。请写单位登录服务的 https:// 地址，不带问号和井号。',
      en: 'LILONG_OIDC_URL cannot be used. Write the https:// address of the provider without ? and #.',
    })
  }
  const name = said('LILONG_OIDC_NAME') ?? new URL(url).hostname
  if (name.length > 40) {
    throw new StartRefusal({
      zh: 'LILONG_OIDC_NAME 太长，请写 40 个字以内的单位名称。',
      en: 'LILONG_OIDC_NAME is too long. Write a name of at most 40 characters.',
    })
  }
  return Object.freeze({ url, id, secret, name })
}

function isIssuer(url: string): boolean {
  return isAllowed(url, 'chosen') && /^https:/i.test(url) && !/[?#]/.test(url)
}
