import { basename } from 'node:path'
import { isTest, linesOf, nodesOf, type Node, type Source } from './sources.ts'

const functionLinesMax = 70
const fileLinesMax = 400
const lineLettersMax = 100

/** Each rule answers with a sentence for every place that breaks it: where, what, what to do. */
export type Rule = (file: Source) => string[]

export const shortFunctions: Rule = (file) =>
  isTest(file.path)
    ? []
    : nodesOf(file).flatMap((node) => {
        if (!functions.has(node.type)) return []
        const { first, last } = linesOf(node, file)
        const lines = last - first + 1
        if (lines <= functionLinesMax) return []
        return `${file.path}:${first} a function of ${lines} lines; cut it at its steps to at most ${functionLinesMax}`
      })
const functions = new Set(
  'FunctionDeclaration FunctionExpression ArrowFunctionExpression ClassMethod MethodProperty Constructor'.split(
    ' ',
  ),
)

export const shortFiles: Rule = ({ path, text }) => {
  const lines = text.trimEnd().split('\n').length
  if (isLong(path) || lines <= fileLinesMax) return []
  return [
    `${path} has ${lines} lines; at ${fileLinesMax} a room is two rooms, and a file two files`,
  ]
}

export const shortLines: Rule = ({ path, text }) =>
  isLong(path)
    ? []
    : text.split('\n').flatMap((line, at) => {
        const isFine = line.length <= lineLettersMax || bare(line).length <= lineLettersMax
        if (isFine) return []
        return `${path}:${at + 1} has ${line.length} letters; break it at ${lineLettersMax}`
      })

/** Words, data and what is generated may be as long as they are. */
function isLong(path: string): boolean {
  return /\.gen\.ts$|^web\/words\/|\.(json|md|svg|txt|html)$/.test(path)
}

/** A sentence for people is not cut: it may stand out of its line. */
function bare(line: string): string {
  return line.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`/g, "''")
}

export const namedExports: Rule = (file) =>
  basename(file.path) === 'vitest.config.ts'
    ? []
    : nodesOf(file).flatMap((node) => {
        if (!node.type.startsWith('ExportDefault')) return []
        const { first } = linesOf(node, file)
        return `${file.path}:${first} a default export has no name of its own; export it by its name`
      })

const markers = ['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')
const marker = new RegExp(`\\b(${markers})\\b|\\b(test|it|describe)\\.(only|skip|todo)\\(`)

export const noMarkers: Rule = ({ path, text }) =>
  text.split('\n').flatMap((line, at) => {
    const found = marker.exec(line)
    if (!found) return []
    return `${path}:${at + 1} ${found[0]}: do it now, or say in decisions/ why not`
  })

export const onlyOwnersAreClasses: Rule = (file) =>
  nodesOf(file).flatMap((node) => {
    if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return []
    const parent = (node['superClass'] as { value?: string } | null)?.value ?? ''
    const { first, last } = linesOf(node, file)
    const body = file.text
      .split('\n')
      .slice(first - 1, last)
      .join('\n')
    if (parent.endsWith('Error') || /Symbol\.(asyncDispose|dispose)/.test(body)) return []
    return `${file.path}:${first} a class is for errors and for owners of a resource (with Symbol.asyncDispose); write functions`
  })

const banned: Record<string, string> = {
  util: 'useful for what? Name that',
  utils: 'useful for what? Name that',
  helper: 'whom does it help, at what? Name the work',
  helpers: 'whom do they help, at what? Name the work',
  manager: 'what does it do with them? Name the verb',
  handle: 'what happens to it? Name the verb',
  process: 'which step is it? Name the verb or the program',
  info: 'which facts are they? Name them',
  service: 'what does it offer? Name the verb',
}

export const tellingNames: Rule = (file) =>
  [
    ...nameFaults(basename(file.path).replace(/\..*$/, ''), file.path),
    ...nodesOf(file).flatMap((node) =>
      declared(node).flatMap((name) =>
        nameFaults(name, `${file.path}:${linesOf(node, file).first}`),
      ),
    ),
  ].filter((fault, at, all) => all.indexOf(fault) === at)

function nameFaults(name: string, place: string): string[] {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase())
  return words.flatMap((word, at) => {
    const question = Object.hasOwn(banned, word) ? banned[word] : undefined
    // "service" tells nothing as a suffix; a service at the counter is a thing.
    if (!question || (word === 'service' && (at === 0 || at < words.length - 1))) return []
    return `${place} "${name}": ${question}`
  })
}

/** Names that a node brings into the world: of functions, types, variables and arguments. */
function declared(node: Node): string[] {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return namesIn(node['identifier'])
    case 'TsTypeAliasDeclaration':
    case 'TsInterfaceDeclaration':
    case 'VariableDeclarator':
      return namesIn(node['id'])
    case 'Parameter':
      return namesIn(node['pat'])
    default:
      return []
  }
}

function namesIn(pattern: unknown): string[] {
  if (typeof pattern !== 'object' || pattern === null) return []
  const node = pattern as Node
  if (node.type === 'Identifier') return [String(node['value'])]
  if (node.type === 'AssignmentPattern') return namesIn(node['left'])
  if (node.type === 'ArrayPattern') return (node['elements'] as unknown[]).flatMap(namesIn)
  return []
}
