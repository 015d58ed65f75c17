/** A file, mapping or rule that cannot be replayed; `line` counts from 1. */
export class ReplayRefusalError extends Error {
  readonly sentence: { zh: string; en: string }

  constructor(sentence: { zh: string; en: string }, line?: number) {
    const where = line === undefined ? ['', ''] : [`第 ${line} 行：`, `line ${line}: `]
    super(`${where[0]}${sentence.zh}\n${where[1]}${sentence.en}`)
    this.name = 'ReplayRefusal'
    this.sentence = sentence
  }
}
