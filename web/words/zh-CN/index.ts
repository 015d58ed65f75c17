/** All words in Chinese, by room. */
import { care } from './care.ts'
import { delivery } from './delivery.ts'
import { duties } from './duties.ts'
import { identity } from './identity.ts'
import { people } from './people.ts'
import { places } from './places.ts'
import { privacy } from './privacy.ts'
import { sensing } from './sensing.ts'
import { tasks } from './tasks.ts'
import { ui } from './ui.ts'

export const chinese = {
  care,
  delivery,
  duties,
  identity,
  people,
  places,
  privacy,
  sensing,
  tasks,
  ui,
}
