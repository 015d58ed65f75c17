/** What Node needs of the machine to run a script; nothing of it is a secret of ours. */
const passed = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'LANG', 'LC_ALL', 'TZ', 'NODE_ENV', 'SystemRoot']

/**
 * The environment of a child: the machine's, and what it is given by name. No secret, no address of
 * a database or a broker: a bundler, and all that it loads, has no use for them.
 */
export function childEnv(given: Readonly<Record<string, string>> = {}): Record<string, string> {
  const own = passed.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(own), ...given }
}
