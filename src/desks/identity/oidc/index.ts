/**
 * oidc: staff sign in with their organisation. A sign-in there opens only an account that it was
 * linked to, by whoever was invited; nobody is made an account by an address or a name. Of the
 * organisation's person only issuer and opaque subject are kept, while the account has them.
 */
export type { Organisation } from './decide.ts'
export { openProvider, type Provider } from './provider.ts'
export type { Organisations } from './flow.ts'
export { openOrganisationRoutes } from './routes.ts'
