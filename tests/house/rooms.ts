import { rooms } from '../../src/rooms.ts'
import { linesOf, nodesOf, type Node, type Source } from './sources.ts'
import type { Rule } from './shape.ts'

const nine = 'types|api|decide|store|actions|routes|listens|index'
const roomNames = rooms.map((room) => room.split('/')[1] ?? '')
const inRoom = new RegExp(`^src/(?:${rooms.join('|')})/`)

/** The files of a room are its table of contents: the same names in every room. */
export function strangersInRooms(files: Source[]): string[] {
  const paths = new Set(files.map(({ path }) => path))
  return files.flatMap(({ path }) => {
    const room = inRoom.exec(path)?.[0]
    if (!room) return []
    const [name = '', inner] = path.slice(room.length).split('/')
    if (inner !== undefined) {
      return paths.has(`${room}${name}/index.ts`)
        ? []
        : [`${path}: a folder inside a room is a part with a door of its own; give it an index.ts`]
    }
    if (new RegExp(`^(${nine}|[a-z-]+\\.test|tables\\.gen)\\.ts$`).test(name)) return []
    return [
      `${path}: a room has at most nine files, named ${nine.replaceAll('|', ', ')}; find the one it belongs to, or make a folder with its own door`,
    ]
  })
}

/** Every folder of a floor is a room in the list, and every room in the list is there. */
export function unlistedRooms(files: Source[]): string[] {
  const floors = [...new Set(rooms.map((room) => room.split('/')[0]))].join('|')
  const there = new Set(
    files.flatMap(({ path }) => new RegExp(`^src/((?:${floors})/[^/]+)/`).exec(path)?.[1] ?? []),
  )
  const listed = new Set<string>(rooms)
  return [
    ...[...there]
      .filter((room) => !listed.has(room))
      .map((room) => `${room}: list it in src/rooms.ts`),
    ...rooms.filter((room) => !there.has(room)).map((room) => `${room} is listed and not there`),
  ]
}

/** A room's data is asked of its door: `store.ts` names only its own schema. */
export const ownSchemaOnly: Rule = (file) => {
  const own = inRoom.exec(file.path)?.[0].split('/').at(-2)
  if (!own || !file.path.endsWith('store.ts')) return []
  const others = roomNames.filter((name) => name !== own).join('|')
  const foreign = new RegExp(`(?:^|[\\s("])(${others})\\.[a-z_]+(?![a-z_-])`)
  return nodesOf(file).flatMap((node) => {
    const words = wordsOf(node)
    const found = words === undefined ? null : foreign.exec(words)
    if (!found) return []
    const place = `${file.path}:${linesOf(node, file).first}`
    return `${place} names ${found[0].trim()}; ask the door of ${found[1]} for it`
  })
}

/** SQL stands in `store.ts` and nowhere else in a room. */
export const sqlInStoreOnly: Rule = (file) => {
  if (!inRoom.test(file.path) || /(store|\.test)\.ts$|\/testing\//.test(file.path)) return []
  return nodesOf(file).flatMap((node) => {
    const isSql = node.type === 'TaggedTemplateExpression' && identifier(node['tag']) === 'sql'
    if (!isSql) return []
    return `${file.path}:${linesOf(node, file).first} holds SQL; every statement of a room stands in its store.ts`
  })
}

/** `types`, `api` and `decide` are pure: no waiting, no clock, no chance. The kernel too. */
export const pureFiles: Rule = (file) => {
  const isPure =
    (inRoom.test(file.path) && /\/(types|api|decide)\.ts$/.test(file.path)) ||
    (/^src\/(kernel|watch\/scenarios\/kernel)\//.test(file.path) && !/test/.test(file.path))
  if (!isPure) return []
  return nodesOf(file).flatMap((node) => {
    const fault = impurity(node)
    return fault ? `${file.path}:${linesOf(node, file).first} ${fault}` : []
  })
}

function impurity(node: Node): string | undefined {
  if (node.type === 'AwaitExpression') return 'waits; load in actions.ts and hand the facts in'
  if (node.type === 'NewExpression' && identifier(node['callee']) === 'Date') {
    const given = node['arguments'] as unknown[] | undefined
    return given?.length ? undefined : 'asks the clock; take `now` as an argument'
  }
  if (node.type !== 'CallExpression') return undefined
  const callee = node['callee'] as Node
  if (callee.type !== 'MemberExpression') return undefined
  const call = `${identifier(callee['object'])}.${identifier(callee['property'])}`
  if (call === 'Date.now' || call === 'performance.now') {
    return 'asks the clock; take `now` as an argument'
  }
  if (call === 'Math.random' || call === 'crypto.randomUUID') {
    return 'throws dice; take the id or the seed as an argument'
  }
  return undefined
}

function identifier(node: unknown): string {
  const { value } = (node ?? {}) as { value?: unknown }
  return typeof value === 'string' ? value : ''
}

function wordsOf(node: Node): string | undefined {
  if (node.type === 'StringLiteral') return String(node['value'])
  return node.type === 'TemplateElement' ? String(node['raw']) : undefined
}
