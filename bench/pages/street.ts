/** A street under load: devices that speak, and a page of everybody who answers for it. */
import { openDesk, type Desk } from './desk.ts'
import { openDevices, type Device } from './devices.ts'
import { registerDevices } from './register.ts'
import { settled, type Scene, type Staff } from './scene.ts'

export type Street = {
  /** Call buttons first, as many as were wished for. */
  devices: Device[]
  desks: Desk[]
  staff: Staff[]
  pressedAt: Map<string, number>
}

export async function openStreet(
  opened: AsyncDisposableStack,
  scene: Scene,
  wish: { buttons: number; others: number },
): Promise<Street> {
  const made = await registerDevices(scene, wish)
  await settled(scene.databaseUrl)
  const devices = await openDevices(scene.mqttPort, made)
  opened.defer(() => devices.forEach((each) => each.end()))
  const pressedAt = new Map<string, number>()
  const staff = [...scene.neighbourhoods.flatMap(({ workers }) => workers), scene.officer]
  const desks: Desk[] = []
  for (const each of staff) desks.push(await openDesk(scene, each, pressedAt))
  opened.defer(() => desks.forEach((each) => each.end()))
  return { devices, desks, staff, pressedAt }
}
