/** `npm run simulator -- …`: lives the example town's days and plants things to be found. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CallRefused } from './call.ts'
import { simulate, type SimulatorWish } from './live.ts'
import { plants, type Plant } from './plant.ts'
import { findTown, NoTown } from './running.ts'
import { sayer } from './say.ts'
import { whoWorks, type WhoWorks } from './workers.ts'

const help = `里弄 · Lilong

npm run simulator -- [--speed N] [--plant WHAT] [--workers WHO] [--hours H]

  --speed N      示例街道的时间走多快，1 到 3600（默认 60）· how fast the town's time goes
  --plant WHAT   silent-elder 一位老人没有动静 · an elder falls silent
                 away         一位老人外出 · an elder is away
                 dead-gateway 一个网关停了 · a gateway dies
                 late-batch   一个网关断网三小时后补报 · a gateway is cut off, then tells all
                 flapping     一个门磁不停开合 · a door contact flaps
                 low-battery  一个烟感快没电了 · a smoke detector's battery is low
                 tampered     一个人体感应被打开 · a motion sensor is opened
                 wrong-clock  一个地面传感器时钟不准 · a ground sensor's clock is wrong
                 gas          一户厨房有燃气 · gas in a kitchen
                 forced-door  一扇单元门被强开 · a door is forced
                 overcrowded  一户住得太多，两周后看得出 · a crowded flat, seen after two weeks
                 silent-worker 一名社工什么都不回应 · a worker answers nothing
                 heat         四天高温 · four days of heat
                 typhoon      两天台风 · two days of a typhoon
                 （天气都是模拟的 · all weather is made up）
                 可以写几次 · may be given several times
  --workers WHO  all 所有岗位都有人做事（默认）· everybody in a post works
                 elsewhere 十二村和值班长除外 · but 十二村 and the duty officers
                 nobody 没有人 · nobody
  --heal         收回埋下的情况 · takes back what was planted
  --hours H      过了这么多（街道里的）小时就结束 · ends after so many hours of the town
  --json         每行一个 JSON · one JSON object a line
  --quiet        不说话 · says nothing
  --keep         不抢别人的，没人管时接着过 · never takes the town from another, goes on after it

要先运行 npm start · npm start must be running. LILONG_DATA_DIR 与启动时相同 · as at start.`

const speedMax = 3_600
const hoursMax = 10_000

async function main(): Promise<number> {
  const asked = readOptions()
  if ('said' in asked) {
    console.log(asked.said)
    return asked.code
  }
  const ending = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => ending.abort())
  }
  try {
    const town = findTown(resolve(process.env['LILONG_DATA_DIR'] ?? '.lilong/data'))
    const say = sayer(asked.form, (line) => console.log(line))
    await simulate(town, asked.wish, say, ending.signal)
    return 0
  } catch (why) {
    // While the town closes, its calls fail; who was asked to end has nothing to complain of.
    if (ending.signal.aborted) return 0
    if (!(why instanceof NoTown || why instanceof CallRefused)) throw why
    if (!asked.wish.keeps) console.error(why.message)
    return 1
  }
}

type Asked =
  | { wish: SimulatorWish; form: 'lines' | 'json' | 'nothing' }
  | { said: string; code: number }

function readOptions(): Asked {
  try {
    const { values } = parseArgs({
      options: {
        speed: { type: 'string', default: '60' },
        plant: { type: 'string', multiple: true, default: [] },
        hours: { type: 'string' },
        workers: { type: 'string', default: 'all' },
        heal: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        quiet: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return { said: help, code: 0 }
    const wish = {
      speed: number('--speed', values.speed, 1, speedMax),
      plants: values.plant.map(plantNamed),
      heals: values.heal,
      hours: values.hours === undefined ? Infinity : number('--hours', values.hours, 0, hoursMax),
      keeps: values.keep,
      workers: workersNamed(values.workers),
    }
    return { wish, form: values.quiet ? 'nothing' : values.json ? 'json' : 'lines' }
  } catch (why) {
    return { said: `${(why as Error).message}\n\n${help}`, code: 2 }
  }
}

function number(name: string, given: string, least: number, most: number): number {
  const read = Number(given)
  if (given !== '' && read >= least && read <= most) return read
  throw new Error(
    `${name} ${given}: 请写 ${least} 到 ${most} 的数 · write a number from ${least} to ${most}`,
  )
}

function plantNamed(given: string): Plant {
  const known = plants.find((one) => one === given)
  if (known) return known
  throw new Error(`--plant ${given}: ${plants.join(', ')}`)
}

function workersNamed(given: string): WhoWorks {
  const known = whoWorks.find((one) => one === given)
  if (known) return known
  throw new Error(`--workers ${given}: ${whoWorks.join(', ')}`)
}

process.exitCode = await main()
