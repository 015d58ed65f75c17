import { toString as qrText } from 'qrcode'
import type { Asker } from '../../../kernel/asker.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import type * as api from '../api.ts'
import { isTheirs } from '../actions.ts'
import { shortNumberOf } from '../decide.ts'
import * as store from '../store.ts'
import type { Device } from '../types.ts'

/** Quartile correction: a label on a door is scratched and gets dirty. */
const drawn = { type: 'svg', errorCorrectionLevel: 'Q', margin: 2 } as const

/** One missing or foreign device refuses all: a sheet with a hole is not noticed. */
export async function labelsOf(
  given: Given,
  asker: Asker,
  { devices }: Input<typeof api.labels>,
  publicUrl: string,
): Promise<Output<typeof api.labels> | Fault> {
  const asked = [...new Set(devices)]
  const found =
    asker.kind === 'person'
      ? await given.db.inStreet(asker, (tx) => store.devicesNamed(tx, asked))
      : await given.db.asOwner((tx) => store.devicesNamed(tx, asked))
  const theirs = new Map(
    found.filter(({ place }) => isTheirs(asker, place)).map((device) => [device.device, device]),
  )
  const inOrder = asked.map((device) => theirs.get(device))
  if (inOrder.includes(undefined)) return fault('not-found', 'devices')
  const labels = await Promise.all(
    inOrder.flatMap((device) => (device ? [labelOf(device, publicUrl)] : [])),
  )
  return { labels }
}

async function labelOf({ device, kind, label }: Device, publicUrl: string) {
  const url = new URL(`/desk/devices/${device}`, publicUrl).href
  const svg = await qrText(url, drawn)
  return { device, kind, shortNumber: shortNumberOf(device), label, url, svg }
}
