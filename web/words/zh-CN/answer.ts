/** What a chosen contact reads and answers: drawn on the server alone. */
export const answer = {
  contactHead: (calledAs: string) => `${calledAs}请您帮个忙`,
  contactLine: (calledAs: string) =>
    `${calledAs}把您选作联系人，并说好：本人没有回音时，可以来问您。请打个电话，或去看看，再告诉我们。`,
  contactSays: { fine: '联系上了，没事', help: '需要帮助', unreached: '联系不上' },
  contactHelpLine: '点“需要帮助”，马上请社工去。危急时请先打 120。',
  contactUntil: (at: string, calledAs: string) =>
    `不用登录，只能回答一次，到 ${at} 为止。您答了什么，${calledAs}看得到。`,
  contactNext: {
    fine: '这件事就到这里，没有出发的人不再去。',
    help: '已经请社工马上去。危急时请打 120。',
    unreached: '我们照约定往下找人，不再等您。',
  },
  contactGoneLine:
    '它已经答过，或者过了时间，或者不再需要了。不放心的话，请直接联系本人；危急时请打 120。',
}
