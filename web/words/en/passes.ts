/** A visitor’s pass itself, and whoever checks it at the door. */
export const pass: typeof import('../zh-CN/passes.ts').pass = {
  title: 'Visitor’s pass',
  door: 'Door',
  span: 'When',
  hold: 'At the door, show this picture to whoever keeps it.',
  notYet: (at: string) => `Not yet: it is valid from ${at}.`,
  nothingKept: 'It is noted neither who you are nor that you came.',
  gone: 'This pass cannot be used',
  goneLine:
    'It is over, or revoked, or a part of the link is missing. Please ask whoever invited you for another.',
  none: 'There is no pass here',
  noneLine: 'Please open the whole link that you were sent, or scan the picture again.',
  noScript:
    'A pass stays on your telephone and goes to no server with the address, so it needs script to be shown. Please open it in another browser.',
}

export const check: typeof import('../zh-CN/passes.ts').check = {
  title: 'Check a pass',
  doorHead: 'Which door do you keep?',
  doorHelp: 'Kept on this device, and asked this once.',
  atDoor: (door: string) => `Your door: ${door}`,
  otherDoor: 'Another door',
  valid: 'Valid',
  validLine: 'You may open. Nothing to sign, and nothing was noted.',
  'not-valid': 'Not valid',
  'not-validLine':
    'For another door, or not at this time, or revoked, or no pass at all. Please let the visitor call whom they visit.',
  again: 'Check again',
}

export const door: typeof import('../zh-CN/passes.ts').door = {
  title: 'At the door',
  line: 'Scan the visitor’s pass with your telephone’s own camera: the page that opens says whether it is valid.',
  paste: 'Or paste the link here',
  pasteProblem: 'This is no link of a pass.',
  check: 'Check it',
}
