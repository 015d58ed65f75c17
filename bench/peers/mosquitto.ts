import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const startWaitMs = 10_000

/** The Debian package puts it where only root's path leads. */
export function findMosquitto(): string | undefined {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return places.map((place) => join(place, 'mosquitto')).find((path) => existsSync(path))
}

/** With no limit on what waits for the subscriber: it must not drop what it has acknowledged. */
export async function openMosquitto(folder: string, port: number): Promise<AsyncDisposable> {
  const file = join(folder, 'mosquitto.conf')
  writeFileSync(
    file,
    [
      ...[`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'persistence false'],
      ...['max_inflight_messages 0', 'max_queued_messages 0', 'max_queued_bytes 0'],
      ...['set_tcp_nodelay true', 'log_type none', ''],
    ].join('\n'),
  )
  const child = begin(findMosquitto() ?? '', ['-c', file], { stdio: 'ignore' })
  await untilHeard(port)
  return { [Symbol.asyncDispose]: () => endChild(child) }
}

/** It prints one line a message; the lines are counted. */
export async function openMosquittoSub(port: number) {
  const words = ['-h', '127.0.0.1', '-p', `${port}`, '-q', '1', '-t', 'lilong/#', '-F', 'x']
  const child = begin('mosquitto_sub', words, { stdio: ['ignore', 'pipe', 'ignore'] })
  const missing = new Promise<never>((_resolve, reject) => child.once('error', reject))
  missing.catch(() => undefined)
  let bytes = 0
  child.stdout?.on('data', (chunk: Buffer) => (bytes += chunk.length))
  await Promise.race([pause(500), missing])
  return {
    taken: async () => bytes / 2,
    [Symbol.asyncDispose]: () => endChild(child),
  }
}

/** A program of somebody else: away from the terminal, and gone when we are, whatever ends us. */
export function begin(program: string, words: string[], options: SpawnOptions): ChildProcess {
  const child = spawn(program, words, { ...options, detached: true })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  return child
}

export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(late)
}

async function untilHeard(port: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < startWaitMs; waitedMs += 50) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' })
      socket.once('connect', () => (socket.destroy(), resolve(true)))
      socket.once('error', () => resolve(false))
    })
    if (isUp) return
    await pause(50)
  }
  throw new Error('mosquitto did not start')
}
