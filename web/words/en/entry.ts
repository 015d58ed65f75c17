import { numbers } from './numbers.ts'

/** Signing in, the first run, devices and passkeys: pages that need no script. */
export const entry: typeof import('../zh-CN/entry.ts').entry = {
  numbers,
  phone: 'Mobile number',
  phoneHelp: 'We send six digits by text message; they last five minutes.',
  sendCode: 'Send the code',
  otherWays: 'Other ways',
  byPasskey: 'Sign in with a passkey',
  byPasskeyLine:
    'Finger, face or device code are checked on your own device alone and never reach Lilong.',
  byOrganisation: (name) => `Sign in with ${name}`,
  passkeyElsewhere: 'Passkeys work at this address:',
  larger: 'Larger text',
  smaller: 'Usual text',
  callCity: 'Call 12345 and ask',
  callCityLine: 'If you cannot sign in. Somebody answers day and night.',
  failedHere:
    'It was not finished, and nothing was changed. Please try again or choose another way.',

  notUnderstood: 'What was entered was not understood; nothing was changed. Please check it.',
  wait: (ms) => {
    const [count, one] =
      ms <= 90_000
        ? [Math.ceil(ms / 1000), 'second']
        : ms <= 5_400_000
          ? [Math.ceil(ms / 60_000), 'minute']
          : [Math.ceil(ms / 3_600_000), 'hour']
    return ` In ${count} ${one}${count === 1 ? '' : 's'} you can try again.`
  },
  meanwhile:
    'Until then: a phone or computer on which you signed in with this number in the last 90 days is still sent a code; a passkey works; and at the committee’s counter things are done without signing in.',
  problems: {
    '/sign-in/code phone': 'Please enter a mobile number of 11 digits.',
    '/sign-in/code/use code': 'Please enter the six digits of the message.',
    '/step-up/code/use code': 'Please enter the six digits of the message.',
    '/me/keys/name name': 'Please choose one of the list.',
    '/my-data/correct says': 'Please say what is wrong and what is right, in 2 to 300 characters.',
    '/begin street': 'Please choose a street or town.',
    '/begin name': 'Please enter your name, in at most 60 characters.',
    '/begin phone':
      'Please enter a number that can be called: a mobile, or a landline with its area code, as 021-6438 1234.',
    '/begin/committee committee': 'Please choose a committee.',
    '/begin/committee phone':
      'Please enter a number that can be called: a mobile, or a landline with its area code, as 021-6438 1234.',
  },

  acting: (name, until) => `You act for ${name} · until ${until}`,
  actingBack: 'Back to myself',

  codeTitle: 'Enter the code',
  codeLine:
    'A text message is on its way to the number you gave. It lasts five minutes; tell nobody.',
  code: 'Six digits',
  enter: 'Sign in',
  again: 'It has not come; enter the number again',

  said: {
    'organisation-unknown': {
      title: 'Nobody has opened this sign-in here',
      line: 'Please ask the duty officer of your street for an invitation, open it, and link your organisation there.',
    },
    'organisation-refused': {
      title: 'You are not signed in',
      line: 'The organisation’s answer could not be confirmed, or it came too late. Please try again from the sign-in page.',
    },
    'organisation-declined': {
      title: 'The organisation said no',
      line: 'The sign-in was cancelled or refused. Please try again, or ask whoever runs it.',
    },
    'organisation-taken': {
      title: 'This sign-in belongs to somebody else',
      line: 'One sign-in there opens one person’s door. Please use your own.',
    },
    'organisation-away': {
      title: 'The organisation cannot be reached',
      line: 'Please try again in some minutes, or use a passkey.',
    },
  },
  toSignIn: 'To the sign-in page',

  goodbyeTitle: 'Your account is closed',
  goodbyeLine:
    'You are signed out everywhere. You stay registered here, and the committee’s counter helps you as before.',
  goodbyeAgain: 'You can come again: ask the committee for another letter and sign in anew.',

  keysTitle: 'Sign-in and devices',
  keysLine: 'Everything that can come in under your name. What you do not know, end at once.',
  passkeys: 'Passkeys',
  noPasskeys: 'None yet. With one you sign in without a text message.',
  addPasskey: 'Make one on this device',
  firstKey:
    'Please make a passkey now, or link your organisation: the invitation works once, and next time you need one of them.',
  passkeyNames: {
    phone: 'Phone',
    tablet: 'Tablet',
    computer: 'Computer',
    'work-computer': 'Computer at work',
    key: 'Security key',
    other: 'Another device',
  },
  passkeyMade: (at) => `Made ${at}`,
  passkeyUsed: (at) => `used ${at}`,
  neverUsed: 'not used yet',
  synced: 'goes along to your other devices',
  blocked: 'Blocked: it may have been copied. Please remove it',
  rename: 'Rename',
  renameLabel: (name) => `Rename “${name}”`,
  remove: 'Remove',
  removeLabel: (name) => `Remove the passkey “${name}”`,
  organisation: 'Organisation',
  linkOrganisation: (name) => `Link ${name}`,
  unlinkOrganisation: 'Unlink the organisation',
  devices: 'Where you are signed in',
  deviceNames: {
    iphone: 'iPhone',
    ipad: 'iPad',
    android: 'Android phone',
    harmony: 'Harmony device',
    windows: 'Windows computer',
    mac: 'Mac',
    linux: 'Linux computer',
    wechat: 'WeChat',
    other: 'Another device',
  },
  openedBy: {
    link: 'a link',
    code: 'a text message',
    passkey: 'a passkey',
    oidc: 'the organisation',
  },
  deviceLine: (by, at) => `Signed in by ${by} · used ${at}`,
  thisDevice: 'This one',
  end: 'End it',
  endLabel: (name) => `End it: ${name}`,
  endOthers: 'End all others',
  keysInPerson:
    'Sign-in and devices are each person’s own and do not open while you act for somebody. Go back to yourself first.',
  guideWaits: 'The first steps here are not done yet.',
  toGuide: 'Back to the guide',
  notSignedIn: 'Please sign in to see your devices.',

  stepUpTitle: 'Please confirm it is you',
  stepUpLine: 'What comes next is sensitive. Show once more that it is you; it lasts ten minutes.',
  stepUpDone: (until, isBack) =>
    `Confirmed until ${until}.${isBack ? '' : ' Please go back to the page you came from.'}`,
  stepUpActing:
    'What is sensitive does not open while you act for somebody. Go back to yourself, then confirm.',
  stepUpDoneTitle: 'It is you',
  stepUpBack: 'Back to where I was',
  stepUpPasskey: 'Confirm with a passkey',
  stepUpOrganisation: 'Confirm with the organisation',
  stepUpCode: 'Send a code to my phone',
  stepUpNone:
    'This account has no way to confirm yet. Please make a passkey under “Sign-in and devices”.',
  stepUpUse: 'Confirm',

  beginTitle: 'Begin with Lilong',
  beginLine:
    'Three steps: choose the street and enter yourself; make a passkey; add committees or import the register.',
  beginNoLink: 'This begins with the link that was printed at the start. If it has expired, run:',
  beginCommand: 'npm run lilong -- owner link',
  beginOther:
    'This is done once, by the duty officer who opened the owner’s link. Nothing waits for you here.',
  beginFirstTitle: 'The guide comes first',
  beginFirstLine:
    'You came by the owner’s link, and no street is open yet, so this page is not. Please go back and take the first step.',
  stepStreet: 'Step 1 · The street, and you',
  chooseDistrict: 'Choose the district, then the street:',
  street: 'Street or town',
  pickStreet: 'Please choose',
  ownName: 'Your name',
  ownPhone: 'Duty phone',
  ownPhoneHelp: 'The street’s duty officer is reached here, too.',
  found: 'Open this street',
  otherDistrict: 'Another district',
  stepStreetDone: (name) => `${name} is open, and you are its first duty officer.`,
  stepKey: 'Step 2 · A passkey',
  stepKeyLine: 'There is no password. You sign in by finger, face or device code on this device.',
  stepKeyDone: 'You have one.',
  stepCommittee: 'Step 3 · Committees',
  committees: (count, names = []) => {
    if (count === 0) return 'None yet. Add those that begin now; more can come at any time.'
    const said = count === 1 ? '1 committee is here' : `${count} committees are here`
    return `${said}${names.length > 0 ? `: ${names.join('; ')}` : ''}.`
  },
  pickCommittee: 'Please choose',
  committee: 'Committee',
  committeePhone: 'Its telephone',
  addCommittee: 'Add this committee',
  chooseCommittee: 'Choose a committee',
  orImport: 'Buildings, homes and residents can be imported from Excel or CSV at once.',
  toImport: 'To the register',
  toDesk: 'Open the desk',

  inviteTitle: 'Invite a colleague',
  inviteLine:
    'Make a sign-in link for a colleague in a post and give it to them in person: it lasts 24 hours and works once. A new one ends the one before. They see it in the book of looks.',
  inviteFirst:
    'Somebody is missing? Import “Staff and posts” into the register first, then make their link here.',
  toImportStaff: 'To the import',
  inviteWho: 'Colleagues are invited by a duty officer of the street.',
  invite: 'Make a link',
  inviteLabel: (name) => `Make a link: ${name}`,
  inviteMade: (name, until) => `The link for ${name} is shown once and lasts until ${until}:`,

  authoritiesLine:
    'An authority that asks for the data of a person or a home says who it is, by which law and which document. Two officers decide, for one person or one home at a time. Only how often it happened stands here, by quarter.',
  authoritiesNone: 'Not once so far.',
  quarter: (quarter) => `Quarter ${quarter.slice(-1)} of ${quarter.slice(0, 4)}`,
  authoritiesAsked: (asked) => (asked === 1 ? 'Asked once' : `Asked ${asked} times`),
  authoritiesBecame: ({ approved, refused, given, delayed }) =>
    `${approved} approved, ${refused} refused, ${given} given, ${delayed} where the person is not told yet`,
  authoritiesTold:
    'Where data were given, the person reads it in “who looked at my data” after a year at the latest.',
}
