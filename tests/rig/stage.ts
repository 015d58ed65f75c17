import { centreWordsOf } from '../../web/words/centre.ts'
import { deskWordsOf } from '../../web/words/desk.ts'
import { wordsOf, type Language } from '../../web/words/index.ts'
import type { TestProgram } from './program.ts'
import type { SmallStreet, Streets } from './streets.ts'

/** The words by which a story finds what people see and press. */
export function allWordsOf(language: Language) {
  return { ...wordsOf(language), desk: deskWordsOf(language), centre: centreWordsOf(language) }
}

/** Each language has a street of its own: a story is told twice, and on nobody's leavings. */
export function streetOf({ a, b }: Pick<Streets, 'a' | 'b'>, language: Language): SmallStreet {
  return language === 'en' ? b : a
}

/** As the program does between two looks: what came is heard, and messages go out. */
export async function goOut({ program, settled }: TestProgram): Promise<void> {
  await settled()
  await program.sending.tick()
  await program.sending.idle()
}
