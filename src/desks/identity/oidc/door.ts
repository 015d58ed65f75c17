import type { FastifyInstance, FastifyRequest } from 'fastify'
import { browserOf, shownBy } from '../../../platform/browser.ts'
import { isFromOurPage, type Doorway } from '../../../platform/http.ts'
import { isPurpose, pageOf, pathAfter } from './decide.ts'
import { beginAtOrganisation, endAtOrganisation, type Going, type Organisations } from './flow.ts'

/** An office comes from one address, all at half past eight. */
const limited = {
  schema: { hide: true },
  config: { rateLimit: { max: 240, timeWindow: 60_000 } },
} as const

/**
 * Two plain addresses of the page: to the organisation's own sign-in, and back from it. They work
 * without script. Whatever happens, the browser is sent on to a page of ours or to the provider. It
 * begins by a press on a page of ours; who comes there otherwise is shown the page with its button.
 * (A form would not do: `form-action` holds for where it is sent on to, in some browsers.)
 */
export function openOrganisationDoor(
  app: FastifyInstance,
  doorway: Doorway,
  organisations: Organisations,
): void {
  const on = (going: Going) => {
    if ('to' in going) return going.to
    organisations.given.log.say('identity.organisation-refused', { outcome: going.said })
    return `/sign-in/said/${going.said}`
  }
  app.get('/sign-in/organisation', limited, async (request, reply) => {
    const { for: said, to } = request.query as Record<string, unknown>
    const purpose = isPurpose(said) ? said : ('sign-in' as const)
    if (!isFromOurPage(request, doorway.publicUrl)) return reply.redirect(pageOf[purpose], 303)
    const { token, device } = shownBy(request, doorway)
    const asker = token ? await doorway.whoAsks(token, device) : { kind: 'nobody' as const }
    const wish = { purpose, to: pathAfter(to) }
    const browser = browserOf(request, reply, doorway)
    return reply.redirect(on(await beginAtOrganisation(organisations, asker, browser, wish)), 303)
  })
  app.get('/in/oidc', limited, async (request, reply) => {
    const browser = browserOf(request, reply, doorway)
    const going = await endAtOrganisation(organisations, browser, queryOf(request))
    return reply.redirect(on(going), 303)
  })
}

/** As it was written: a repeated name is not folded into one. */
function queryOf({ url }: FastifyRequest): URLSearchParams {
  return new URL(url, 'http://localhost').searchParams
}
