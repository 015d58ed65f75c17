/** The public API, as anybody can call it. */
import { setTimeout as pause } from 'node:timers/promises'

export type TownApi = {
  url: string
  operatorKey: string
  /** @throws CallRefused with the refusal's name and sentence. */
  call(token: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown>
}

export class CallRefused extends Error {
  readonly fault: string

  constructor(path: string, fault: string, why: string) {
    super(`${path}: ${fault} ${why}`)
    this.name = 'CallRefused'
    this.fault = fault
  }
}

const triesMax = 120
const tryAgainMs = 500

/** `url` without a path, e.g. http://127.0.0.1:8080. A GET's body becomes its query. */
export function townApi(url: string, operatorKey: string): TownApi {
  return {
    ...{ url, operatorKey },
    async call(token, method, path, body = {}) {
      const query = method === 'GET' ? queryOf(body) : ''
      const wish = {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
      }
      for (let tries = 1; ; tries++) {
        const answer = await fetch(`${url}${path}${query}`, wish)
        const said: unknown = await answer.json()
        if (answer.ok) return said
        if (answer.status !== 429 || tries === triesMax) throw refusalOf(path, said)
        await pause(tryAgainMs)
      }
    },
  }
}

function queryOf(body: unknown): string {
  const query = new URLSearchParams(body as Record<string, string>).toString()
  return query && `?${query}`
}

function refusalOf(path: string, said: unknown): CallRefused {
  const {
    fault = 'unreadable',
    field = '',
    sentence,
  } = (said ?? {}) as {
    fault?: string
    field?: string
    sentence?: { en?: string }
  }
  return new CallRefused(path, fault, [field, sentence?.en].filter(Boolean).join(' · '))
}
