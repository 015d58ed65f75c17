import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { join } from 'node:path'

export type Ports = { http: number; mqtt: number }

/** The program under trial: started, killed, started again on the same folder and ports. */
export class Victim implements AsyncDisposable {
  readonly httpUrl: string
  databaseUrl = ''
  restartMs: number[] = []
  private child: ChildProcess | undefined
  private readonly dataDir: string
  private readonly ports: Ports
  private readonly key: string

  constructor(dataDir: string, ports: Ports, key: string) {
    this.dataDir = dataDir
    this.ports = ports
    this.key = key
    this.httpUrl = `http://127.0.0.1:${ports.http}`
  }

  /** Resolves when the program answers. `aheadMs`: how far its clock is from ours. */
  async start(aheadMs: number): Promise<void> {
    const began = performance.now()
    const script = join(import.meta.dirname, 'child.ts')
    const { http, mqtt } = this.ports
    const words = ['--data', this.dataDir, '--http', `${http}`, '--mqtt', `${mqtt}`]
    const more = [`--ahead=${Math.round(aheadMs)}`, '--key', this.key]
    const child = spawn(process.execPath, [script, ...words, ...more], {
      stdio: ['ignore', 'pipe', process.env['FAULTS_LOG'] ? 'inherit' : 'ignore'],
    })
    this.child = child
    this.databaseUrl = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        resolve((JSON.parse(line) as { up: string }).up)
      })
      child.once('exit', (code) => reject(new Error(`the program ended at start: ${code}`)))
    })
    this.restartMs.push(performance.now() - began)
  }

  /** `kill -9`, with nothing said before: the program, or the database under it. */
  async kill(what: 'program' | 'database'): Promise<void> {
    const { child } = this
    if (!child) return
    const ended = new Promise((done) => child.once('exit', done))
    if (what === 'program') child.kill('SIGKILL')
    else process.kill(this.databasePid(), 'SIGKILL')
    await ended
  }

  private databasePid(): number {
    const file = join(this.dataDir, 'postgres/postmaster.pid')
    return Number(readFileSync(file, 'utf8').split('\n')[0])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await ended
  }
}
