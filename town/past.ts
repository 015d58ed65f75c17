/** Lives the year before the whole town opens: officers switch on and change its rules. */
import { dayMs, type Instant } from '../src/kernel/clock.ts'
import type { Output } from '../src/kernel/endpoint.ts'
import type * as demo from '../src/outlook/demo/api.ts'
import type * as scenarios from '../src/watch/scenarios/api.ts'
import type { TownApi } from '../simulator/call.ts'
import { caller, callerOf, inLots, moveClock, tokenOf } from './calling.ts'
import { officer, secondOfficer } from './street.ts'
import { pastMatters, ruleSteps, type Answerers, type RuleStep } from './year.ts'

type OneRule = Output<typeof scenarios.oneRule>

/** Takes the town's clock to each of the steps. One writes a rule, another approves it. */
export async function liveRules(api: TownApi, opensAt: Instant): Promise<void> {
  // The street has its versions from the first time that somebody looks at them.
  await api.call(await tokenOf(api, officer.name), 'GET', '/api/scenarios/rules')
  for (const step of ruleSteps) {
    await moveClock(api, opensAt - step.daysBefore * dayMs)
    await takeStep(api, step)
  }
}

async function takeStep(api: TownApi, { rule, minutes, reason }: RuleStep): Promise<void> {
  const token = await tokenOf(api, officer.name)
  const asOfficer = caller(api, token)
  const asSecond = await callerOf(api, secondOfficer)
  const version = minutes === undefined ? 1 : await secondVersion(api, token, rule, minutes, reason)
  const step = { rule, version, reason }
  await asOfficer<typeof scenarios.act>('/scenarios/act', { ...step, act: 'submit' })
  await asSecond<typeof scenarios.act>('/scenarios/act', { ...step, act: 'approve' })
}

async function secondVersion(
  api: TownApi,
  token: string,
  rule: string,
  minutes: number,
  reason: string,
): Promise<number> {
  const { versions } = (await api.call(token, 'GET', '/api/scenarios/rule', { rule })) as OneRule
  const before = versions.at(-1)
  if (!before) throw new Error(`there is no rule ${rule}`)
  const definition = JSON.stringify({ ...waitingFor(before.definition, minutes), reason })
  const made = await caller(api, token)<typeof scenarios.draftRule>('/scenarios/draft', {
    ...{ definition, basedOn: before.version, reason },
  })
  if (made.version === null) throw new Error(`${rule}: ${JSON.stringify(made.problems)}`)
  return made.version
}

type Definition = OneRule['versions'][number]['definition']

/** The same, with each stretch of time that it waits for set anew. */
function waitingFor(definition: Definition, minutes: number): Definition {
  const { when } = definition
  if (when.is !== 'any') return definition
  const of = when.of.map((leaf) => ('minutes' in leaf ? { ...leaf, minutes } : leaf))
  return { ...definition, when: { ...when, of } }
}

/** What the year left behind, as a street would bring it along from the system before. */
export async function bringYear(
  api: TownApi,
  seed: number,
  opensAt: Instant,
  who: Answerers,
): Promise<void> {
  const call = caller(api, api.operatorKey)
  for (const matters of inLots(pastMatters(seed, opensAt, who))) {
    await call<typeof demo.bringHistory>('/demo/history', { matters })
  }
}
