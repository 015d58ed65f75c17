export const identity: typeof import('../zh-CN/identity.ts').identity = {
  signInTitle: 'Sign in to Lilong',
  whatItIs:
    'Lilong helps a street and its neighbourhood committees do what has to be done and drop nothing. Residents see here who looked at their data and why, and can take back their consent at any time.',
  howToEnter:
    'There are no passwords, and nobody is listed here. Please ask your neighbourhood committee for a one-time sign-in link.',
  howToEnterDemo:
    'Example town: whoever runs the program makes a link with the line below. Open what it prints.',
  demoCommand: 'npm run lilong -- sign-in-link --as NAME',

  enterTitle: 'Enter Lilong',
  enterLine:
    'This link is for you alone and works once. Press the button and this device is signed in.',
  enter: 'Enter',
  linkUsedTitle: 'This link cannot be used any more',
  linkUsedLine:
    'It was used already, or is older than 24 hours. Please ask whoever gave it to you for another.',

  notAllowedTitle: 'This page is not for your post',
  notAllowedLine: 'You are signed in, but this page belongs to another post. Nothing was opened.',
  failedTitle: 'This page could not be made',
  failedLine: 'The program failed and has noted it. Please try again in a while.',
  toStart: 'To the start',

  titles: {
    keys: 'Sign-in and devices',
    stepUp: 'Confirm it is you',
    invite: 'Invite a colleague',
    begin: 'Begin',
    home: 'Home',
    visitors: 'Visitors',
    report: 'Report something',
    pass: 'Visitor’s pass',
    helpers: 'Helpers',
    myHome: 'My home',
    myData: 'My data',
    door: 'At the door',
  },
  meTitle: 'Me',
  name: 'Name',
  post: 'Post',
  unit: 'Unit',
  street: 'Street',
  home: 'Home',
  language: 'Language',
  signOutLine: 'After signing out, no task can be seen on this device.',
}
