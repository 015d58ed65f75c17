/**
 * `npm run bench -- alarm`: a street's devices say things, every tenth is a call for help. From the
 * moment a device sends it to the moment it stands in the list of the connected worker's page,
 * which asked again because it was told. Closed as soon as it is seen. Devices, pages, program and
 * database share the cores of this machine.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { seenInBrowser } from './alarm/browser.ts'
import { print, round } from './figure.ts'
import { treeCpuUs } from './load/cpu.ts'
import { inWorkshop } from './load/workshop.ts'
import type { Desk } from './pages/desk.ts'
import type { Device } from './pages/devices.ts'
import type { Used } from './pages/program.ts'
import { sayUsual } from './pages/register.ts'
import { openScene, type Scene } from './pages/scene.ts'
import { openStreet } from './pages/street.ts'

const bench = 'alarm'
const neighbourhoods = 11
const buttons = 1_300
const others = 700
const boundMs = 1_000
const aimMs = 250
const alarmsARate = 520
const inFlightMs = 30_000
const rates = [50, 500]

type Alarming = {
  buttons: Device[]
  others: Device[]
  desks: Desk[]
  pressedAt: Map<string, number>
}

export async function benchAlarm(words: readonly string[]): Promise<void> {
  await inWorkshop(bench, async (opened, folder) => {
    const scene = await openScene(opened, folder, neighbourhoods)
    const { devices, desks, pressedAt } = await openStreet(opened, scene, { buttons, others })
    const street = {
      ...{ buttons: devices.slice(0, buttons), others: devices.slice(buttons) },
      ...{ desks, pressedAt },
    }
    await run(scene, street, 50, 40)
    for (const rate of rates) await measure(scene, street, rate)
    if (!words.includes('--without-browser')) {
      // Nobody closes anything now, so that the row stays to be seen.
      street.desks.forEach((desk) => desk.end())
      const waits = await seenInBrowser(scene, street.buttons.splice(0, 20))
      const sorted = waits.toSorted((a, b) => a - b)
      const says = 'the worker’s page in a real browser, nothing else going on; worst of all as p99'
      print({
        ...{ bench, metric: 'browser_ms', unit: 'ms', median: round(at(sorted, 0.5)) },
        ...{ p99: round(sorted.at(-1) ?? Number.NaN), n: sorted.length, says },
      })
    }
  })
}

/** So many alarms at so many readings a second; waits until all are seen and closed. */
async function run(
  scene: Scene,
  { buttons: all, others: rest, desks, pressedAt }: Alarming,
  rate: number,
  alarms: number,
): Promise<number[]> {
  const pressed = all.splice(0, alarms)
  const began = performance.now()
  for (let number = 0, next = 0; number < alarms * 10; number++) {
    const due = began + (number / rate) * 1_000
    if (due > performance.now()) await pause(due - performance.now())
    const button = number % 10 === 9 ? pressed[next++] : undefined
    if (button) {
      pressedAt.set(button.device, performance.now())
      button.say('pressed')
    } else sayUsual(rest[number % rest.length], number, rest.length)
  }
  const isSeen = () => pressed.every(({ device }) => desks.some((desk) => desk.seen.has(device)))
  const areClosed = () => desks.every((desk) => desk.isIdle())
  const until = performance.now() + inFlightMs
  while (!(isSeen() && areClosed()) && performance.now() < until) await pause(20)
  const waits = pressed.flatMap(({ device }) => {
    const at = Math.min(...desks.map((desk) => desk.seen.get(device) ?? Infinity))
    return at === Infinity ? [] : [at - (pressedAt.get(device) ?? 0)]
  })
  const lost = alarms - waits.length
  if (lost > 0) throw new Error(`${lost} of ${alarms} alarms were never seen on a page`)
  const waiting = [...pressed, ...rest].reduce((sum, each) => sum + each.unacknowledged(), 0)
  if (waiting > 0) throw new Error(`${waiting} readings were never acknowledged`)
  return waits.toSorted((a, b) => a - b)
}

async function measure(scene: Scene, street: Alarming, rate: number): Promise<void> {
  const look = async () => ({
    used: await scene.program.ask<Used>('used'),
    postgresUs: treeCpuUs(scene.postgresPid),
    at: performance.now(),
  })
  const before = await look()
  const waits = await run(scene, street, rate, alarmsARate)
  const after = await look()
  const n = waits.length
  const says = `from PUBLISH to the connected worker’s list; aim ${aimMs} ms; every alarm a task of its own, closed once seen`
  for (const [name, part] of [
    ['p50', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const) {
    const value = round(at(waits, part))
    const held = part === 0.99 ? { bound: boundMs, holds: value <= boundMs, says } : {}
    print({ bench, metric: `${name}_ms_${rate}`, unit: 'ms', median: value, n, ...held })
    if (held.holds === false) process.exitCode = 1
  }
  const wallUs = (after.at - before.at) * 1_000
  const share = (us: number) => round((us / wallUs) * 100, 0)
  const program = share(after.used.cpuUs - before.used.cpuUs)
  const postgres = share(after.postgresUs - before.postgresUs)
  const core = { unit: '% of a core', n: 1 }
  print({ bench, metric: `cpu_program_${rate}`, median: program, ...core })
  print({ bench, metric: `cpu_postgresql_${rate}`, median: postgres, ...core })
}

function at(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN
}
