/** How a command speaks to the running town: over HTTP, with the operator's key. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { faults, type FaultKind } from '../../src/kernel/fault.ts'

export type Running = { httpUrl: string; mqttUrl: string; operatorKeyFile: string }
export type Options = Record<string, string | boolean | string[] | undefined>
/** What a command answers: JSON for programs, lines for people. */
export type Said = {
  answer: unknown
  lines: string[]
  /** How the command ends; nothing: well. */
  status?: number
}
export type Command = (options: Options, words: string[]) => Promise<Said>

export class Refused extends Error {}

export function running(): Running {
  const dataDir = resolve(process.env['LILONG_DATA_DIR'] ?? '.lilong/data')
  try {
    return JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) as Running
  } catch {
    throw new Refused('里弄没有在运行，请先 npm start · Lilong is not running: npm start first')
  }
}

export async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const { httpUrl, operatorKeyFile } = running()
  const key = readFileSync(operatorKeyFile, 'utf8').trim()
  const answer = await fetch(`${httpUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Refused('里弄没有应答，请先 npm start · Lilong does not answer: npm start first')
  })
  const said: unknown = await answer.json()
  if (answer.ok) return said as T
  const { fault, field } = said as { fault: FaultKind; field?: string }
  const { 'zh-CN': zh, en } = faults[fault] ?? faults.bug
  throw new Refused(`${zh} · ${en}${field ? ` (${field})` : ''}`)
}

/** Every field on a line of its own. */
export function listed(answer: Record<string, unknown>): Said {
  return {
    answer,
    lines: Object.entries(answer).map(([name, value]) => `${name}: ${String(value)}`),
  }
}
