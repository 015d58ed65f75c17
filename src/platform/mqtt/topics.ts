/** Names and filters of topics (MQTT 3.1.1, chapter 4.7), and who wants to hear what. */

export type QoS = 0 | 1 | 2

/** Not empty, without wildcards, within bytes and levels. NUL is refused where text is read. */
export function isTopicName(topic: string, bytesMax: number, levelsMax: number): boolean {
  if (topic === '' || topic.length > bytesMax) return false
  let levels = 1
  let isAscii = true
  for (let i = 0; i < topic.length; i++) {
    const code = topic.charCodeAt(i)
    if (code === 35 || code === 43) return false
    if (code === 47) levels++
    if (code > 127) isAscii = false
  }
  return levels <= levelsMax && (isAscii || Buffer.byteLength(topic) <= bytesMax)
}

/** `#` alone in the last level, `+` alone in any. */
export function isTopicFilter(filter: string): boolean {
  if (filter === '') return false
  const levels = filter.split('/')
  return levels.every((level, at) => {
    if (level === '#') return at === levels.length - 1
    return level === '+' || !/[#+]/.test(level)
  })
}

export function isMatch(filter: string, topic: string): boolean {
  const asked = filter.split('/')
  const said = topic.split('/')
  if (topic.startsWith('$') && /^[#+]/.test(filter)) return false
  for (const [at, level] of asked.entries()) {
    if (level === '#') return true
    const name = said[at]
    if (name === undefined || (level !== '+' && level !== name)) return false
  }
  return asked.length === said.length
}

type Branch<Who> = { below: Map<string, Branch<Who>>; here: Map<Who, QoS> }
export type Filters<Who> = { top: Branch<Who>; size: number }

export function openFilters<Who>(): Filters<Who> {
  return { top: newBranch(), size: 0 }
}

function newBranch<Who>(): Branch<Who> {
  return { below: new Map(), here: new Map() }
}

export function addFilter<Who>(filters: Filters<Who>, filter: string, who: Who, qos: QoS): void {
  let branch = filters.top
  for (const level of filter.split('/')) {
    let next = branch.below.get(level)
    if (!next) branch.below.set(level, (next = newBranch()))
    branch = next
  }
  if (!branch.here.has(who)) filters.size++
  branch.here.set(who, qos)
}

export function removeFilter<Who>(filters: Filters<Who>, filter: string, who: Who): void {
  const path: [Branch<Who>, string][] = []
  let branch = filters.top
  for (const level of filter.split('/')) {
    const next = branch.below.get(level)
    if (!next) return
    path.push([branch, level])
    branch = next
  }
  if (branch.here.delete(who)) filters.size--
  for (const [above, level] of path.reverse()) {
    const below = above.below.get(level)
    if (below && below.here.size + below.below.size > 0) return
    above.below.delete(level)
  }
}

/** Everybody who hears `topic`, each once, with the highest QoS of all filters that match. */
export function whoHears<Who>(filters: Filters<Who>, topic: string): Map<Who, QoS> {
  const found = new Map<Who, QoS>()
  if (filters.size === 0) return found
  const levels = topic.split('/')
  let front = [filters.top]
  for (const [at, level] of levels.entries()) {
    const next: Branch<Who>[] = []
    const isHidden = at === 0 && level.startsWith('$')
    for (const branch of front) {
      const named = branch.below.get(level)
      if (named) next.push(named)
      if (isHidden) continue
      const any = branch.below.get('+')
      if (any) next.push(any)
      collect(branch.below.get('#'), found)
    }
    front = next
  }
  for (const branch of front) {
    collect(branch, found)
    collect(branch.below.get('#'), found)
  }
  return found
}

function collect<Who>(branch: Branch<Who> | undefined, found: Map<Who, QoS>): void {
  if (!branch) return
  for (const [who, qos] of branch.here) {
    const before = found.get(who)
    if (before === undefined || before < qos) found.set(who, qos)
  }
}
