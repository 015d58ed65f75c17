/** All words in Chinese, by room. */
import { care } from './care.ts'
import { delivery } from './delivery.ts'
import { identity } from './identity.ts'
import { people } from './people.ts'
import { places } from './places.ts'
import { privacy } from './privacy.ts'
import { ui } from './ui.ts'

export const chinese = {
  care,
  delivery,
  identity,
  people,
  places,
  privacy,
  ui,
}
