import type { BodyKind, Cover, Step } from '../../../src/ground/duties/types.ts'

const kinds: Record<BodyKind, string> = {
  street: '街道',
  committee: '居委会',
  'village-committee': '村委会',
  property: '物业',
  police: '社区民警',
  clinic: '家庭医生',
  volunteers: '志愿者',
}

/** Why somebody is asked, in a word. */
const steps: Record<Step, string> = {
  beat: '责任片区',
  rank: '按顺序',
  deputy: '代班',
  officer: '值班长',
}

const days: Record<Cover['days'], string> = {
  'every-day': '每天',
  working: '工作日',
  off: '休息日',
}

/** Posts, beats, rosters and leave. */
export const duties = {
  door: '值班',
  kinds,
  steps,
  days,
  /** A year whose working days are not announced yet. */
  unknownYear: (year: number) => `${year} 年的放假安排还没有导入，有些时段还算不准。`,
  missing: (people: number) => `缺 ${people} 人`,
}
