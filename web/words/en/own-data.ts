import type { ownData as chinese } from '../zh-CN/own-data.ts'

const station = 'Your neighbourhood committee; each look is written in “who looked at my data”'
const nobody = 'You alone'
const whileHere = 'While you live here'

const parts: (typeof chinese)['parts'] = {
  person: {
    ...{ title: 'Name and birthday', why: 'The register of residents' },
    ...{ until: whileHere, seen: station },
  },
  numbers: {
    ...{ title: 'Telephone and identity number', why: 'The register of residents' },
    ...{ until: whileHere, seen: station },
  },
  homes: {
    ...{ title: 'Where you live', why: 'The register of residents' },
    ...{ until: whileHere, seen: station },
  },
  shares: {
    ...{ title: 'Homes you own', why: 'Needed when owners decide together' },
    ...{ until: 'While you are an owner', seen: station },
  },
  'number-changes': {
    ...{ title: 'Changes of your numbers', why: 'Two people check each change' },
    ...{ until: '90 days after the decision', seen: station },
  },
  posts: {
    ...{ title: 'Your posts and shifts', why: 'It must be known who was on duty' },
    ...{ until: 'While you hold the post and a year after', seen: 'Staff of the street' },
  },
  'own-work': {
    ...{ title: 'Tasks you worked on and notes you left', why: 'It must be known who did it' },
    until: 'A year after the task is closed; notes 90 days',
    seen: 'Staff of the same task',
  },
  exports: {
    ...{ title: 'Register files you asked for or brought in', why: 'It must be known who did so' },
    ...{ until: 'With the register', seen: 'Duty officers of the street' },
  },
  messages: {
    ...{ title: 'Messages to you', why: 'To know whether they arrived', until: 'A year' },
    seen: nobody,
  },
  browsers: {
    ...{ title: 'Telephones and computers that notify you', why: 'You switched it on' },
    ...{ until: 'Until you switch it off, or half a year unused', seen: nobody },
  },
  account: {
    ...{ title: 'Your account', why: 'Signing in', seen: nobody },
    until: 'Until you close it, or a year unused; whose it was, a year more',
  },
  'signed-in': {
    ...{ title: 'Telephones and computers signed in', why: 'Signing in' },
    ...{ until: 'Until you sign out, or 30 days unused', seen: nobody },
  },
  proofs: {
    ...{ title: 'How you showed that you live here', why: 'So that nobody passes for you' },
    ...{ until: '30 days after their end; disputed ones a year', seen: station },
  },
  grants: {
    ...{ title: 'Who may act for you', why: 'You gave the right', until: 'A year after its end' },
    seen: 'You and whom you chose',
  },
  passes: {
    ...{
      title: 'Visitors’ passes you made',
      why: 'You made them',
      until: '24 hours after their end',
    },
    seen: nobody,
  },
  visits: {
    ...{ title: 'Tasks that came to you', why: 'Somebody has to see to it' },
    ...{ until: 'A year after closing; at once when consent ends', seen: 'Whoever has the task' },
  },
  signals: {
    ...{ title: 'What sensors at home said', why: 'Care that you agreed to' },
    until: 'Until judged, at most 73 hours; at once when consent ends',
    seen: 'Nobody; a program judges',
  },
  watch: {
    ...{ title: 'What the program watches for you', why: 'Care that you agreed to' },
    ...{ until: 'Gone at once when consent ends', seen: 'Nobody; a program judges' },
  },
  care: {
    ...{ title: 'Your care agreement', why: 'You agreed to it' },
    ...{ until: 'Gone at once when consent ends', seen: 'Whoever visits, from the task' },
  },
  contacts: {
    ...{ title: 'Contacts you chose', why: 'You chose them' },
    ...{ until: 'Gone at once when consent ends', seen: 'Whoever visits, from the task' },
  },
  questions: {
    ...{
      title: 'When you or a contact were asked “are you well?”',
      why: 'Care that you agreed to',
    },
    ...{ until: 'Three days after it ended', seen: nobody },
  },
  offers: {
    ...{
      title: 'That you were offered care at eighty',
      why: 'So that nobody asks again and again',
    },
    ...{ until: 'Three years', seen: 'Whoever visited' },
  },
  consents: {
    ...{ title: 'What you agreed to', why: 'Proof that you agreed, and that you ended it' },
    ...{ until: 'Three years after the end', seen: station },
  },
  refusals: {
    ...{ title: 'What you said no to', why: 'Nobody asks you for 12 months', until: '12 months' },
    seen: nobody,
  },
  looks: {
    ...{ title: 'Who looked at your data', why: 'So that you can always see it' },
    ...{ until: 'Three years; nobody can delete it before', seen: 'You, and reviewers' },
  },
  'looks-asked': {
    ...{ title: 'Where you asked why somebody looked', why: 'Somebody has to answer you' },
    ...{ until: 'As long as the look', seen: 'Whoever answers' },
  },
  requests: {
    ...{ title: 'Why you looked, at work', why: 'Residents must be able to see why' },
    ...{ until: 'Four years', seen: 'Whom you looked at sees your post only' },
  },
  authorities: {
    ...{ title: 'Authorities that asked for your data by law', why: 'So that you know' },
    ...{ until: 'Four years', seen: 'Duty officers of the street' },
  },
  'own-requests': {
    ...{ title: 'What you asked about your own data', why: 'You must be answered in time' },
    ...{ until: 'Three years after the answer', seen: station },
  },
}

