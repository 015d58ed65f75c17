import type { DeviceKind, DeviceState, Refusal } from '../../../src/watch/sensing/types.ts'

const kinds: Record<DeviceKind, string> = {
  'door-access': '门禁',
  'door-contact': '门磁',
  motion: '人体感应',
}
const states: Record<DeviceState, string> = {
  alive: '有消息',
  unknown: '不明',
  'never-reported': '从没报过',
  revoked: '已停用',
}
const stateLines: Record<DeviceState, string> = {
  alive: '设备按时报到。',
  unknown: '设备没按时报到。现在不知道那一户有没有动静：不知道，不等于没事。',
  'never-reported': '登记以后一次也没有报到，先看看有没有通电、联网。',
  revoked: '凭证已作废，它发来的消息一律不收。',
}
const refusals: Record<Refusal, string> = {
  malformed: '内容看不懂',
  'too-large': '内容太大',
  'too-deep': '内容层数太多',
  biometric: '带人脸、步态等生物特征，一律不收',
  'wrong-kind': '和登记的种类不符',
  future: '时间比现在还晚',
  'too-old': '消息太旧',
  duplicate: '重复的消息',
  'no-consent': '这一户没有同意，动静不收',
  'too-many': '发得太密',
  'foreign-topic': '往别的设备的地址发',
}

export const sensing = {
  kind: (kind: string) => (kinds as Record<string, string>)[kind] ?? kind,
  state: (state: DeviceState) => states[state],
  stateLine: (state: DeviceState) => stateLines[state],
  refusal: (reason: Refusal) => refusals[reason],
  place: '位置',
  gateway: '网关',
  noGateway: '不经网关',
  heard: '最后一次消息',
  neverHeard: '还没有过',
  heartbeat: '应该多久报一次',
  installed: '装上',
  revoked: '停用',
  code: '编号',
  refusedTitle: '拒收的消息，最近 14 天',
  refusedLine: '收到但没有存：只记天、原因和条数。',
  refusedNone: '最近 14 天没有拒收。',
  day: '日期',
  reason: '原因',
  count: '条数',
  lastAt: '最后一条',
  neverContents: '这一页只有设备好不好，没有它感应到什么。',
}
