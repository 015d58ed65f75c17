/** A volunteer of the town reviews unusual looks; who names one has just shown who they are. */
import type { Input } from '../src/kernel/endpoint.ts'
import type { makeLink } from '../src/desks/identity/api.ts'
import type { nameReviewer } from '../src/ground/duties/reviewer/api.ts'
import type { TownApi } from '../simulator/call.ts'
import { caller } from './calling.ts'
import type { TownStaff } from './map.ts'
import { officer } from './street.ts'

/**
 * Answers with the name; undefined: nobody stands outside the line of command in this town, or the
 * server serves no pages, as in most tests.
 */
export async function nameReviewerOf(
  api: TownApi,
  staff: readonly TownStaff[],
): Promise<string | undefined> {
  // The first ones are shown as volunteers of their stairs.
  const chosen = staff.findLast(({ kind }) => kind === 'volunteers')
  if (!chosen) return undefined
  const asOperator = caller(api, api.operatorKey)
  const link = await asOperator<typeof makeLink>('/identity/links', { name: officer.name })
  const { origin } = new URL(api.url)
  const path = new URL(link.url).pathname
  const entered = await fetch(`${origin}${path}`, { method: 'POST', redirect: 'manual' })
  if (entered.status !== 303) return undefined
  const cookies = entered.headers.getSetCookie().map((one) => one.split(';')[0])
  const headers = { origin, cookie: cookies.join('; ') }
  const body: Input<typeof nameReviewer> = { post: chosen.post, reviews: true }
  const named = await fetch(`${origin}/api/duties/posts/reviewer`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!named.ok) throw new Error(`/duties/posts/reviewer: ${await named.text()}`)
  await fetch(`${origin}/sign-out`, { method: 'POST', redirect: 'manual', headers })
  return chosen.name
}
