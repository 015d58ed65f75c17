import type { Endpoint, Input, Output } from '../../src/kernel/endpoint.ts'
import type { FaultKind } from '../../src/kernel/fault.ts'
import type { Language } from '../words/index.ts'

/** A refusal as it travels, and `offline`, which only the browser can know. */
export type Refusal = {
  fault: FaultKind | 'offline'
  field?: string
  /** A post in a unit, where the refusal is about what somebody else does already. */
  who?: string
  /** So long it will not be otherwise. */
  waitMs?: number
  sentence: Readonly<Record<Language, string>>
}

export type Answered<T> = { ok: true; answer: T } | { ok: false; refusal: Refusal }

/** Which of the two doors a contract has, and its path; a wrong pair does not compile. */
export type Method<E extends Endpoint> = E extends { get: string } ? 'get' : 'post'
export type PathOf<E extends Endpoint> = E extends { get: infer P extends string }
  ? P
  : E extends { post: infer P extends string }
    ? P
    : never

/**
 * Calls one endpoint of the API in the name of whoever is signed in. Never throws: no network, or
 * an answer that is not ours, is the refusal `offline`.
 * `call<typeof myTasks>('get', '/tasks/mine', {})`
 */
export async function call<E extends Endpoint>(
  method: Method<E>,
  path: PathOf<E>,
  input: Input<E>,
  /** Aborts where nobody waits for the answer any more. */
  left?: AbortSignal,
): Promise<Answered<Output<E>>> {
  return method === 'get'
    ? ask<Output<E>>(urlOf(path, input))
    : ask<Output<E>>(`/api${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
        ...(left ? { signal: left } : {}),
      })
}

/** What a GET may carry: no value in it has parts. */
type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** The address of a GET, `/api/tasks/one?task=…`: the key of its answer in the first data. */
export function urlOf(path: string, input: Query = {}): string {
  const query = new URLSearchParams(
    Object.entries(input).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    ),
  ).toString()
  return query === '' ? `/api${path}` : `/api${path}?${query}`
}

export async function ask<T>(url: string, how: RequestInit = {}): Promise<Answered<T>> {
  try {
    const response = await fetch(url, {
      ...how,
      headers: { accept: 'application/json', ...how.headers },
    })
    const body: unknown = await response.json()
    return answered<T>(body, response.ok)
  } catch {
    return { ok: false, refusal: how.method === 'POST' ? uncertain : offline }
  }
}

/** What lies in a page's first data or in a body: an answer, or a refusal. */
export function answered<T>(body: unknown, isOk = true): Answered<T> {
  if (isRefusal(body)) return { ok: false, refusal: body }
  return isOk ? { ok: true, answer: body as T } : { ok: false, refusal: offline }
}

const offline: Refusal = {
  fault: 'offline',
  sentence: {
    'zh-CN': '没有连上。有网时请再试一次。',
    en: 'No connection. Please try again when you are online.',
  },
}

/** The answer is lost, the act perhaps not. Trying again is safe: one says the state one saw. */
const uncertain: Refusal = {
  fault: 'offline',
  sentence: {
    'zh-CN': '没有连上，不知道办成了没有。有网时请先看最新情况，再试一次。',
    en: 'No connection: whether it was done is not known. Look again when you are online.',
  },
}

function isRefusal(body: unknown): body is Refusal {
  return typeof body === 'object' && body !== null && 'fault' in body && 'sentence' in body
}
