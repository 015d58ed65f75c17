/** What the street's officer thought through before anything sensitive was switched on. */
import type { writeImpact, switchPurpose } from '../src/ground/privacy/purposes/api.ts'
import type { Input } from '../src/kernel/endpoint.ts'
import type { Call } from './calling.ts'

type Written = Input<typeof writeImpact>

const impacts: readonly Written[] = [
  {
    purpose: 'agreed-care',
    necessity: '独居老人在家里出事，可能几天没人知道。打电话、敲门每天都做不到，又打扰人。',
    risks: '门和人体感应能看出老人什么时候在家、什么时候出门；被人拿去用，会成了监视。',
    measures:
      '本人另外同意才装，随时一按就停、当场删除；只留最后一次动静；每次查看都写给本人看；原始信号判断后即删。',
  },
  {
    purpose: 'wandering-guard',
    necessity: '有走失过的老人，夜里出门或出门未归，家里人和社工往往几小时后才知道。',
    risks: '出门的时间是行踪；提醒太勤，老人会不敢出门，家里人也会疲倦。',
    measures:
      '在关爱提醒之外另外同意一次，本人或监护人都能随时停；只在规则命中时提醒，平时谁也看不到进出的时间。',
  },
  {
    purpose: 'crowding-check',
    necessity: '群租的房子用电、逃生都危险，靠逐户敲门查，打扰所有人，也查不过来。',
    risks: '人口多的家庭、开店的、漏水的都会像；租住的人被当成嫌疑；用水能看出作息。',
    measures:
      '只用每户每天一个合计数，同楼至少十户才比；只是线索，两人上门、经同意核实；十四天没核实就删；命中太低自己停下。',
  },
]

/** In the officer's name: the assessment first, then the switch. */
export async function switchPurposes(asOfficer: Call): Promise<void> {
  for (const written of impacts) {
    const { purpose } = written
    const { impact } = await asOfficer<typeof writeImpact>('/privacy/impacts', written)
    const turn = { purpose, isOn: true, impact }
    await asOfficer<typeof switchPurpose>('/privacy/purposes/switch', turn)
  }
}
