import type { FastifyInstance } from 'fastify'
import { fault } from '../../kernel/fault.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'

export function openRoutes(app: FastifyInstance, doorway: Doorway, rooms: actions.DemoGiven): void {
  const { running } = rooms
  const hold = actions.openHold(running.real)
  serve(app, doorway, 'demo.listTown', api.listTown, () => actions.listTown(rooms))
  serve(app, doorway, 'demo.status', api.status, () => actions.status(rooms))
  serve(app, doorway, 'demo.setClock', api.setClock, (input) => actions.setClock(rooms, input))
  serve(app, doorway, 'demo.holdTown', api.holdTown, async (input) => {
    if (!('speed' in running.clock)) return fault('not-allowed')
    return { holds: hold(input), now: running.clock.now(), speed: running.clock.speed }
  })
  serve(app, doorway, 'demo.openMatters', api.openMatters, () => actions.openMatters(rooms))
  serve(app, doorway, 'demo.bringHistory', api.bringHistory, (input) =>
    actions.bringHistory(rooms, input),
  )
  serve(app, doorway, 'demo.bringPulse', api.bringPulse, (input) =>
    actions.bringPulse(rooms, input),
  )
  serve(app, doorway, 'demo.resetTown', api.resetTown, async () => {
    running.reset()
    return { resetting: true }
  })
}
