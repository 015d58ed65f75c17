export const delivery = {
  outOfDate: '看到的可能不是最新的，连上后自动更新。',
  newTask: (place: string, what: string) => `新任务：${place}，${what}`,

  wakeThis: '有事叫醒这台手机',
  letSleep: '不再叫醒这台手机',
  waking: {
    cannot: '这个浏览器不能被叫醒；有急事会发短信、打电话。',
    denied: '您在浏览器里关了通知。要打开，请到浏览器的设置里改。',
    off: '页面关着时，这台手机不会响。有急事会发短信、打电话。',
    on: '有事时这台手机会响，只说“有任务”，不说是谁、在哪里。推送不一定到，没有回应会接着发短信、打电话。',
  },

  outboxTitle: '会发出去的消息',
  outboxLine: '示例街道不给任何人发短信、打电话。这里是本来会发出去的，号码已遮住。',
  outboxEmpty: '还没有。没有人回应的任务，过几分钟会出现在这里。',
  urgent: '紧急',
  channels: { sms: '短信', wecom: '企业微信', voice: '电话' },
}
