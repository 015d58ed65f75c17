import type { Definition } from '../../src/watch/scenarios/index.ts'
import type { Answer } from './program.ts'
import type { SmallStreet, Streets } from './streets.ts'

/** The two people of street `a` whom a version needs: who sends it, and who approves it. */
export type Workshop = {
  act(who: 'officer' | 'second', rule: string, version: number, done: string): Promise<Answer>
  /** Written on the newest version, without a word against it. Answers its number. */
  draft(definition: Definition): Promise<number>
  /** Sent by the one, approved by the other: from now on the street judges by it. */
  switchOn(rule: string, version: number): Promise<void>
}

const second = '副值班长甲'

export async function openWorkshop(town: Streets): Promise<Workshop> {
  await secondOfficer(town, town.a)
  // Asked anew each time: a story of weeks outlives a session.
  const tokenOf = (who: 'officer' | 'second') =>
    town.tokenOf(who === 'officer' ? town.a.officer.name : second)
  const act: Workshop['act'] = async (who, rule, version, done) => {
    const asked = { rule, version, act: done, reason: '说明' }
    return town.call(await tokenOf(who), 'POST', '/api/scenarios/act', asked)
  }
  const must = async (...[who, rule, version, done]: Parameters<Workshop['act']>) => {
    const answer = await act(who, rule, version, done)
    if (answer.status !== 200) throw new Error(`${done}: ${JSON.stringify(answer.body)}`)
  }
  return {
    act,
    async draft(definition) {
      const { rule } = definition
      const token = await tokenOf('officer')
      const shown = await town.ask(token, 'GET', `/api/scenarios/rule?rule=${rule}`)
      const asked = {
        definition: JSON.stringify(definition),
        ...{ basedOn: shown.versions.at(-1).version, reason: '试一试' },
      }
      const made = await town.ask(token, 'POST', '/api/scenarios/draft', asked)
      if (made.version === null) throw new Error(JSON.stringify(made.problems))
      return made.version
    },
    async switchOn(rule, version) {
      await must('officer', rule, version, 'submit')
      await must('second', rule, version, 'approve')
      await town.settled()
    },
  }
}

/** A second post of the street: whoever writes a rule cannot switch it on. */
async function secondOfficer(town: Streets, { street, officer }: SmallStreet): Promise<void> {
  const [body] = await town.owner(
    "select id from duties.body where street = $1 and kind = 'street'",
    [street],
  )
  const nobody = { bornOn: null, phone: null, home: null, livesAlone: false }
  const asked = { ...nobody, name: second }
  const { person } = await town.ask(officer.token, 'POST', '/api/people', asked)
  const post = { body: body.id, title: '副值班长', person, rank: 9 }
  await town.ask(officer.token, 'POST', '/api/duties/posts', post)
}
