import type { Credential, Device } from './devices.ts'
import type { Scene } from './scene.ts'

/** Buttons at homes, of all neighbourhoods in turn; the others are smoke detectors and ground. */
export async function registerDevices(
  { call, officer, neighbourhoods: all }: Scene,
  { buttons, others }: { buttons: number; others: number },
): Promise<Credential[]> {
  const wishes = Array.from({ length: buttons + others }, (_, number) => {
    const one = all[number % all.length]
    const home = one?.homes[Math.floor(number / all.length) % one.homes.length]
    if (number < buttons) return { kind: 'sos-button', place: home }
    return number % 2 === 0
      ? { kind: 'smoke', place: home }
      : { kind: 'ground', place: one?.compound }
  })
  const made: Credential[] = []
  for (let from = 0; from < wishes.length; from += 500) {
    const devices = wishes
      .slice(from, from + 500)
      .map((wish) => ({ ...wish, heartbeatSeconds: 3_600 }))
    const path = '/api/devices/many'
    const answer = await call<{ devices: Credential[] }>(officer.token, 'POST', path, { devices })
    made.push(...answer.devices)
  }
  return made
}

/** One of the others in turn says what is no alarm. `count`: how many others there are. */
export function sayUsual(device: Device | undefined, number: number, count: number): void {
  const isEven = Math.floor(number / count) % 2 === 0
  if (number % 2 === 0) device?.say('heartbeat')
  else device?.say(isEven ? 'occupied' : 'free')
}
