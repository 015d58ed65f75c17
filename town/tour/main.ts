/** `npm run tour`: plays ten minutes of the running example town, with captions. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findTown, NoTown } from '../../simulator/running.ts'
import { conduct, openWait } from './conduct.ts'
import { openPage, seats, type Scene, type SeatName } from './page.ts'
import { openSeat, type Seat } from './seat.ts'
import { openStage } from './stage.ts'
import { story } from './story.ts'

const help = `里弄 · Lilong

npm run tour -- [--port N] [--pace N] [--then-end]

  --port N     导览页的端口，后面三个也会用到（默认 8090）· the tour’s port; the next three too
  --pace N     快 N 倍，1 到 1000（默认 1，十分钟）· N times as fast
  --then-end   放完就结束 · ends when it is over

要先运行 npm start · npm start must be running. LILONG_DATA_DIR 与启动时相同 · as at start.`

async function main(): Promise<number> {
  const asked = readOptions()
  if (typeof asked === 'string') {
    console.log(asked)
    return asked === help ? 0 : 2
  }
  const ending = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => ending.abort())
  }
  try {
    await play(asked, ending.signal)
    return 0
  } catch (why) {
    if (ending.signal.aborted) return 0
    const { code, message } = why as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') console.error(portTaken(asked.port))
    else if (why instanceof NoTown) console.error(message)
    else throw why
    return 1
  }
}

type Asked = { port: number; pace: number; thenEnds: boolean }

async function play({ port, pace, thenEnds }: Asked, ending: AbortSignal): Promise<void> {
  await using opened = new AsyncDisposableStack()
  const town = findTown(resolve(process.env['LILONG_DATA_DIR'] ?? '.lilong/data'))
  const stage = opened.use(await openStage(town))
  const at = {} as Record<SeatName, string>
  let scene: Scene | undefined
  const wait = openWait(ending, (isPaused) => {
    if (scene) page.show({ ...scene, isPaused })
  })
  const page = await openPage(
    port,
    () => Object.values(at),
    (what) => void (what === 'next' ? wait.next() : wait.pause()),
  )
  opened.defer(() => page.close())
  for (const [nth, name] of seats.entries()) {
    const own = port === 0 ? 0 : port + 1 + nth
    const seat: Seat = await openSeat(town.httpUrl, stage.tokens[name], own, () => page.url)
    opened.defer(() => seat.close())
    at[name] = seat.url
  }
  console.log(`\n请打开 · Open  ${page.url}\n`)
  const showing = {
    show: (shown: Scene) => {
      scene = shown
      page.show(shown)
    },
  }
  const say = (nth: number, zh: string, en: string) =>
    console.log(`${nth}/${story.length}  ${zh}\n       ${en}\n`)
  await conduct({ story, stage, page: showing, at, pace, say, ending }, wait)
  if (thenEnds || ending.aborted) return
  console.log('放完了，按 Ctrl-C 结束 · It is over; Ctrl-C ends it')
  await new Promise((done) => ending.addEventListener('abort', done))
}

function portTaken(port: number): string {
  return `端口 ${port} 到 ${port + 3} 有被占用的，请换一个：npm run tour -- --port ${port + 10}\nOne of the ports ${port} to ${port + 3} is taken: npm run tour -- --port ${port + 10}`
}

function readOptions(): Asked | string {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '8090' },
        pace: { type: 'string', default: '1' },
        'then-end': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return help
    const port = Number(values.port)
    const pace = Number(values.pace)
    const isRight =
      Number.isInteger(port) && port >= 0 && port <= 65_532 && pace >= 1 && pace <= 1_000
    return isRight ? { port, pace, thenEnds: values['then-end'] } : `--port --pace\n\n${help}`
  } catch (why) {
    return `${(why as Error).message}\n\n${help}`
  }
}

process.exitCode = await main()
