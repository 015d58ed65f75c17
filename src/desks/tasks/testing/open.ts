import { randomUUID } from 'node:crypto'
import type { SmallStreet, Streets } from '../../../../tests/rig/streets.ts'
import { isFault } from '../../../kernel/fault.ts'
import type { PlaceCode, TaskId } from '../../../kernel/ids.ts'
import { openTask } from '../actions.ts'
import type { Asked } from '../types.ts'

/** What a rule asks for in the first home of a street. */
export function asked({ homes, elder }: SmallStreet, wish: Partial<Asked> = {}): Asked {
  return {
    ...{ kind: 'care-visit', rule: 'care-silence', ruleVersion: 1, subject: randomUUID() },
    ...{ place: homes[0] as PlaceCode, person: elder.person },
    facts: {
      ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
      ...{ gateway: null, heardAt: null },
    },
    ...wish,
  }
}

/** Opens a task in street a, due in two hours. */
export async function opened(town: Streets, wish: Partial<Asked> = {}): Promise<TaskId> {
  const { given } = town.program
  const { street } = town.a
  const made = await given.db.inStreet({ street }, (tx) =>
    openTask(given, tx, street, asked(town.a, wish), { count: 2, kind: 'hour' }),
  )
  if (isFault(made)) throw new Error(made.fault)
  return made.task
}
