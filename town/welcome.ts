/** Whom somebody new may be, to see the town through their eyes. */
import { readFileSync } from 'node:fs'
import type { TownMap } from './map.ts'
import type { BodyKind } from './staff.ts'

/** Reads the town's map from its file. `says` tells in both languages who that is. */
export function demoPeople(townFile: string): { name: string; says: string }[] {
  const map = JSON.parse(readFileSync(townFile, 'utf8')) as TownMap
  const { elders, workers, staff = [], planted } = map
  const inBody = (kind: BodyKind) => staff.find((one) => one.kind === kind)?.name
  const silent = planted.silent[0]
  const away = planted.away[0]
  const worker = workers.find((one) => silent?.home.startsWith(one.committee)) ?? workers[0]
  const isOut = (home: string) =>
    map.devices.some(
      (device) =>
        device.place === home && planted.outages.some((one) => one.gateway === device.gateway),
    )
  const seen = elders.find(
    ({ plan, home }) =>
      plan === 'agreed' && home !== silent?.home && home !== away?.home && !isOut(home),
  )
  const offered = elders.find(({ plan }) => plan === 'offered')
  const parts: [string | undefined, string, string][] = [
    [worker?.name, '社工，有一次上门看望待办', 'neighbourhood worker with a visit to make'],
    [silent?.name, '居民，两天没有动静', 'resident, silent for two days'],
    [seen?.name, '居民，一切如常', 'resident, seen every day'],
    [away?.name, '居民，外出中', 'resident, away'],
    [offered?.name, '居民，还没有同意', 'resident who has not agreed yet'],
    [map.officer, '街道值班长', 'the street’s duty officer'],
    [map.secondOfficer, '街道副值班长，复核规则', 'second duty officer, who approves rules'],
    [inBody('property'), '物业经理', 'property manager'],
    [inBody('police'), '社区民警', 'community police officer'],
    [inBody('clinic'), '家庭医生', 'family doctor'],
    [inBody('volunteers'), '楼组志愿者', 'volunteer of some stairs'],
    [map.reviewer, '志愿者，复核异常的查看', 'volunteer who reviews unusual looks'],
  ]
  return parts.flatMap(([name, zh, en]) =>
    name ? [{ name, says: `${name}（${zh} · ${en}）` }] : [],
  )
}
