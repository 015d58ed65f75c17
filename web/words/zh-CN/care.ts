/** Agreed care as several pages say it: for somebody of eighty; it never guesses what happened. */
export const care = {
  title: '关爱提醒',

  offerHead: '要不要居委帮您留意动静？',
  committee: '居委会',
  ways: {
    call: '只打电话',
    sensor: '传感器',
    'key-holder': '传感器，另有人保管钥匙',
  } satisfies Record<string, string>,
  callsHead: (unit: string) => `约好了：${unit}打电话问您好`,

  seenHead: '最近一次动静：',
  seenNone: '已经开始，还没有收到第一次动静',
  seenNoneSinceVisit: '上次上门以后，还没有新的动静',
  seenLine: (hours: number) => `连续 ${hours} 小时没有动静，才会请社工联系您。`,
  unknownHead: '传感器没消息，不知道',
  unknownLine: '不知道，就不说平安，也不当成出事。已经请人来修。',
  unknownNew: '还没有消息，不知道',
  unknownNewLine: '刚刚开始。传感器有了消息，这里就会变。',
  unknownSince: (at: string) => `从 ${at} 起没有消息`,
  awayHead: (until: string) => `您说不在家，到 ${until} 为止`,
  awayLine: '这几天不看动静，没有人来敲门。到时候自己恢复。',
  silentHead: (hours: number) => `${hours} 小时没有动静，已请社工联系您`,
  silentHeadAlone: (hours: number) => `${hours} 小时没有动静`,
  silentLine: '社工会先打电话，再上门。您没事的话，接电话说一声就好。',
  lastBefore: (at: string) => `最近一次动静是 ${at}`,
  badge: {
    waiting: '等动静',
    seen: '有动静',
    unknown: '不知道',
    away: '不在家',
    silent: '没有动静',
  },

  offHead: '街道现在没有开这条规则',
  offLine: '没有程序在看动静，也不会自动派人来。您的同意还在；规则开了，这里会变。',

  askHead: '您还好吗？',

  contactTitle: '请您帮个忙',
  contactThanks: '谢谢，记下了',
  contactGone: '这个链接不能再用了',

  /** 还不知道住在哪里时。 */
  callCity: '市民热线 12345',
  callUnit: (unit: string) => `打电话给${unit}`,
  callNow: (closes: string) => `现在有人接，到 ${closes}`,
  callNowOpen: '现在有人接',
  callLater: (opens: string, closes: string) => `现在没人接，${opens}–${closes} 有人`,
  callLaterOpen: '现在没人接',
  callNoPhone: (unit: string) => `${unit}的电话还没有登记，请到门口窗口问。`,
}
