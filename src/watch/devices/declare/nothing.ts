import type { Field } from '../types.ts'

const reasons = {
  alarm:
    '各厂家的 alarm 意思不同 · makers mean different things by it: a siren, a setting, a fault',
  axes: '三个轴，一个名称，分不清 · three axes and one name',
  contact: '值不是真假，是门不是门没有声明 · neither true nor false: not declared as a door',
  heat: '不是用电部件自身的温度 · not the temperature of an electrical part itself',
  polarity:
    '声明的开关方向与其他门磁相反，未经证实 · its polarity is declared the other way round and unproven',
  setting: '是设置，不是事件 · a setting, not an event',
  several: '一台设备里有几个同样的数 · several numbers of this name in one device',
  twice: '同一个名称声明了两次 · one name declared twice',
  unit: '声明的单位不是这里读的单位 · its declared unit is not one that is read here',
  values: '没有声明可用的值 · no usable values are declared',
  volume: '没有声明是水 · not declared as water',
} as const

/** A field that is known and says nothing. The reason is read by people: Chinese · English. */
export function nothing(path: string, reason: keyof typeof reasons): Field {
  return { path, reads: 'nothing', because: reasons[reason] }
}
