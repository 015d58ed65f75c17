/** Calls of the public API in somebody's name, by the types of its contracts. */
import type { Endpoint, Input, Output } from '../src/kernel/endpoint.ts'
import type { Instant } from '../src/kernel/clock.ts'
import type * as identity from '../src/desks/identity/api.ts'
import type * as demo from '../src/outlook/demo/api.ts'
import type { TownApi } from '../simulator/call.ts'

export type Call = <E extends Endpoint & { post: string }>(
  path: E['post'],
  input: Input<E>,
) => Promise<Output<E>>

export function caller(api: TownApi, token: string): Call {
  return async <E extends Endpoint & { post: string }>(path: E['post'], input: Input<E>) =>
    (await api.call(token, 'POST', `/api${path}`, input)) as Output<E>
}

/** Of the person of that name; the operator makes it. */
export async function tokenOf(api: TownApi, name: string): Promise<string> {
  const asOperator = caller(api, api.operatorKey)
  const { token } = await asOperator<typeof identity.makeToken>('/identity/tokens', { name })
  return token
}

export async function callerOf(api: TownApi, name: string): Promise<Call> {
  return caller(api, await tokenOf(api, name))
}

export async function statusOf(api: TownApi): Promise<Output<typeof demo.status>> {
  const said = await api.call(api.operatorKey, 'GET', '/api/demo/status')
  return said as Output<typeof demo.status>
}

/** Never backwards. */
export async function moveClock(api: TownApi, at: Instant): Promise<void> {
  const call = caller(api, api.operatorKey)
  await call<typeof demo.setClock>('/demo/clock', { at })
}

/** Calls at the same time; the server has ten connections for requests. */
const abreast = 8

/** Answers in the order of the items; the first failure is thrown. */
export async function inParallel<Item, Answer>(
  items: readonly Item[],
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  const open = items.entries()
  const worker = async () => {
    for (const [at, item] of open) answers[at] = await work(item)
  }
  await Promise.all(Array.from({ length: abreast }, worker))
  return answers
}

/** As many persons or devices as one call takes. */
const manyMax = 500

export function inLots<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / manyMax) }, (_, at) =>
    items.slice(at * manyMax, (at + 1) * manyMax),
  )
}
