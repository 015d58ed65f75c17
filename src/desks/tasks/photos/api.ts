import { Type } from 'typebox'
import { closed, endpoint, id, oneOf, rowId, staffRoles, text } from '../../../kernel/contract.ts'
import { photoBase64Max, photoForms } from './types.ts'

/** A picture of the matter, never of a person. The page draws it anew, so that nothing clings. */
export const addPhoto = endpoint({
  post: '/tasks/photo',
  says: 'Adds a picture of the matter to a hazard, a repair or a check of a home',
  who: staffRoles,
  sees: [],
  why: 'task',
  bodyBytesMax: photoBase64Max + 4_096,
  input: closed({
    task: id('task'),
    /** What is to be seen, for those who cannot see it. */
    says: text({ min: 1, max: 120 }),
    bytes: Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: photoBase64Max }),
  }),
  output: closed({ photo: rowId() }),
})

export const showPhoto = endpoint({
  get: '/tasks/photo',
  says: 'One picture of a task that the asker is concerned in',
  who: staffRoles,
  sees: [],
  why: 'task',
  input: closed({ photo: rowId() }),
  output: closed({ form: oneOf(photoForms), says: Type.String(), bytes: Type.String() }),
})
