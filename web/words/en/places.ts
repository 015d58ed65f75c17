import { plural } from '../plural.ts'

const downUnits = { minute: 'min', hour: 'h', day: 'd' }

export const places: typeof import('../zh-CN/places.ts').places = {
  spot: (place) =>
    place.stair === null
      ? (place.compound ?? place.committee)
      : place.room === null
        ? `Stair ${place.stair}`
        : `Stair ${place.stair}, room ${place.room}`,
  stair: (number) => `Stair ${number}`,
  compound: (place) => place.compound ?? place.committee,
  building: (compound, building) => `${compound} ${building}`,
  floor: (floor) => `${floor}F`,
  placeName: 'Place code',
  gateDoor: (compound) => `${compound}, the gate`,
  stairDoor: (compound, stair) => `${compound}, stair ${stair}`,
  unknownPlace: 'No address on record',
  gridTitle: (building) => `${building}, one square a home`,
  gridLabel: 'Plan: every stair, floor and home',
  gridOnlyMine:
    'Only homes and stairs with an open task of mine are lit. Whether others take part or are in is not shown here.',
  compoundTitle: (compound) => `${compound}, one square a stair`,
  wholeCompound: (what) => `The whole compound: ${what}`,
  compoundEmpty: 'No building of this compound is registered yet.',
  compoundOnlyMine:
    'Only stairs with an open task of mine are lit. Of the others just the number of homes is said.',
  homes: (count) => plural(count, 'home', 'homes'),
  litStair: (word, homes) => `${word} · ${homes}`,
  otherStairs: 'Other stairs, not lit',
  urgent: 'Alarm, or late',
  deviceUnknown: 'Device unknown',
  gridNowhere: 'This matter is in no one building, so there is no plan to show.',
  gridEmpty: 'When you have a task, its home is lit here in its building.',
  inHand: 'In my hands',
  others: 'Others, not lit',
  gateways: 'Gateway',
  gatewayDown: 'Gateway offline',
  down: (count, unit) => `offline ${count} ${downUnits[unit]}`,
  neverUp: 'never heard',
  gatewayUnknown: (stairs) => `${stairs}, gateway offline: that is “unknown”, not “fine”.`,
}
