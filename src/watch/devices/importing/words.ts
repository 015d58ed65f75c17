import type { DeviceKind, DevicePurpose } from '../types.ts'

/** The columns of the template, in its order. */
export const columns = {
  kind: { zh: '种类', en: 'Kind', width: 14, isCode: false },
  place: { zh: '地点编码', en: 'Place code', width: 28, isCode: true },
  gateway: { zh: '网关', en: 'Gateway', width: 18, isCode: true },
  nameAtGateway: { zh: '网关上的名称', en: 'Name at gateway', width: 24, isCode: true },
  model: { zh: '型号', en: 'Model', width: 30, isCode: true },
  purpose: { zh: '用途', en: 'Purpose', width: 16, isCode: false },
  heartbeatSeconds: { zh: '心跳（秒）', en: 'Heartbeat (seconds)', width: 12, isCode: false },
  label: { zh: '标注', en: 'Label', width: 20, isCode: false },
  keeper: { zh: '维护单位', en: 'Keeper', width: 20, isCode: false },
} as const
export type Column = keyof typeof columns
export const columnNames = Object.keys(columns) as Column[]

export const columnNotes: Record<Column, { zh: string; en: string }> = {
  kind: { zh: '必填。写中文或英文代号，见下表。', en: 'Required. In Chinese or by id, see below.' },
  place: {
    zh: '必填。居委会、小区、门洞或户的编码，例如 310104011013-01-26-501。',
    en: 'Required. The code of a committee, compound, stair or home.',
  },
  gateway: {
    zh: '经网关上报的才填：网关的名称。',
    en: 'Where a gateway speaks for it: the gateway’s name.',
  },
  nameAtGateway: {
    zh: '网关里这台设备的名称；ChirpStack 写 16 位 DevEUI。',
    en: 'What the gateway calls it; for ChirpStack the 16-digit DevEUI.',
  },
  model: { zh: '可不填。型号库里的编号。', en: 'Optional. The id in the list of models.' },
  purpose: {
    zh: '可不填，按种类和地点自动定。',
    en: 'Optional. Follows from kind and place where it is empty.',
  },
  heartbeatSeconds: { zh: '可不填，默认 300。10–86400。', en: 'Optional, 300. From 10 to 86400.' },
  label: {
    zh: '可不填，例如“二楼楼道”。不要写居民姓名。',
    en: 'Optional, e.g. “2nd floor landing”. No resident’s name.',
  },
  keeper: { zh: '可不填，负责维护的单位。', en: 'Optional. The firm or body that looks after it.' },
}

export const kindWords: Record<DeviceKind, { zh: string; en: string }> = {
  'door-access': { zh: '门禁', en: 'door access' },
  'door-contact': { zh: '门磁', en: 'door contact' },
  motion: { zh: '人体感应', en: 'motion' },
  smoke: { zh: '烟感', en: 'smoke' },
  gas: { zh: '燃气与气味', en: 'gas' },
  'water-leak': { zh: '漏水与水位', en: 'water leak' },
  'water-meter': { zh: '水表', en: 'water meter' },
  electrical: { zh: '用电', en: 'electrical' },
  'sos-button': { zh: '求助按钮', en: 'SOS button' },
  'camera-event': { zh: '摄像头事件', en: 'camera event' },
  ground: { zh: '地磁与倾角', en: 'ground and tilt' },
}

export const purposeWords: Record<DevicePurpose, { zh: string; en: string }> = {
  'agreed-care': { zh: '关爱提醒', en: 'agreed care' },
  'door-security': { zh: '门的安全', en: 'door security' },
  'home-safety': { zh: '居家安全', en: 'home safety' },
  'emergency-call': { zh: '本人求助', en: 'emergency call' },
  'crowding-check': { zh: '每日合计', en: 'daily sums' },
  'water-and-power': { zh: '公共水电', en: 'shared water and power' },
  'public-space': { zh: '公共场所', en: 'public space' },
}

/** What is wrong with one cell. The column's title stands beside it. */
export const mistakes = {
  missing: { zh: '没有填。', en: 'This is empty.' },
  numeric: {
    zh: '这一格是数字格式，编码会丢位。请把整列设为文本：选中列 → 右键 → 设置单元格格式 → 文本，再重新填写。',
    en: 'This cell is a number, and codes lose digits so. Set the column to Text (Format Cells → Text) and fill it in again.',
  },
  notText: { zh: '这一格要写文字。', en: 'This cell has to hold text.' },
  control: { zh: '有看不见的控制字符。', en: 'It holds invisible control characters.' },
  tooLong: { zh: '太长了。', en: 'This is too long.' },
  unknownKind: { zh: '没有这个种类，请看“说明”。', en: 'No such kind; see the sheet “Notes”.' },
  unknownPurpose: { zh: '没有这个用途，请看“说明”。', en: 'No such purpose; see “Notes”.' },
  placeShape: {
    zh: '不是地点编码，例如 310104011013-01-26-501。',
    en: 'Not a place’s code, which looks like 310104011013-01-26-501.',
  },
  otherStreet: { zh: '不在本街道。', en: 'Not in this street.' },
  unknownPlace: { zh: '没有这个地点。', en: 'No such place.' },
  kindNotHere: { zh: '这种设备不能装在住户家里。', en: 'This kind may not stand in a home.' },
  purposeNotHere: {
    zh: '这种设备在这里不能有这个用途。',
    en: 'This kind cannot have this purpose here.',
  },
  ruleOff: {
    zh: '街道还没有启用要用到它的规则。',
    en: 'The rule that needs it is not switched on in the street.',
  },
  unknownGateway: { zh: '没有这个网关，或已停用。', en: 'No such gateway, or it is revoked.' },
  needsGateway: {
    zh: '填了网关上的名称，就要填网关。',
    en: 'A name at a gateway needs a gateway.',
  },
  needsName: {
    zh: '这个网关下的设备要填网关上的名称。',
    en: 'Behind this gateway a device needs its name there.',
  },
  badName: {
    zh: '这个网关不会有这样的名称；ChirpStack 要 16 位 DevEUI。',
    en: 'This gateway has no such names; ChirpStack needs the 16-digit DevEUI.',
  },
  nameTwice: { zh: '表里另一行也是这个名称。', en: 'Another row of the file has this name.' },
  nameTaken: { zh: '这个网关下已有同名设备。', en: 'The gateway has a device of this name.' },
  unknownModel: { zh: '型号库里没有。', en: 'Not in the list of models.' },
  modelMisfit: {
    zh: '这个型号不是这种设备，或不是这种网关读得懂的。',
    en: 'This model is of another kind, or of another kind of gateway.',
  },
  heartbeat: { zh: '要 10 到 86400 的整数。', en: 'A whole number from 10 to 86400.' },
} as const satisfies Record<string, { zh: string; en: string }>
export type Mistake = keyof typeof mistakes
