/** Where something is shown: a file, or a file and the name of a test in it. */
import { existsSync, readFileSync } from 'node:fs'

const scripts = Object.keys(
  (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts,
)

/** `file`, `file › name of a test` or `npm run script`: why it shows nothing, or null. */
export function whyGone(where: string): string | null {
  const script = /^npm run (\S+)/.exec(where)?.[1]
  if (script !== undefined) return scripts.includes(script) ? null : `no script: ${where}`
  const [file = '', name] = where.split(' › ')
  if (!/^[\w.@-]+(\/[\w.@-]+)*$/.test(file) || file.includes('..')) return `no path: ${where}`
  if (!existsSync(file)) return `no file: ${where}`
  if (name === undefined) return null
  const text = readFileSync(file, 'utf8')
  // As a name stands in code: a whole text in quotes of any kind.
  const isThere = [`'${name}'`, `"${name}"`, `\`${name}\``].some((each) => text.includes(each))
  return isThere ? null : `no test of that name: ${where}`
}
