import type { FastifyInstance } from 'fastify'
import { serve, type Doorway } from '../../platform/http.ts'
import type { Scenarios } from './actions.ts'
import * as api from './api.ts'
import { ruleSchemaNow } from './definition/index.ts'
import { tryRule } from './trying/index.ts'
import * as workshop from './workshop/index.ts'

export function openRoutes(app: FastifyInstance, doorway: Doorway, scenarios: Scenarios): void {
  const { given } = scenarios
  serve(app, doorway, 'scenarios.listRules', api.listRules, (_input, asker) =>
    workshop.listRules(given, asker),
  )
  serve(app, doorway, 'scenarios.oneRule', api.oneRule, (input, asker) =>
    workshop.oneRule(given, asker, input),
  )
  serve(app, doorway, 'scenarios.checkRule', api.checkRule, (input, asker) =>
    workshop.checkRule(asker, input),
  )
  serve(app, doorway, 'scenarios.draftRule', api.draftRule, (input, asker) =>
    workshop.draftRule(given, asker, input),
  )
  serve(app, doorway, 'scenarios.act', api.act, (input, asker) => workshop.act(given, asker, input))
  serve(app, doorway, 'scenarios.tryRule', api.tryRule, (input, asker, gone) =>
    tryRule(scenarios, asker, input, gone),
  )
  serve(app, doorway, 'scenarios.exportRules', api.exportRules, (_input, asker) =>
    workshop.exportRules(given, asker),
  )
  serve(app, doorway, 'scenarios.importRules', api.importRules, (input, asker) =>
    workshop.importRules(given, asker, input),
  )
  serve(app, doorway, 'scenarios.ruleSchema', api.ruleSchema, async () => ({
    text: JSON.stringify(ruleSchemaNow()),
  }))
}
