/** The rules of consent and access, and the tests that must notice when one is written wrong. */

export type Subject = {
  file: string
  /** Functions and constants; nothing: all of the file. */
  parts?: readonly string[]
  tests: readonly string[]
  /** Of the tests by name, where a file has many others that take long. */
  names?: string
  /** False where words are names of columns. */
  words?: boolean
}

const privacy = 'src/ground/privacy'

export const subjects: readonly Subject[] = [
  {
    file: 'src/kernel/access.ts',
    parts: ['everyStaff', 'mayCall', 'levels', 'reachesLevel'],
    tests: ['src/kernel/access.test.ts'],
  },
  { file: 'src/kernel/asker.ts', tests: ['src/kernel/asker.test.ts'] },
  {
    file: 'src/platform/http.ts',
    parts: [
      ...['ask', 'looksByHand', 'refusedByContract', 'refusedAtTheDoor', 'isFromAnotherSite'],
      ...['isFromOurPage', 'isForeign', 'writeLooks', 'personOf', 'lookerOf'],
    ],
    tests: ['src/platform/door.test.ts', 'src/platform/http.test.ts'],
  },
  pure('consents', 'standing'),
  pure('purposes'),
  pure('requests'),
  pure('asking'),
  pure('reviewing'),
  {
    file: `${privacy}/writing/together.ts`,
    tests: [`${privacy}/writing/together.test.ts`],
  },
  {
    file: `${privacy}/consents/consents.ts`,
    tests: [`${privacy}/consents/gate.test.ts`, `${privacy}/consents/consents.test.ts`],
  },
  {
    file: `${privacy}/consents/store.ts`,
    parts: [
      ...['stands', 'hasOldWords', 'isSwitchedOn', 'proof', 'addConsent', 'findConsent'],
      ...['liveConsents', 'giverOf', 'endConsent', 'endAgain', 'expiredConsents', 'endAllIn'],
      ...['renew', 'saveRefusal', 'dropRefusal', 'notAskedUntil', 'notAsked'],
      ...['deleteRefusalsOver', 'deleteConsentsBefore'],
    ],
    // The last one knows what happens at the moment of a switch.
    tests: [
      ...[`${privacy}/consents/gate.test.ts`, `${privacy}/consents/consents.test.ts`],
      `${privacy}/purposes/purposes.test.ts`,
    ],
    words: false,
  },
  {
    file: `${privacy}/consents/own.ts`,
    tests: [`${privacy}/consents/consents.test.ts`],
  },
  {
    file: `${privacy}/purposes/purposes.ts`,
    parts: ['writeImpact', 'switchPurpose', 'endEverything', 'officerAsking'],
    tests: [`${privacy}/purposes/purposes.test.ts`],
  },
]

/** What a room decides by itself, without a database. `more`: tests beside those of that name. */
function pure(folder: string, ...more: string[]): Subject {
  const tests = ['decide', ...more].map((name) => `${privacy}/${folder}/${name}.test.ts`)
  return { file: `${privacy}/${folder}/decide.ts`, tests }
}

const freshness =
  "if (contract.stepUp && isStaff && (steppedUpUntil ?? 0) <= now) return fault('step-up-needed')"

const fewerThanTen = 'fewer than ten are not told'

const aRow = 'a statement without a table always answers with one row'

/** A change that nobody can notice, and why. `text`: the line as it is written. */
export type Equivalent = { file: string; text: string; was: string; becomes: string; why: string }

