import { describe, expect, test } from 'vitest'
import type { StaffRole } from './access.ts'
import { committeesOf, handRelations, never, ownsElsewhere, rolesOf, vouchedFor } from './asker.ts'
import type { Asker, Hand, SignedIn, SignIn } from './asker.ts'
import type { AccountId, CommitteeCode, HomeCode, PersonId, PostId, StreetCode } from './ids.ts'

const home = '310104011013-01-26-501' as HomeCode
const committee = '310104011013' as CommitteeCode
const account = 'account' as AccountId
const hand: Hand = { grant: 'g', account: 'daughter' as AccountId, relation: 'child' }

function person(facts: {
  home?: HomeCode | null
  role?: StaffRole
  of?: CommitteeCode | null
  signIn?: Partial<SignIn>
}): SignedIn {
  const { role, of = committee } = facts
  const post = role && { id: 'q' as PostId, role, title: '', unit: '', committee: of }
  return {
    ...{ kind: 'person', person: 'p' as PersonId, street: '310104011' as StreetCode },
    ...{ home: facts.home ?? null, post: post ?? null },
    signIn: { ...vouchedFor, level: 'resident', ...facts.signIn },
  }
}

describe('roles', () => {
  test.each<[string, Asker, string[]]>([
    ['nobody', { kind: 'nobody' }, ['anyone']],
    ['the operator', { kind: 'operator' }, ['anyone', 'operator']],
    ['a telephone', { kind: 'account', account, session: 's' }, ['anyone', 'account']],
    ['somebody who lives here', person({ home }), ['anyone', 'resident']],
    ['who neither lives nor works here', person({}), ['anyone']],
    ['who only works here', person({ role: 'street' }), ['anyone', 'street']],
    ['who does both', person({ home, role: 'clinic' }), ['anyone', 'resident', 'clinic']],
    [
      ...(['who signed in by telephone', person({ home, signIn: { account } })] as const),
      ['anyone', 'account', 'resident'],
    ],
    [
      ...(['an owner who lives elsewhere'] as const),
      ...([person({ signIn: { account, level: 'owner' } })] as const),
      ['anyone', 'account', 'resident'],
    ],
  ])('of %s', (_, asker, roles) => {
    expect(rolesOf(asker)).toEqual(roles)
  })

  test('a hand has the home of whom it acts for, and neither their account nor their post', () => {
    const acting = person({ home, role: 'committee', signIn: { account, hand } })
    expect(rolesOf(acting)).toEqual(['anyone', 'resident'])
  })
})

describe('who owns here and lives elsewhere', () => {
  const owner = { account, level: 'owner' } as const
  test.each<[string, Asker, boolean]>([
    ['has proven it by their account', person({ signIn: owner }), true],
    ['lives here as well', person({ home, signIn: owner }), false],
    ['has proven less', person({ signIn: { account, level: 'resident' } }), false],
    ['has no account of their own', person({ signIn: { ...owner, account: null } }), false],
    ['is no person here', { kind: 'account', account, session: 's' }, false],
    ['is nobody', { kind: 'nobody' }, false],
  ])('%s', (_, asker, owns) => {
    expect(ownsElsewhere(asker)).toBe(owns)
  })
})

test.each<[string, SignedIn, unknown]>([
  ['an officer of the street touches all', person({ role: 'street', of: null }), '*'],
  ['a worker of a committee touches its own', person({ role: 'committee' }), [committee]],
  ['one of no committee touches none', person({ role: 'committee', of: null }), []],
  ['who works elsewhere touches none', person({ role: 'property' }), []],
  ['who only lives here touches none', person({ home }), []],
])('%s', (_, asker, committees) => {
  expect(committeesOf(asker)).toEqual(committees)
})

test('a program and the operator’s token vouch for everything but a hand', () => {
  expect(vouchedFor).toEqual({
    ...{ account: null, session: null, level: 'owner', steppedUpUntil: null, hand: null },
  })
})

test('whoever acts for somebody is to them one of four things', () => {
  expect(handRelations).toEqual(['child', 'kin', 'volunteer', 'clerk'])
})

test('what is in no closed list ends loudly', () => {
  expect(() => never('stranger' as never)).toThrow('not in the closed list: "stranger"')
  expect(() => rolesOf({ kind: 'stranger' } as unknown as Asker)).toThrow('closed list')
})
