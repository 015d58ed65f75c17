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
  pure('consents'),
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
    tests: [`${privacy}/consents/gate.test.ts`, `${privacy}/consents/consents.test.ts`],
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

/** What a room decides by itself, without a database. */
function pure(folder: string): Subject {
  const path = `${privacy}/${folder}/decide`
  return { file: `${path}.ts`, tests: [`${path}.test.ts`] }
}

const freshness =
  "if (contract.stepUp && isStaff && (steppedUpUntil ?? 0) <= now) return fault('step-up-needed')"

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
]
