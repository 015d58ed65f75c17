/** What a chosen contact reads and answers: drawn on the server alone. */
export const answer: typeof import('../zh-CN/answer.ts').answer = {
  contactHead: (calledAs) => `${calledAs} asks you to lend a hand`,
  contactLine: (calledAs) =>
    `${calledAs} chose you as a contact and agreed that you may be asked when there is no answer. Please ring, or go and see, and then tell us.`,
  contactSays: {
    fine: 'Reached, all is well',
    help: 'Help is needed',
    unreached: 'Could not be reached',
  },
  contactHelpLine: '“Help is needed” asks a worker to go at once. In danger, call 120 first.',
  contactUntil: (at, calledAs) =>
    `No sign-in. One answer, at the latest ${at}. ${calledAs} can see what you answered.`,
  contactNext: {
    fine: 'That is all. Whoever has not set out does not go.',
    help: 'A worker has been asked to go at once. In danger, call 120.',
    unreached: 'We go on to the next one, as agreed, and wait for you no more.',
  },
  contactGoneLine:
    'It was answered, its time is over, or nobody needs an answer now. If you are worried, contact them yourself; in danger, call 120.',
}
