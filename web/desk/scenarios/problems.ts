import type { Output } from '../../../src/kernel/endpoint.ts'
import type { checkRule } from '../../../src/watch/scenarios/api.ts'
import { lengthSaid, type Speech } from './said.ts'
import type { Line } from './sentence.ts'

export type Problem = Output<typeof checkRule>['problems'][number]

/**
 * Those that stand beside a line: about one of its tokens, about something inside one, or about
 * the line's whole condition where no token says it more exactly.
 */
export function problemsAt(
  problems: readonly Problem[],
  line: Pick<Line, 'parts' | 'node' | 'list'>,
): Problem[] {
  const fields = line.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.field]))
  return problems.filter(
    ({ field }) =>
      field === line.list ||
      fields.some((one) => field === one || field.startsWith(`${one}.`)) ||
      (line.node !== undefined && isOwn(field, line.node)),
  )
}

/** Those that no line takes: about the whole, or about what the sentence does not show. */
export function problemsElsewhere(
  problems: readonly Problem[],
  lines: readonly Pick<Line, 'parts' | 'node' | 'list'>[],
): Problem[] {
  const taken = new Set(lines.flatMap((line) => problemsAt(problems, line)))
  return problems.filter((problem) => !taken.has(problem))
}

/** What is wrong in words, with what would do. */
export function problemSaid(problem: Problem, speech: Speech): string {
  const more = moreSaid(problem, speech)
  // the condition may be long enough and still not be the one that the floor asks for
  const isOther = problem.because === 'below-floor' && !/minutes$/i.test(problem.field)
  return isOther ? speech.words.floorMissing(more) : speech.words.problem(problem.because, more)
}

function moreSaid({ field, more, because }: Problem, speech: Speech): string {
  if (more === undefined) return ''
  const isLength = because === 'below-floor' || /minutes$/i.test(field)
  if (typeof more === 'number') return isLength ? lengthSaid(more, speech) : String(more)
  // a list of the program's own words helps nobody: the form offers what is allowed
  return /^\d+$/.test(more) ? more : ''
}

/** The condition itself or one of its own fields, none of a condition inside it. */
function isOwn(field: string, node: string): boolean {
  if (field === node) return true
  return field.startsWith(`${node}.`) && !field.startsWith(`${node}.of.`)
}
