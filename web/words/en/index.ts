/** All words in English, by room. */
import type { chinese } from '../zh-CN/index.ts'
import { care } from './care.ts'
import { delivery } from './delivery.ts'
import { identity } from './identity.ts'
import { people } from './people.ts'
import { places } from './places.ts'
import { privacy } from './privacy.ts'
import { ui } from './ui.ts'

export const english: typeof chinese = {
  care,
  delivery,
  identity,
  people,
  places,
  privacy,
  ui,
}
