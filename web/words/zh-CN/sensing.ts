import type { DeviceKind } from '../../../src/watch/devices/types.ts'

const kinds: Record<DeviceKind, string> = {
  'door-access': '门禁',
  'door-contact': '门磁',
  motion: '人体感应',
  smoke: '烟感',
  gas: '燃气与气味',
  'water-leak': '漏水与水位',
  'water-meter': '水表',
  electrical: '用电',
  'sos-button': '求助按钮',
  'camera-event': '摄像头事件',
  ground: '地磁与倾角',
}

/** The words about devices that every page needs; those of the device pages are in `devices`. */
export const sensing = {
  kind: (kind: string) => (kinds as Record<string, string>)[kind] ?? kind,
  devicesTitle: '设备',
  deviceTitle: '一个设备',
  gatewaysTitle: '网关',
  addTitle: '加设备',
  labelsTitle: '标签',
}
