/** What all residents’ pages may say: their start, and for whom one acts. */
export const resident: typeof import('../zh-CN/resident.ts').resident = {
  home: {
    greetings: {
      morning: 'Good morning',
      noon: 'Good day',
      afternoon: 'Good afternoon',
      evening: 'Good evening',
    },
    waiting: (greeting: string, count: number) =>
      count === 0
        ? `${greeting}, nothing waits for you`
        : `${greeting}, ${count === 1 ? 'one thing waits' : `${count} things wait`} for you`,
    waitingHead: 'Waiting for me',
    doorsHead: 'What I want to do',
    moreHead: 'Also',
    care: 'Care',
    careOff: 'Not switched on',
    careUnknown: 'Open to see',
    visitors: 'Visitors',
    visitorsLine: 'One door, some hours',
    helpers: 'Helpers',
    helpersLine: 'Who may act for me, and I for whom',
    myHome: 'My home',
    myHomeLine: 'Household, what I own, my numbers',
    proveHome: 'Prove that you live here',
    proveHomeLine: 'By a letter, at the station, or by your household',
    looks: 'Who looked at my data',
    looksLine: 'Every single time is noted',
    myData: 'My data',
    myDataLine: 'Read all of it, take it along, correct, erase',
    report: 'Report',
    reportLine: 'Stairways, fire lanes, charging',
    devices: 'My devices',
    devicesLine: 'Where you are signed in; one tap ends it',
    toStreet: (street: string) => `To ${street}`,
    accountLine: 'You signed in by your telephone. Where you live is not known yet.',
    answerHead: 'Somebody of your household asks you',
  },
  acting: {
    says: (name: string, until: string) => `You are acting for ${name} · until ${until}`,
    back: 'Be myself again',
  },
}
