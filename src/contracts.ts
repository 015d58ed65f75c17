/**
 * Every contract of every room, by name: for PRIVACY.md, ACCESS.md, OpenAPI and the tests that walk
 * them all.
 */
import * as places from './ground/places/api.ts'
import * as asking from './ground/privacy/asking/api.ts'
import * as authority from './ground/privacy/authority/api.ts'
import * as chain from './ground/privacy/chain/api.ts'
import * as consents from './ground/privacy/consents/api.ts'
import * as numbers from './ground/privacy/numbers/api.ts'
import * as ownData from './ground/privacy/own-data/api.ts'
import * as purposes from './ground/privacy/purposes/api.ts'
import * as reading from './ground/privacy/reading/api.ts'
import * as reporters from './ground/privacy/reporters/api.ts'
import * as requests from './ground/privacy/requests/api.ts'
import * as reviewing from './ground/privacy/reviewing/api.ts'
import * as people from './ground/people/api.ts'
import * as changing from './ground/people/changes/api.ts'
import * as counting from './ground/people/counting/api.ts'
import * as exporting from './ground/people/exporting/api.ts'
import * as importing from './ground/people/importing/api.ts'
import * as keeping from './ground/people/keeping/api.ts'
import * as keys from './ground/people/keys/api.ts'
import * as personPage from './ground/people/person/api.ts'
import * as searching from './ground/people/searching/api.ts'
import * as duties from './ground/duties/api.ts'
import * as reviewer from './ground/duties/reviewer/api.ts'
import * as roster from './ground/duties/roster/api.ts'
import * as delivery from './desks/delivery/api.ts'
import * as identity from './desks/identity/api.ts'
import * as sessions from './desks/identity/sessions/api.ts'
import * as codes from './desks/identity/codes/api.ts'
import * as proving from './desks/identity/proving/api.ts'
import * as passkeys from './desks/identity/passkeys/api.ts'
import * as steppingUp from './desks/identity/stepping-up/api.ts'
import * as oidc from './desks/identity/oidc/api.ts'
import * as firstRun from './desks/identity/first-run/api.ts'
import * as grants from './desks/identity/grants/api.ts'
import * as passes from './desks/identity/passes/api.ts'
import * as tasks from './desks/tasks/api.ts'
import * as reporting from './desks/tasks/reporting/api.ts'
import * as devices from './watch/devices/api.ts'
import * as sensing from './watch/sensing/api.ts'
import * as scenarios from './watch/scenarios/api.ts'
import * as care from './watch/care/api.ts'
import * as demo from './outlook/demo/api.ts'
import * as overview from './outlook/overview/api.ts'
import type { Endpoint } from './kernel/endpoint.ts'

const rooms: Record<string, Record<string, unknown>> = {
  ...{
    places,
    privacy: {
      ...{ ...chain, ...consents, ...purposes, ...reading, ...asking, ...requests, ...authority },
      ...{ ...reporters, ...reviewing, ...numbers, ...ownData },
    },
    people: {
      ...importing,
      ...exporting,
      ...people,
      ...counting,
      ...keeping,
      ...searching,
      ...personPage,
      ...changing,
      ...keys,
    },
    duties: { ...duties, ...reviewer, ...roster },
    delivery,
    identity: {
      ...{ ...passkeys, ...steppingUp, ...oidc, ...firstRun },
      ...identity,
      ...sessions,
      ...codes,
      ...proving,
      ...grants,
      ...passes,
    },
    tasks: { ...tasks, ...reporting },
    devices,
  },
  ...{ sensing, scenarios, care, demo, overview },
}

export const contracts: Record<string, Record<string, Endpoint>> = Object.fromEntries(
  Object.entries(rooms).map(([room, exported]) => [
    room,
    Object.fromEntries(
      Object.entries(exported).filter((entry): entry is [string, Endpoint] => isEndpoint(entry[1])),
    ),
  ]),
)

function isEndpoint(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'who' in value && 'sees' in value
}
