import type { Asker } from '../../../kernel/asker.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId, TaskId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { believedDoneAt } from '../acting/index.ts'
import { concernedIn } from '../changing/index.ts'
import type * as api from '../api.ts'
import { taskToChange } from '../store.ts'
import { photographed, photosMax } from '../types.ts'
import { formOf } from './decide.ts'
import * as store from './store.ts'

export async function addPhoto(
  given: Given,
  asker: Asker,
  input: Input<typeof api.addPhoto>,
): Promise<Output<typeof api.addPhoto> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const bytes = Buffer.from(input.bytes, 'base64')
  const form = formOf(bytes)
  if (isFault(form)) return form
  const { person: actor, street } = asker
  return given.db.inStreet(asker, async (tx) => {
    const task = await taskToChange(tx, input.task)
    if (!task || !(await isConcerned(tx, task.task, actor))) return fault('not-found', 'task')
    if (!photographed.has(task.kind)) return fault('not-allowed', 'task')
    const { key } = input
    const sent = key === undefined ? undefined : await store.photoNamed(tx, key)
    // sent again by a telephone that did not hear the answer
    if (key !== undefined && sent) {
      const isSame = sent.task === task.task && sent.actor === actor
      return isSame ? { photo: key } : fault('bad-input', 'key')
    }
    if (task.state === 'closed') return fault('moved-on')
    if ((await store.photosOf(tx, task.task)).length >= photosMax) return fault('too-many')
    const id = key ?? given.newId<string>()
    const { says } = input
    const now = given.clock.now()
    const takenAt = believedDoneAt(input.takenAt, task, now) ?? now
    await store.addPhoto(tx, { street, id, task: task.task, takenAt, actor, bytes, says })
    return { photo: id }
  })
}

export async function showPhoto(
  given: Given,
  asker: Asker,
  { photo }: Input<typeof api.showPhoto>,
): Promise<Output<typeof api.showPhoto> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return given.db.inStreet(asker, async (tx) => {
    const found = await store.photoNamed(tx, photo)
    const isSeen = found && (await isConcerned(tx, found.task as TaskId, asker.person))
    if (!found || !isSeen) return fault('not-found', 'photo')
    const form = formOf(found.bytes)
    if (isFault(form)) throw new Error('a picture that was taken in is none any more')
    return { form, says: found.says, bytes: found.bytes.toString('base64') }
  })
}

async function isConcerned(tx: Tx, task: TaskId, who: PersonId): Promise<boolean> {
  const concerned = (await concernedIn(tx, [task])).get(task) ?? []
  return concerned.some(({ person, part }) => person === who && part !== 'declined')
}