const fields: (typeof chinese)['fields'] = {
  ...{ name: 'Name', reading: 'Pinyin', bornOn: 'Born on', phone: 'Telephone' },
  ...{ idNumber: 'Identity number', home: 'Home', tenure: 'Lives as', relation: 'Relation' },
  ...{ livesAlone: 'Lives alone', othersAdult: 'Other adults who live here (number)' },
  ...{ othersYoung: 'Under 18 who live here (number)', share: 'Share' },
  ...{ isRegistered: 'Title registered', source: 'Source', from: 'From', to: 'To' },
  ...{ fromDay: 'From', toDay: 'To', kind: 'Kind', verdict: 'Result', because: 'Reason' },
  ...{ askedAt: 'Asked', decidedAt: 'Answered', title: 'Post', unit: 'Unit', says: 'Said' },
  ...{ madeAt: 'When', deliveredAt: 'Delivered', readAt: 'Seen', language: 'Language' },
  ...{ level: 'Known as', proof: 'Proven by', usedAt: 'Last used', device: 'Device' },
  ...{ called: 'Called', way: 'Way', until: 'Until', endedAt: 'Ended', door: 'Door' },
  ...{ matter: 'Matter', state: 'State', outcome: 'Outcome', words: 'In words' },
  ...{ openedAt: 'Opened', closedAt: 'Closed', contactName: 'Contact' },
  ...{ contactRelation: 'Relation to you', contactPhone: 'Contact’s telephone' },
  ...{ hasKey: 'Has your key', purpose: 'Purpose', givenBy: 'Agreed by', onPaper: 'On paper' },
  ...{ textVersion: 'Version of the text', at: 'When', by: 'Post', looked: 'What was seen' },
  ...{ how: 'How', why: 'What for', signal: 'Sensor', heard: 'State', value: 'Value' },
  ...{ away: 'Away until', answer: 'Answer', authority: 'Authority' },
  ...{ legalBasis: 'Legal basis', asks: 'Who was asked', part: 'Part', dueAt: 'Due by' },
  ...{ count: 'How many', signedOn: 'Signed on' },
}

