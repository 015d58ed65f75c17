export const delivery: typeof import('../zh-CN/delivery.ts').delivery = {
  outOfDate: 'what you see may be out of date; it updates by itself when the network is back.',
  newTask: (place, what) => `New task: ${place}, ${what}`,

  wakeThis: 'Wake this phone',
  letSleep: 'Stop waking this phone',
  waking: {
    cannot: 'This browser cannot be woken. What is urgent comes by text message and call.',
    denied: 'Notifications are off in your browser. You can change that in its settings.',
    off: 'While the page is closed this phone stays silent. What is urgent comes by text and call.',
    on: 'This phone rings when there is something. It says that there is a task, never who or where. A push may get lost: without an answer a text message and a call follow.',
  },

  outboxTitle: 'Messages that would have been sent',
  outboxLine:
    'The example town writes to nobody and calls nobody. These would have gone out; numbers are masked.',
  outboxEmpty: 'None yet. A task that nobody answers appears here after some minutes.',
  urgent: 'urgent',
  channels: { sms: 'Text message', wecom: 'WeCom', voice: 'Call' },
}
