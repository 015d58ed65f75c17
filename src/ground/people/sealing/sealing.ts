import type { Given } from '../../../platform/given.ts'
import type { SealedPart } from '../../../platform/seal/index.ts'
import { cellOfChange } from '../changes/index.ts'
import { addNumbers, cellOfNumber, phoneIn } from '../numbers/index.ts'
import { indexPeople, indexTheRest } from '../searching/index.ts'
import * as store from './store.ts'

const batchSize = 500

/**
 * Before the doors open: telephones that an older version kept in clear are sealed, and whoever
 * could not be searched yet gets their words. Killed midway it goes on at the next start.
 */
export async function sealWhatIsClear(given: Given): Promise<number> {
  let done = 0
  for (;;) {
    const clear = await given.db.asOwner((tx) => store.clearPhones(tx, batchSize))
    if (clear.length === 0) break
    for (const [street, people] of Map.groupBy(clear, (one) => one.street)) {
      await given.db.inStreet({ street, committees: '*' }, async (tx) => {
        const numbers = people.map(({ person, phone }) => {
          return { person, kind: 'phone' as const, number: phoneIn(phone) ?? phone.trim() }
        })
        await addNumbers(given, tx, street, numbers)
        const ids = people.map(({ person }) => person)
        await store.forgetClear(tx, ids)
        await indexPeople(given, tx, street, ids)
      })
    }
    done += clear.length
  }
  if (done > 0) await store.rewriteTable(given.db)
  await given.db.asOwner((tx) => store.validateSealed(tx))
  await indexTheRest(given)
  return done
}

/** Numbers of the register, and those that wait to take their place. */
export function sealedParts(given: () => Given): SealedPart[] {
  return [
    {
      name: 'people.number',
      keys: (tx) => store.keysIn(tx),
      reseal: async (most) => (await resealNumbers(given(), most)) || resealChanges(given(), most),
    },
  ]
}

/** With the words for their last four: these are made with the same ring. */
async function resealNumbers(given: Given, most: number): Promise<number> {
  const older = given.seal.older()
  const whose = await given.db.asOwner((tx) => store.peopleOfKeys(tx, older, most))
  for (const [street, people] of Map.groupBy(whose, (one) => one.street)) {
    const ids = people.map(({ person }) => person)
    await given.db.inStreet({ street, committees: '*' }, async (tx) => {
      const held = await store.numbersHeld(tx, ids, older)
      const numbers = held.map(({ person, kind, sealed, key }) => {
        return { person, kind, number: given.seal.open(cellOfNumber(person, kind), sealed, key) }
      })
      await addNumbers(given, tx, street, numbers)
      await indexPeople(given, tx, street, ids)
    })
  }
  return whose.length
}

async function resealChanges({ db, seal }: Given, most: number): Promise<number> {
  return db.asOwner(async (tx) => {
    const held = await store.changesHeld(tx, seal.older(), most)
    for (const { change, sealed, key } of held) {
      const cell = cellOfChange(change)
      await store.putChange(tx, { change, ...seal.close(cell, seal.open(cell, sealed, key)) })
    }
    return held.length
  })
}
