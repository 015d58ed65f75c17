/** Where the running town is: two files in the data folder, written by the program. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { nothingPlanted, type TownDevice, type TownMap } from '../town/map.ts'

export type RunningTown = { httpUrl: string; mqttUrl: string; operatorKey: string; mapFile: string }

/** What keeps the simulator from working, as a sentence in both languages. */
export class NoTown extends Error {}

export const noTown =
  '没有正在运行的街道，请先运行 npm start（LILONG_DATA_DIR 要相同）。\n' +
  'No town is running. Run npm start first, with the same LILONG_DATA_DIR.'
export const notDemo =
  '正在运行的不是示例街道，模拟器不会碰它。\n' +
  'The running town is not the example town; the simulator keeps its hands off.'
export const otherTown =
  '街道重开过，传感器的密码已经不同，请再运行一次。\n' +
  'The town was opened anew and its sensors have other passwords. Run this again.'

/** @throws NoTown where there is none. */
export function findTown(dataDir: string): RunningTown {
  try {
    const { httpUrl, mqttUrl, operatorKeyFile } = read(join(dataDir, 'running.json')) as {
      httpUrl: string
      mqttUrl: string
      operatorKeyFile: string
    }
    const operatorKey = readFileSync(resolve(dataDir, operatorKeyFile), 'utf8').trim()
    return { httpUrl, mqttUrl, operatorKey, mapFile: join(dataDir, 'town.json') }
  } catch {
    throw new NoTown(noTown)
  }
}

/** @throws NoTown where the program that runs has made no map: then it is no example town. */
export function readMap(town: RunningTown): TownMap {
  try {
    return completed(read(town.mapFile) as TownMap)
  } catch {
    throw new NoTown(notDemo)
  }
}

/** A town opened by an earlier version: its devices were in homes and speak for themselves. */
function completed(map: TownMap): TownMap {
  const older = { gateways: [], staff: [], rosters: [], planted: nothingPlanted() }
  const devices = map.devices.map((device): TownDevice => {
    const { place = (device as { home?: TownDevice['place'] }).home } = device
    return place
      ? { ...device, place, label: device.label ?? '', model: device.model ?? null }
      : device
  })
  return { ...older, ...map, devices, planted: { ...older.planted, ...map.planted } }
}

/** In one step, so that nobody reads half a map; it holds passwords, so it is its owner's alone. */
export function writeMap(town: RunningTown, map: TownMap): void {
  const half = `${town.mapFile}.${process.pid}`
  writeFileSync(half, JSON.stringify(map), { mode: 0o600 })
  renameSync(half, town.mapFile)
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}
