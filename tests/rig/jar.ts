import type { Answer } from './program.ts'

/** A browser without a page: it keeps the cookies that it is given, and sends them back. */
export type Jar = {
  cookies: Map<string, string>
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** As it comes: redirects are not followed. */
  send(method: string, path: string, more?: RequestInit): Promise<Response>
}

export function openJar(url: () => string, userAgent = 'Mozilla/5.0 (iPhone)'): Jar {
  const cookies = new Map<string, string>()
  const send: Jar['send'] = async (method, path, more = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(`${url()}${path}`, {
      ...{ ...more, method, redirect: 'manual' },
      headers: { 'user-agent': userAgent, cookie, ...(more.headers as object) },
    })
    for (const line of answer.headers.getSetCookie()) keep(cookies, line)
    return answer
  }
  const ask = async (method: string, path: string, body: unknown, headers: object) => {
    const isEmpty = body === undefined
    const answer = await send(method, path, {
      ...(isEmpty ? {} : { body: JSON.stringify(body) }),
      headers: { ...(isEmpty ? {} : { 'content-type': 'application/json' }), ...headers },
    })
    return { status: answer.status, body: await answer.json() }
  }
  return {
    ...{ cookies, send },
    get: (path, headers = {}) => ask('GET', path, undefined, headers),
    post: (path, body = {}, headers = {}) => ask('POST', path, body, headers),
  }
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';')
  const [name = '', value = ''] = pair.split('=')
  if (value === '' || /max-age=0/i.test(line)) cookies.delete(name)
  else cookies.set(name, value)
}
