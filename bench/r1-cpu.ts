import { Child } from './load/child.ts'
import { readFileSync, readdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Opened } from './register/program.ts'
const folder = mkdtempSync('/tmp/r1-cpu-')
const child = new Child(join(import.meta.dirname, 'register/program.ts'))
const cpu = (pid: number) => { const s = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return (Number(s[11]) + Number(s[12])) * 10 }
const io = () => { let t = 0; const pm = Number(readFileSync(join(folder,'data/postgres/postmaster.pid'),'utf8').split('\n')[0]); for (const d of readdirSync('/proc')) { if (!/^\d+$/.test(d)) continue; try { const s = readFileSync(`/proc/${d}/stat`, 'utf8').split(') ')[1]!.split(' '); if (Number(s[1]) === pm || Number(d) === pm) t += (Number(s[11]) + Number(s[12])) * 10 } catch {} } return t }
try {
const made = await child.ask<Opened>('open', { folder, size: { committees: 60, homes: 16000, residents: 20000 }, sessions: 2000 })
console.log('generated', made.seconds)
const { default: _, ...x } = await import('./register.ts') as any
const call = async (token: string, method: string, path: string, body?: unknown) => { const a = await fetch(`${made.url}/api${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) }); const s: any = await a.json(); if (a.status !== 200) throw new Error(JSON.stringify(s)); return s }
const op = 'o'.repeat(43)
const street = made.district.committees[0]!.slice(0, 9)
await call(op, 'POST', '/duties/streets', { street, officer: '官', phone: '021-5550-0100' })
const { token } = await call(op, 'POST', '/identity/tokens', { name: '官' })
const { request } = await call(token, 'POST', '/privacy/requests', { reason: 'on-the-phone' })
for (const words of ['王伟', 'wangw', 'wm', '26号501', '没有', '0123', 'nothing']) {
  for (let i = 0; i < 20; i++) await call(token, 'POST', '/people/search', { words, request })
  const [c0, d0, t0] = [cpu(child.pid), io(), performance.now()]
  let hits = 0
  const lat: number[] = []
  for (let i = 0; i < 60; i++) { const t = performance.now(); hits = (await call(token, 'POST', '/people/search', { words, request })).hits.length; lat.push(performance.now() - t) }
  lat.sort((a, b) => a - b)
  console.log(words, hits, 'node cpu', ((cpu(child.pid) - c0) / 60).toFixed(1), 'pg cpu', ((io() - d0) / 60).toFixed(1), 'wall', ((performance.now() - t0) / 60).toFixed(1), 'min', lat[0]!.toFixed(1), 'p50', lat[30]!.toFixed(1))
}
} finally { await child[Symbol.asyncDispose](); rmSync(folder, { recursive: true, force: true }) }
