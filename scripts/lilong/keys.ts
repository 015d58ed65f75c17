import { setTimeout as pause } from 'node:timers/promises'
import { call, type Command } from './calling.ts'

const said = {
  settled: '没有进行中的更换 · No rotation is at work',
  sealing: '正在用新密钥重新封存 · Sealing anew with the new key',
  waiting: '已全部重新封存，十分钟后去掉旧密钥 · All sealed anew; the old key goes in ten minutes',
} as const
type State = keyof typeof said

/** A key file that was copied before a rotation opens nothing of what is sealed after it. */
const copyAnew =
  '请现在就把 keys.json 另存一份，与备份分开放；旧的副本只配旧的备份。\n' +
  'Copy keys.json now, and keep it apart from the backups; an older copy fits older backups alone.'

/** What is kept as a hash alone cannot be made anew. */
const whatEnds =
  '旧密钥去掉时，以前印的住户信和代办码随之作废：哪几户要重印，登记册的“住址确认”页会列出；当天的次数限制从头算起。\n' +
  'When the old key goes, letters and codes to act for another that were made before end: the page ' +
  '“Proof of home” lists which homes need another letter. Limits of the day begin anew.'

export const keyCommands: Record<string, Command> = {
  'keys rotate': async () => {
    const { hasBegun } = await call<{ hasBegun: boolean }>('POST', '/api/people/keys', {})
    // What is there already is followed, so that nobody begins twice.
    await pause(1_000)
    const { state } = await call<{ state: State }>('GET', '/api/people/keys')
    const first = hasBegun
      ? '已换上新密钥 · New keys are in use'
      : '上一次更换还没有完 · An earlier rotation is still at work'
    return { answer: { hasBegun, state }, lines: [first, said[state], whatEnds, copyAnew] }
  },
  'keys status': async () => {
    const { state } = await call<{ state: State }>('GET', '/api/people/keys')
    return { answer: { state }, lines: [said[state]] }
  },
}

export const keyHelp = `  keys rotate                       换上新的封存密钥，照常工作
                                    new keys for what is sealed, while people work
  keys status                       更换进行到哪一步 · how far a rotation is`
