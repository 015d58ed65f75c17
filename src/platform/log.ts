/** One JSON object a line. Callers give facts about the machine, never about a person. */
export type Log = { say(what: string, facts?: Record<string, string | number | boolean>): void }

export function logTo(stream: NodeJS.WritableStream): Log {
  return {
    say(what, facts = {}) {
      stream.write(`${JSON.stringify({ at: new Date().toISOString(), what, ...facts })}\n`)
    },
  }
}

/** While an example town is made, and of the programs that play in it, nobody asks who came. */
export function withoutPlay(log: Log, isMaking: () => boolean): Log {
  return {
    say(what, facts = {}) {
      const isTrace = /^(identity|duties|access)\./.test(what)
      if (isTrace && (isMaking() || facts['by'] === 'token')) return
      log.say(what, facts)
    },
  }
}

/**
 * What may be said of an error: its name and the place, without values that a row or a request
 * held.
 */
export function errorFacts(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = 'code' in error ? String(error.code) : ''
  const place = (error.stack ?? '')
    .split('\n')
    // The stack begins with the message, which may have lines of its own.
    .filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line))
    .slice(0, 3)
    .map((line) => line.trim().replace(/\(?(file:\/\/)?\/\S*?\/(src|web|node_modules)\//, '$2/'))
    .join(' ')
  return { error: error.name, code, place }
}
