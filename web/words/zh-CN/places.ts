/** What of a place is known: a home, a stair, a compound, or only the neighbourhood. */
type Place = {
  committee: string
  compound: string | null
  stair: string | null
  room: string | null
}

const downUnits = { minute: '分', hour: '时', day: '天' }

export const places = {
  /** As people say it, with the stair first: the compound is said apart. */
  spot: (place: Place) =>
    place.stair === null
      ? (place.compound ?? place.committee)
      : place.room === null
        ? `${place.stair}号楼道`
        : `${place.stair}号 ${place.room}室`,
  stair: (number: string) => `${number}号`,
  compound: (place: Place) => place.compound ?? place.committee,
  building: (compound: string, building: string) => `${compound} ${building}`,
  floor: (floor: number) => `${floor}层`,
  placeName: '地方编号',
  gateDoor: (compound: string) => `${compound} 大门`,
  stairDoor: (compound: string, stair: string) => `${compound} ${stair}号楼门`,
  unknownPlace: '地址未登记',
  gridTitle: (building: string) => `${building}，一户一格`,
  gridLabel: '楼层图：每门每层每户',
  gridOnlyMine: '只亮出我手上的户和楼道。别家参没参加、在不在家，这里看不到。',
  compoundTitle: (compound: string) => `${compound}，一门一格`,
  wholeCompound: (what: string) => `整个小区：${what}`,
  compoundEmpty: '这个小区还没有登记楼和户。',
  compoundOnlyMine: '只亮出有我手上任务的门。别的门只写户数。',
  homes: (count: number) => `${count} 户`,
  litStair: (word: string, homes: string) => `${word} · ${homes}`,
  otherStairs: '别的门，不亮',
  urgent: '报警或超时',
  deviceUnknown: '设备不明',
  gridNowhere: '这件事不在哪一幢楼里，所以没有楼图。',
  gridEmpty: '手上有任务时，这里亮出那一户在楼里的位置。',
  inHand: '我手上的',
  others: '别家，不亮',
  gateways: '网关',
  gatewayDown: '网关断线',
  down: (count: number, unit: 'minute' | 'hour' | 'day') => `断线 ${count} ${downUnits[unit]}`,
  neverUp: '没报到过',
  gatewayUnknown: (stairs: string) => `${stairs}网关断线：是“不知道”，不是“没事”。`,
}
