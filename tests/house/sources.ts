import { readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import { parseSync } from '@swc/core'

/** A file of the project, by its path from the root. */
export type Source = { path: string; text: string }

const leftOut = new Set(['node_modules', 'dist', 'coverage', '.git', '.lilong'])
const readable = new Set(
  '.ts .tsx .mjs .cjs .css .sql .json .md .html .svg .yml .yaml .txt .toml .npmrc'.split(' '),
)

/** Every file that a person wrote or reads, data apart. */
export function allFiles(dir = '.'): Source[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry): Source[] => {
    const path = join(dir, entry.name)
    if (leftOut.has(entry.name)) return []
    if (entry.isDirectory()) return path === 'data' ? [] : allFiles(path)
    const isRead = readable.has(extname(path)) || entry.name === '.npmrc' || path === '.ci/run'
    return isRead ? [{ path, text: readFileSync(path, 'utf8') }] : []
  })
}

/** What people wrote in TypeScript and JavaScript: generated files apart. */
export function codeFiles(): Source[] {
  return allFiles().filter(({ path }) => /\.(tsx?|mjs|cjs)$/.test(path) && !/\.gen\.ts$/.test(path))
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$|^tests\/|^stories\/|\/testing\//.test(path)
}

/** A node of the syntax tree; positions are bytes from the start of the file. */
export type Node = { type: string; span?: Span } & Record<string, unknown>
type Span = { start: number; end: number }

const trees = new Map<string, Node[]>()

/** Every node of a file's syntax tree, outermost first. */
export function nodesOf({ path, text }: Source): Node[] {
  const key = `${path}\0${text}`
  const known = trees.get(key)
  if (known) return known
  const syntax = { syntax: 'typescript', tsx: path.endsWith('x') } as const
  // The parser counts on from the last file; a statement in front shows where this one begins.
  const tree = parseSync(`;${text.replace(/^#!/, '//')}`, { ...syntax, target: 'es2024' })
  const nodes: Node[] = []
  collect(tree, tree.span.start + 1, nodes)
  trees.set(key, nodes)
  return nodes
}

/** The first and last line of a node, counted from 1. */
export function linesOf(node: Node, { text }: Source): { first: number; last: number } {
  const bytes = Buffer.from(text)
  const { start, end } = node.span ?? { start: 0, end: 0 }
  return { first: lineAt(bytes, start), last: lineAt(bytes, end) }
}

function lineAt(bytes: Buffer, position: number): number {
  let line = 1
  for (let at = bytes.indexOf(10); at !== -1 && at < position; at = bytes.indexOf(10, at + 1))
    line++
  return line
}

function collect(value: unknown, base: number, into: Node[]): void {
  if (Array.isArray(value)) {
    for (const one of value) collect(one, base, into)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const node = value as Node
  if (typeof node.type === 'string' && node.span) {
    const { start, end } = node.span
    into.push({ ...node, span: { start: start - base, end: end - base } })
  }
  for (const [name, inner] of Object.entries(node)) if (name !== 'span') collect(inner, base, into)
}
