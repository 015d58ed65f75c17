/** One sentence, said in both languages, that a person without the source can act on. */
export type Sentence = { zh: string; en: string }

/**
 * A start that must not go on, for a reason that lies outside the program and can be mended
 * there.
 */
export class StartRefusal extends Error {
  readonly sentence: Sentence

  constructor(sentence: Sentence, options?: ErrorOptions) {
    super(`${sentence.zh}\n${sentence.en}`, options)
    this.name = 'StartRefusal'
    this.sentence = sentence
  }
}
