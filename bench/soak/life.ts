import { setTimeout as pause } from 'node:timers/promises'
import { openDevices, type Device } from '../pages/devices.ts'
import { openStream, type Stream } from '../pages/page.ts'
import { sayUsual } from '../pages/register.ts'
import type { Scene, Staff } from '../pages/scene.ts'
import { openStreet } from '../pages/street.ts'

/** A street that lives: devices speak, come back and call for help; pages come and go. */
export type Life = {
  pressed(): number
  closed(): number
  said(): number
  unacknowledged(): number
  /** Rejects when something in it fails. */
  ended: Promise<void>
  stop(): Promise<void>
}

const buttons = 500
const others = 1_500
/** One reading in so many is a call for help. */
const alarmEvery = 50
/** Others' pages; a person may hold eight, and the desks have one each. */
const pagesOpen = 60
const changeEveryMs = 250
const calmMs = 30_000

export async function openLife(
  opened: AsyncDisposableStack,
  scene: Scene,
  rate: number,
): Promise<Life> {
  const street = await openStreet(opened, scene, { buttons, others })
  const { devices, desks, staff, pressedAt } = street
  const counted = { said: 0, pressed: 0 }
  const running = { isOn: true }
  const speaking = speak(devices, pressedAt, rate, counted, running)
  const coming = comeAndGo(scene, staff, devices, running)
  const closed = () => desks.reduce((sum, desk) => sum + desk.closed(), 0)
  const ended = Promise.all([speaking, coming]).then(() => undefined)
  return {
    closed,
    ended,
    pressed: () => counted.pressed,
    said: () => counted.said,
    unacknowledged: () => devices.reduce((sum, each) => sum + each.unacknowledged(), 0),
    async stop() {
      running.isOn = false
      await ended
      const until = performance.now() + calmMs
      while (closed() < counted.pressed && performance.now() < until) await pause(50)
    },
  }
}

/** At the rate, wherever the clock is: what was late is said at once, at most a second's worth. */
async function speak(
  devices: readonly Device[],
  pressedAt: Map<string, number>,
  rate: number,
  counted: { said: number; pressed: number },
  running: { isOn: boolean },
): Promise<void> {
  let began = performance.now()
  for (let number = 0; running.isOn; number++) {
    const due = began + (number / rate) * 1_000
    const late = performance.now() - due
    if (late < 0) await pause(-late)
    else if (late > 1_000) began += late
    if (number % alarmEvery === alarmEvery - 1) {
      const button = devices[counted.pressed++ % buttons]
      if (button) pressedAt.set(button.device, performance.now())
      button?.say('pressed')
    } else sayUsual(devices[buttons + (number % others)], number, others)
    counted.said++
  }
}

/** A page closes and another opens; a device loses its connection and signs in again. */
async function comeAndGo(
  { url, mqttPort }: Scene,
  staff: readonly Staff[],
  devices: Device[],
  running: { isOn: boolean },
): Promise<void> {
  const pages: Stream[] = []
  for (let turn = 0; running.isOn; turn++) {
    const token = staff[turn % staff.length]?.token ?? ''
    pages.push(await openStream(url, token, () => undefined))
    if (pages.length > pagesOpen) pages.shift()?.end()
    const place = buttons + (turn % others)
    const device = devices[place]
    if (device?.unacknowledged() === 0) {
      device.end()
      const [again] = await openDevices(mqttPort, [device])
      if (again) devices[place] = again
    }
    await pause(changeEveryMs)
  }
  for (const page of pages) page.end()
}