const choices: (typeof chinese)['choices'] = {
  ...{ yes: 'yes', no: 'no', moved: 'moved away', died: 'died', mistake: 'registered by mistake' },
  ...{ owner: 'owner', family: 'owner’s family', tenant: 'tenant', 'staff-flat': 'staff flat' },
  ...{ other: 'other', head: 'head of the household', spouse: 'spouse', child: 'child' },
  ...{ parent: 'parent', sibling: 'sibling', grandchild: 'grandchild' },
  ...{ grandparent: 'grandparent', kin: 'kin', carer: 'carer', flatmate: 'flatmate' },
  ...{ 'source:register': 'title register', survey: 'survey', contract: 'contract' },
  ...{ 'kind:phone': 'telephone', 'id-number': 'identity number', approved: 'approved' },
  ...{ confirmed: 'confirmed', refused: 'refused', lapsed: 'lapsed' },
  ...{ 'is-that-person': 'is that person', 'new-person': 'registered anew' },
  ...{ withdrawn: 'withdrawn', homes: 'homes', residents: 'residents', owners: 'owners' },
  ...{ staff: 'staff', devices: 'devices', resident: 'resident', letter: 'letter' },
  ...{ station: 'at the station', household: 'household', deed: 'title deed', link: 'link' },
  ...{ invitation: 'invitation', claim: 'checked by a person', volunteer: 'volunteer' },
  ...{ clerk: 'clerk', code: 'one-time code', signature: 'signature', passkey: 'passkey' },
  ...{ oidc: 'organisation’s sign-in', organisation: 'organisation’s sign-in' },
  ...{ token: 'program', vouching: 'asked the household' },
  ...{ 'answered-vouching': 'you vouched for somebody', 'for-me': 'acts for me' },
  ...{ 'by-me': 'I act for somebody', 'care-visit': 'visit', 'care-offer': 'visit to offer care' },
  ...{ 'device-repair': 'repair', hazard: 'look on the spot', 'home-check': 'check of a home' },
  ...{ 'roster-gap': 'gap in a roster', raised: 'raised', acknowledged: 'acknowledged' },
  ...{ 'on-the-way': 'on the way', 'at-the-door': 'at the door', found: 'found' },
  ...{ closed: 'closed', 'heard:closed': 'closed', fine: 'well', 'needed-help': 'needed help' },
  ...{ away: 'away', 'sensor-fault': 'sensor fault', 'wrong-home': 'wrong home' },
  ...{ 'hazard-real': 'real', 'hazard-false': 'not so', 'outcome:refused': 'not let in' },
  ...{ responsible: 'responsible', told: 'told', asked: 'asked', helping: 'helping' },
  ...{ declined: 'declined', 'shift-note': 'note between shifts', call: 'calls only' },
  ...{ sensor: 'sensors', 'key-holder': 'sensors and a key-holder', person: 'yourself' },
  ...{ guardian: 'guardian', 'asked-person': 'you', 'asked-contact': 'a contact' },
  ...{ 'agreed-care': 'care alerts', 'wandering-guard': 'wandering guard' },
  ...{ 'agreed-calls': 'calls', register: 'the register', duty: 'posts and duties' },
  ...{ task: 'tasks', 'sign-in': 'signing in', 'device-operation': 'running of devices' },
  ...{ 'door-security': 'security of doors', public: 'public facts' },
  ...{ 'home-safety': 'safety at home', 'emergency-call': 'your own call for help' },
  ...{ operation: 'running the system', 'water-and-power': 'shared water and power' },
  ...{ 'crowding-check': 'check on overcrowding', 'public-space': 'public space' },
  ...{ 'access-record': 'the book of looks', 'own-data': 'your own data' },
  ...{ 'looked:name': 'name', age: 'age', address: 'address', phone: 'telephone' },
  ...{ contacts: 'contacts', 'last-seen': 'last sign of life', 'care-plan': 'care agreement' },
  ...{ consents: 'consents', looks: 'looks', 'visit-outcome': 'outcome of visits' },
  ...{ post: 'post', 'looked:household': 'who lives with you', ownership: 'ownership' },
  ...{ account: 'sign-in', page: 'page', list: 'list', search: 'search', export: 'export' },
  ...{ print: 'print', push: 'message', rule: 'judged by a program', command: 'command' },
  ...{ act: 'done in your name', 'kind:rule': 'a program', operator: 'system operator' },
  ...{ contact: 'a contact you chose', helper: 'who acts for you' },
  ...{ 'kind:account': 'signed in by telephone', 'kind:resident': 'yourself' },
  ...{ 'at-the-counter': 'at the counter', 'on-the-phone': 'on the phone' },
  ...{ 'in-writing': 'in writing', 'home-visit': 'home visit', 'handed-case': 'handed case' },
  ...{ 'break-glass': 'emergency look', 'door-contact': 'door contact', motion: 'motion' },
  ...{ 'door-access': 'door access', smoke: 'smoke', gas: 'gas', 'water-leak': 'water leak' },
  ...{ 'water-meter': 'water meter', electrical: 'electrical', 'sos-button': 'SOS button' },
  ...{ occupied: 'somebody there', clear: 'nobody there', 'heard:open': 'open' },
  ...{ iphone: 'iPhone', ipad: 'iPad', android: 'Android', harmony: 'HarmonyOS', mac: 'Mac' },
  ...{ windows: 'Windows', linux: 'Linux', wechat: 'WeChat', unknown: 'unknown' },
  ...{ pressed: 'pressed', heartbeat: 'heartbeat', 'zh-CN': 'Chinese', en: 'English' },
  ...{ copy: 'a copy', correct: 'a correction', erase: 'an erasure', done: 'done' },
  ...{ open: 'waiting', 'state:refused': 'not done', 'verdict:refused': 'refused' },
  ...{ 'not-shown': 'no proof was shown' },
}

