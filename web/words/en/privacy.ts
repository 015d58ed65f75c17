export const privacy: typeof import('../zh-CN/privacy.ts').privacy = {
  title: 'Who looked at my data',
  authorities: 'How often authorities asked for data',
  numbers: 'What is kept here, and who looked how often',
  readAloud: 'Read it to me',
  stopReading: 'Stop reading',
  consents: 'What I agreed to',
  consentsLine: 'Take it back with one tap; it stops at once',
}
