/** What is sensitive is off in a new street; most tests are of one where it is on. */
import { sensitivePurposes, type SensitivePurpose } from '../../src/ground/privacy/types.ts'

type Answer = { status: number; body: any }
type Post = (path: string, body: unknown) => Promise<Answer>

export const impactWords = {
  necessity: '没有它就没有人知道，别的办法都试过了。',
  risks: '别人可能看出谁在家，也可能弄错。',
  measures: '本人同意，随时能停，每次查看都记下来。',
}

/** In an officer's name, as anybody does it: the assessment first, then the switch. */
export async function switchOn(
  post: Post,
  purposes: readonly SensitivePurpose[] = sensitivePurposes,
): Promise<void> {
  for (const purpose of purposes) {
    const written = await post('/api/privacy/impacts', { purpose, ...impactWords })
    const { impact } = written.body
    const turned = await post('/api/privacy/purposes/switch', { purpose, isOn: true, impact })
    if (turned.status !== 200) throw new Error(`${purpose}: ${JSON.stringify(turned.body)}`)
  }
}

type Ask = (statement: string, values: unknown[]) => Promise<unknown>

/** The same where no program runs, as the owner of the database. */
export async function switchOnAsOwner(ask: Ask, street: string, at: number): Promise<void> {
  const { necessity, risks, measures } = impactWords
  const words = [necessity, risks, measures]
  for (const purpose of sensitivePurposes) {
    await ask(
      `with thought as (
         insert into privacy.impact values ($1, gen_random_uuid(), $2, 1, $3, gen_random_uuid(),
           gen_random_uuid(), '值班长', '街道', $4, $5, $6) returning id)
       insert into privacy.purpose_switch
         select $1, $2, 1, true, id, $3, gen_random_uuid(), gen_random_uuid(), '值班长', '街道'
         from thought`,
      [street, purpose, new Date(at), ...words],
    )
  }
}
