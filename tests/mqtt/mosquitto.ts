import { execFileSync, spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'

/** Where a program of this name is installed, if it is. */
export function programNamed(name: string): string | undefined {
  for (const path of [name, `/usr/sbin/${name}`]) {
    try {
      execFileSync(path, ['--help'], { stdio: 'ignore' })
      return path
    } catch (error) {
      // A program that runs and answers its help with a status of its own is there.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return path
    }
  }
  return undefined
}

/** Opens a mosquitto on a free port of loopback; undefined where it is not installed. */
export function openMosquitto() {
  const path = programNamed('mosquitto')
  if (!path) return undefined
  return async (): Promise<AsyncDisposable & { port: number }> => {
    const port = await freePort()
    const child = spawn(path, ['-p', `${port}`], { stdio: 'ignore' })
    const ended = new Promise<void>((done) => child.once('exit', () => done()))
    while (!(await answers(port))) await new Promise((done) => setTimeout(done, 20))
    return {
      port,
      async [Symbol.asyncDispose]() {
        child.kill('SIGKILL')
        await ended
      },
    }
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
