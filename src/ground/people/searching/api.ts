import { Type } from 'typebox'
import { closed, endpoint, id, maybe, oneOf, rowId, text } from '../../../kernel/contract.ts'
import { placeShape } from '../../places/api.ts'
import { hitsMax } from './types.ts'

/**
 * A name or one surname, pinyin or its initials, an address as people write it, the last four of a
 * telephone or identity number; several words narrow it. Posted: names belong in no address.
 */
export const searchPeople = endpoint({
  post: '/people/search',
  says: 'Finds people of the asker’s own committee or street by name, pinyin, address or last four digits',
  who: { committee: 'committee', street: 'street' },
  sees: ['name', 'address', 'phone', 'id-number'],
  why: 'register',
  how: 'search',
  finds: true,
  input: closed({ words: text({ min: 1, max: 60 }), request: rowId() }),
  output: closed({
    hits: Type.Array(
      closed({
        person: id('person'),
        name: Type.String(),
        /** Null: no home in the street. */
        place: maybe(placeShape),
        /** Masked, and only where it is what was looked for. */
        matched: maybe(closed({ kind: oneOf(['phone', 'id-number']), masked: Type.String() })),
      }),
      { maxItems: hitsMax },
    ),
    /** There are more than these: say more words. */
    hasMore: Type.Boolean(),
  }),
})