export const ownData: typeof chinese = {
  title: 'My data',
  line: 'All that is kept here of you: what, why, until when, and who sees it.',
  parts,
  fields,
  choices,
  holds: {
    'living-here': 'You are registered as living here, so the register keeps it',
    'owning-here': 'You own a home here, so the register of owners keeps it',
    post: 'You hold a post, or held one within a year: it must be known who was on duty',
    'open-matter': 'A task about you or of yours is still open',
  },
  because: {
    'is-right': 'It was checked, and is right as it is',
    'law-keeps-it': 'The law still keeps it',
    'claim-of-another': 'Another person’s right depends on it, so it cannot go yet',
    'not-shown': 'No proof was shown',
    'not-ours': 'It is not ours; please ask the office that registered it',
    kept: 'It cannot go yet',
  },
  kinds: { copy: 'A copy', correct: 'A correction', erase: 'An erasure' },
  states: { open: 'Waiting', done: 'Done', refused: 'Not done', withdrawn: 'You withdrew it' },
  why: 'Why it is kept',
  until: 'Until when',
  seen: 'Who sees it',
  open: (count) => `Read it (${count})`,
  onlyNewest: (shown, all) =>
    `These are the newest ${shown} of ${all}. The copy you take along has all of them.`,
  nothing: 'Nothing is kept here of you.',
  separator: ': ',
  comma: ', ',

  copyHead: 'Take a copy along',
  copyLine:
    'One archive: pages that open in any browser, and data.json for other systems. It holds your own data alone; keep it safe.',
  copyDo: 'Download all my data',
  copied: 'The file is among your downloads. Opened anew, this page lists it below, too.',

  correctDo: 'This is wrong',
  correctLine: 'Say what is wrong and what is right. You are answered within 30 days.',
  correctSays: 'How it should be',
  correctProblem: 'Please say what is wrong and what is right, in 2 to 300 characters.',
  correctSend: 'Ask for the correction',
  eraseDo: 'Erase this',
  eraseLine: 'This part. What can go goes at once; where it cannot yet, you are told why at once.',
  eraseConsent:
    'Erasing this ends your agreement: care alerts, the wandering guard and calls stop, and contacts and sensor readings go at once.',
  eraseOwn: 'It goes at once. You can sign in or switch it on again later.',
  eraseSure: 'Yes, erase it',
  closeDo: 'Close the account',
  closeLine: 'Once it is closed:',
  closeEffect: [
    'Every telephone and computer is signed out at once, and notifies you no more.',
    'The number, passkeys and codes to sign in with go at once.',
    'Who acts for you, and you for others, ends.',
    'The register and what you agreed to stay; the committee’s counter helps you as before.',
    'To come again, ask the committee for another letter.',
    'In another street you still sign in.',
  ],
  closeAsk: 'Close your account?',
  closeAskLine: 'This device is signed out at once, too.',
  closeKeep: 'Keep it',
  closeSure: 'Yes, close it',
  closeHeld:
    'You hold a post, and the account you work with cannot be closed; it can be once you have left the post.',
  allHead: 'Erase everything',
  allLine:
    'Once you neither live nor own a home nor hold a post here, all that is kept of you can be erased. It cannot be brought back, and goes again when a backup is restored.',
  allDo: 'Erase all my data',
  allNotYet: 'Not everything can go yet:',

  requestsHead: 'What I asked',
  requestsNone: 'You have not asked anything yet.',
  daysLeft: (days) => (days === 0 ? 'due today' : days === 1 ? '1 day left' : `${days} days left`),
  late: 'This is late; you can call and ask',
  atStation: 'taken down at the station',
  answered: 'Answer',
  withdraw: 'Withdraw',
  everything: 'Everything',
  partOf: (part) => (part === 'everything' ? 'Everything' : parts[part].title),
  nowDone: 'Done.',
  nowAsked: (day) => `Received. You are answered by ${day}.`,
  nowKept: 'It cannot go yet; the reason stands below.',
  heldUntil: (day) => ` (until ${day})`,
  keptByTerm: (until) => `This part is kept: ${until}.`,

  file: {
    title: 'Your data',
    takenAt: 'Taken out',
    purposes: 'For which purposes data is kept',
    basis: 'Basis',
    contents: 'Contents',
    line: 'This file holds your own data alone. Keep it safe: whoever has it can read it.',
  },
}
