/** What a person wrote about their contacts, before it is fit to be sent. */

import type { Input } from '../../src/kernel/endpoint.ts'
import type { setContacts } from '../../src/watch/care/api.ts'

export type Contact = Input<typeof setContacts>['contacts'][number]
export type ContactProblems = { [Field in keyof Contact]?: true }

export const contactsMax = 3

export const blankContact: Contact = { name: '', relation: '', phone: '' }

const lengthMax = { name: 40, relation: 20, callsMe: 20 }
const phoneShape = /^[0-9+][0-9 -]{4,19}$/

/** Rows left empty are left out. `problems` has one entry a row, in order; null: all is well. */
export function checkContacts(drafts: readonly Contact[]): {
  contacts: Contact[]
  problems: ContactProblems[] | null
} {
  const tidied = drafts.map(tidy)
  const problems = tidied.map((draft) => (isBlank(draft) ? {} : problemsOf(draft)))
  const isWell = problems.every((row) => Object.keys(row).length === 0)
  return {
    contacts: tidied.filter((draft) => !isBlank(draft)),
    problems: isWell ? null : problems,
  }
}

/** Full-width digits and long dashes are what Chinese keyboards write. */
function tidy(draft: Contact): Contact {
  const callsMe = (draft.callsMe ?? '').trim()
  return {
    name: draft.name.trim(),
    relation: draft.relation.trim(),
    phone: draft.phone
      .normalize('NFKC')
      .replace(/[\u2010-\u2015]/g, '-')
      .trim(),
    ...(callsMe === '' ? {} : { callsMe }),
    ...(draft.hasKey ? { hasKey: true } : {}),
  }
}

/** A name they call the person by, or a key, is somebody's: then the rest is asked for. */
function isBlank(draft: Contact): boolean {
  const isNobody = draft.name === '' && draft.relation === '' && draft.phone === ''
  return isNobody && draft.callsMe === undefined && !draft.hasKey
}

function problemsOf(draft: Contact): ContactProblems {
  const wrong: ContactProblems = {}
  if (draft.name === '' || draft.name.length > lengthMax.name) wrong.name = true
  if (draft.relation === '' || draft.relation.length > lengthMax.relation) wrong.relation = true
  if (!phoneShape.test(draft.phone)) wrong.phone = true
  if ((draft.callsMe ?? '').length > lengthMax.callsMe) wrong.callsMe = true
  return wrong
}
