import type { PartKey } from '../../src/ground/privacy/index.ts'

/**
 * Every table that knows a person, and in which part of their copy it is told; or why it is not.
 * Whoever adds a table says so here.
 */
export const copied: Readonly<Record<string, PartKey | { not: string }>> = {
  'care.asked_contact': 'questions',
  'care.offer': 'offers',
  'care.plan': 'care',
  'care.question': 'questions',
  'delivery.note': 'messages',
  'delivery.subscription': 'browsers',
  'duties.post': 'posts',
  'identity.ceremony': { not: 'a challenge for one browser, five minutes' },
  'identity.claim': 'proofs',
  'identity.grant': 'grants',
  'identity.grant_code': { not: 'a secret of one day, of which only a hash is kept' },
  'identity.link': { not: 'a secret of one day, of which only a hash is kept' },
  'identity.oidc_subject': 'account',
  'identity.opening': { not: 'a secret of one day, of which only a hash is kept' },
  'identity.pass': 'passes',
  'identity.passkey': 'account',
  'identity.session': 'signed-in',
  'identity.shown_code': { not: 'six digits for minutes, of which only a hash is kept' },
  'identity.standing': 'account',
  'identity.vouching': 'proofs',
  'people.number': 'numbers',
  'people.number_change': 'number-changes',
  'people.ownership': 'shares',
  'people.person': 'person',
  'people.residence': 'homes',
  'people.search_entry': { not: 'words to be found by, made of the parts of the register' },
  'privacy.authority_request': 'authorities',
  'privacy.consent': 'consents',
  'privacy.impact': { not: 'about a purpose: which post wrote it, in the name of the street' },
  'privacy.look': 'looks',
  'privacy.look_review': { not: 'about a look: who reviewed it, in the name of the street' },
  'privacy.own_request': 'own-requests',
  'privacy.purpose_switch': { not: 'about a purpose: which post switched it, for the street' },
  'privacy.question': 'looks-asked',
  'privacy.refusal': 'refusals',
  'privacy.request': 'requests',
  'scenarios.watch': 'watch',
  'tasks.concerned': 'own-work',
  'tasks.task': 'visits',
}

/** What still names somebody after all of it was erased: ids, a time and a closed word. */
export const staysOf: Readonly<Record<string, string>> = {
  'privacy.consent': 'proof that they agreed and that it ended, three years',
  'privacy.look': 'the book of who looked, three years; nobody can shorten it',
  'privacy.erasure': 'that a restored backup must forget them again',
  'privacy.own_request': 'that they asked, and in what time it was answered, three years',
  'privacy.request': 'that somebody said why they looked, as long as the look',
  'privacy.authority_request': 'that an authority asked, as long as the look',
  'privacy.question': 'that they asked about a look, as long as the look',
}
