import { ruleOf, tell, type ShippedRule } from './shape.ts'

const overcrowding: ShippedRule = {
  definition: ruleOf({
    rule: 'overcrowding',
    purpose: 'crowding-check',
    per: 'home',
    when: {
      is: 'peers',
      measures: ['water-litres-day', 'door-openings-day'],
      percent: 300,
      days: 14,
      ofDays: 21,
      peersMin: 10,
    },
    cooldownMinutes: 20_160,
    act: 'check-home',
    quiet: { from: '20:00', to: '09:00' },
    steps: [tell('worker', 4_320), tell('duty-officer', 7_200)],
    workMinutes: 60,
    expiresDays: 14,
    stopsBelow: { percent: 20, ofChecks: 20 },
    reason:
      '一户的用水和开门次数，按登记人数算，21 天里 14 天都超过同楼的三倍：两人上门，经同意核实。',
  }),
  isOn: false,
  reasons: {
    zh: '这是线索，不是结论（《规则》第 8 节）。只看每户每天一个合计数，按登记的人数折算，和同一幢楼至少 10 户的中间值比；用水和开门两个数都要超过三倍，21 天里满 14 天（都是参数；没有公开的准确率）。14 天没有核实就过期删去。由两名工作人员上门，住的人同意才核实，不同意如实记下，不当作不利。核实的结果算进命中率并公开：最近 20 次里对的少于两成，这条规则自己停下。它说不清什么：人口多的家庭、开店的、漏水的、办喜事的都会像；登记人数不准，比的就不准；它从不说是谁，责任在出租的人，不在租住的人。',
    en: 'A lead and no finding (rules, section 8). It looks at one sum a home and day, per declared occupant, against the middle of at least 10 homes of the same building; both water and door openings above three times that, on 14 of 21 days (all parameters; no precision was ever published). Gone after 14 days unless somebody checked. Two workers go, the occupant’s consent is asked, and a no is written down neutrally. What was found is counted and published: fewer than two in ten right of the newest 20 checks, and the rule stops by itself. What it cannot tell: a large family, a shop, a leak or a wedding look alike; where the declared number is wrong, so is the comparison. It never says who; the duty is the lessor’s, tenants are not suspects.',
  },
}

export const crowdingRules: readonly ShippedRule[] = [overcrowding]
