import type { FastifyInstance } from 'fastify'
import type { Given } from '../../platform/given.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import type { Rotation } from '../../platform/seal/index.ts'
import { addPeople, addPerson } from './actions.ts'
import * as api from './api.ts'
import * as changing from './changes/api.ts'
import { confirmNumber, decideNumber, numberChanges, setNumber } from './changes/index.ts'
import { openCountRoutes } from './counting/index.ts'
import { openKeyRoutes } from './keys/index.ts'
import * as kept from './keeping/api.ts'
import { myHome, registerMove, setArea, setOwnership, tenureRights } from './keeping/index.ts'
import * as page from './person/api.ts'
import { openPerson, showNumber, type Above } from './person/index.ts'
import * as finding from './searching/api.ts'
import { searchPeople } from './searching/index.ts'

export function openRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  above: Above & { keys: Rotation },
): void {
  serve(app, doorway, 'people.addPerson', api.addPerson, (input, asker) =>
    addPerson(given, asker, input),
  )
  serve(app, doorway, 'people.addPeople', api.addPeople, (input, asker) =>
    addPeople(given, asker, input),
  )
  openKeeping(app, doorway, given)
  serve(app, doorway, 'people.searchPeople', finding.searchPeople, (input, asker) =>
    searchPeople(given, asker, input),
  )
  serve(app, doorway, 'people.openPerson', page.openPerson, (input, asker) =>
    openPerson({ given, ...above }, asker, input),
  )
  serve(app, doorway, 'people.showNumber', page.showNumber, (input, asker) =>
    showNumber({ given, ...above }, asker, input),
  )
  openCountRoutes(app, doorway, given)
  openKeyRoutes(app, doorway, above.keys)
}

function openKeeping(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'people.registerMove', kept.registerMove, (input, asker) =>
    registerMove(given, asker, input),
  )
  serve(app, doorway, 'people.setOwnership', kept.setOwnership, (input, asker) =>
    setOwnership(given, asker, input),
  )
  serve(app, doorway, 'people.setArea', kept.setArea, (input, asker) =>
    setArea(given, asker, input),
  )
  serve(app, doorway, 'people.myHome', kept.myHome, (_input, asker) => myHome(given, asker))
  serve(app, doorway, 'people.tenureRights', kept.tenureRights, () => tenureRights())
  serve(app, doorway, 'people.setNumber', changing.setNumber, (input, asker) =>
    setNumber(given, asker, input),
  )
  serve(app, doorway, 'people.numberChanges', changing.numberChanges, (_input, asker) =>
    numberChanges(given, asker),
  )
  serve(app, doorway, 'people.decideNumber', changing.decideNumber, (input, asker) =>
    decideNumber(given, asker, input),
  )
  serve(app, doorway, 'people.confirmNumber', changing.confirmNumber, (input, asker) =>
    confirmNumber(given, asker, input),
  )
}