export const equivalents: readonly Equivalent[] = [
  {
    file: 'src/platform/http.ts',
    text: "const asker = askers.get(request) ?? { kind: 'nobody' }",
    was: "askers.get(request) ?? { kind: 'nobody' }",
    becomes: 'askers.get(request)',
    why: 'the door has always said who asks before the handler runs',
  },
  {
    file: 'src/platform/http.ts',
    text: "const asker = askers.get(request) ?? { kind: 'nobody' }",
    was: "'nobody'",
    becomes: "'another'",
    why: 'the same',
  },
  {
    file: 'src/platform/http.ts',
    text: freshness,
    was: 'steppedUpUntil ?? 0',
    becomes: 'steppedUpUntil',
    why: 'null is compared as 0',
  },
  {
    ...{ file: 'src/platform/http.ts', text: freshness, was: '0', becomes: '1' },
    why: 'no clock stands in the first millisecond of 1970',
  },
  {
    file: 'src/platform/http.ts',
    text: "const isForeign = by.kind === 'operator' || by.kind === 'helper'",
    was: "'operator'",
    becomes: "'another'",
    why: 'an operator is no person, so that no look is at themselves',
  },
  {
    file: 'src/platform/http.ts',
    text: "return asker.kind === 'person' ? asker.person : undefined",
    was: "asker.kind === 'person'",
    becomes: '(true)',
    why: 'whoever is no person has none either',
  },
  {
    file: `${privacy}/consents/decide.ts`,
    text: 'const refusedUntil = known.notAskedUntil ?? 0',
    was: '0',
    becomes: '1',
    why: 'no clock stands in the first millisecond of 1970',
  },
  {
    file: `${privacy}/requests/decide.ts`,
    text: 'const judged = judgeRequest(request, { ...asked, person: null, isMinor: false })',
    was: 'false',
    becomes: 'true',
    why: 'whether somebody is a minor is asked of a person, and here is none',
  },
  {
    file: `${privacy}/reviewing/decide.ts`,
    text: 'return Number.parseInt(salt.slice(0, 8), 16) % limits.drawnOneIn === 0',
    was: '.slice(0, 8)',
    becomes: '',
    why: 'a number is read up to the first dash, which is the ninth letter',
  },
  {
    file: `${privacy}/reviewing/decide.ts`,
    text: 'return Number.parseInt(salt.slice(0, 8), 16) % limits.drawnOneIn === 0',
    was: '8',
    becomes: '9',
    why: 'the same',
  },
  {
    ...{ file: `${privacy}/reviewing/decide.ts`, text: 'if (byPost === null) return true' },
    ...{ was: 'byPost === null', becomes: 'false' },
    why: 'no post is no reviewer’s, and of none a body is known',
  },
  {
    ...{ file: `${privacy}/writing/together.ts`, text: 'const aMoment = () => pause(5)' },
    ...{ was: '5', becomes: '6', why: 'how long is a measurement, and no promise' },
  },
  {
    ...{ file: `${privacy}/writing/together.ts`, text: 'const aMoment = () => pause(5)' },
    ...{ was: 'pause(5)', becomes: 'undefined', why: 'the same' },
  },
  {
    ...{ file: `${privacy}/consents/store.ts`, text: 'return rows[0]?.on ?? false' },
    ...{ was: 'rows[0]?.on ?? false', becomes: 'rows[0]?.on', why: aRow },
  },
  {
    ...{ file: `${privacy}/consents/store.ts`, text: 'return rows[0]?.on ?? false' },
    ...{ was: 'false', becomes: 'true', why: aRow },
  },
  {
    ...{ file: `${privacy}/purposes/purposes.ts`, text: 'if (!isByConsent(purpose)) return 0' },
    ...{ was: '!isByConsent(purpose)', becomes: 'false' },
    why: 'nobody agrees to what is not by consent, so that there is nothing to end',
  },
  {
    ...{ file: `${privacy}/purposes/purposes.ts`, text: 'if (!isByConsent(purpose)) return 0' },
    ...{ was: '0', becomes: '1', why: fewerThanTen },
  },
  {
    file: `${privacy}/purposes/purposes.ts`,
    text: 'const ended = isOn ? 0 : await endEverything(given, tx, { street, purpose, stops })',
    ...{ was: '0', becomes: '1', why: fewerThanTen },
  },
]
