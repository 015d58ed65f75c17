import type { Sentence } from '../start-refusal.ts'

/** A backup or a restore that must not go on; nothing that was there has been touched. */
export class BackupRefusalError extends Error {
  readonly sentence: Sentence

  constructor(sentence: Sentence, options?: ErrorOptions) {
    super(`${sentence.zh}\n${sentence.en}`, options)
    this.name = 'BackupRefusal'
    this.sentence = sentence
  }
}

/** What a file system or a server answers when there is no room left. */
export function isFull(why: unknown): boolean {
  const code = (why as { code?: string } | undefined)?.code ?? ''
  return ['ENOSPC', 'EDQUOT', '53100'].includes(code)
}

export function noRoom(file: string, cause: unknown): BackupRefusalError {
  const sentence = {
    zh: `磁盘已满，写不下 ${file}。没有留下半个备份；请腾出空间，或换一个位置。`,
    en: `The disk is full: ${file} could not be written. No half of a backup is left; make room, or choose another place.`,
  }
  return new BackupRefusalError(sentence, { cause })
}
