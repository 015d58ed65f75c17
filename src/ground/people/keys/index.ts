import type { FastifyInstance } from 'fastify'
import { serve, type Doorway } from '../../../platform/http.ts'
import type { Rotation } from '../../../platform/seal/index.ts'
import * as api from './api.ts'

/** keys: the operator rotates the keys of the register and sees how far that is. */
export function openKeyRoutes(app: FastifyInstance, doorway: Doorway, keys: Rotation): void {
  serve(app, doorway, 'people.rotateKeys', api.rotateKeys, async () => ({
    hasBegun: keys.begin(),
  }))
  serve(app, doorway, 'people.keysState', api.keysState, async () => ({ state: keys.state() }))
}
