/** What could be written wrong in a file of rules, one change at a time. */
import { parseSync } from '@swc/core'

/** One change: from byte `from` to byte `to` of the source, `becomes` stands instead. */
export type Mutant = {
  line: number
  /** The whole line as it is written, by which a reviewed exception is known. */
  text: string
  was: string
  becomes: string
  source: string
}

type Node = { type: string; span: { start: number; end: number } } & Record<string, unknown>
type Change = { from: number; to: number; becomes: string }

const language = { syntax: 'typescript', target: 'es2024' } as const
const anotherWord = "'another'"
const otherWay: Record<string, readonly string[]> = {
  '&&': ['||'],
  '||': ['&&'],
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
}
/** A link of a chain without which it narrows, orders or holds less. */
const narrowing = new Set([
  'where',
  'filter',
  'forUpdate',
  'orderBy',
  'limit',
  'slice',
  'onConflict',
])

/**
 * Of the whole file, or of the named functions and constants alone. `words`: those that decide
 * something are changed too; a column that is not there is found without any test.
 */
export function mutantsOf(
  source: string,
  { parts, words = true }: { parts?: readonly string[]; words?: boolean } = {},
): Mutant[] {
  const bytes = Buffer.from(source)
  // The parser counts on from where its last file ended: an empty statement says where this began.
  const { body } = parseSync(`;\n${source}`, language)
  const began = (body[0]?.span.start ?? 0) + 2
  const read = ({ span }: Node) => bytes.subarray(span.start - began, span.end - began).toString()
  const nodes = body.slice(1) as unknown as Node[]
  const wanted = nodes.filter((node) => parts === undefined || named(node, parts))
  const changes = wanted.flatMap((node) => [...changesIn(node, undefined, read)])
  const made = changes.map(({ from, to, becomes }) => {
    const [start, end] = [from - began, to - began]
    const before = bytes.subarray(0, start).toString()
    const line = before.split('\n').length
    const changed = before + becomes + bytes.subarray(end).toString()
    const text = source.split('\n')[line - 1]?.trim() ?? ''
    return { line, text, was: bytes.subarray(start, end).toString(), becomes, source: changed }
  })
  // What cannot be read would be found by anything.
  return made
    .filter(({ becomes }) => words || becomes !== anotherWord)
    .filter((mutant) => isReadable(mutant.source))
}

function isReadable(source: string): boolean {
  try {
    parseSync(source, language)
    return true
  } catch {
    return false
  }
}

function named(node: Node, parts: readonly string[]): boolean {
  const inner = node.type === 'ExportDeclaration' ? (node['declaration'] as Node) : node
  const names =
    inner.type === 'VariableDeclaration'
      ? (inner['declarations'] as { id: { value?: string } }[]).map(({ id }) => id.value)
      : [(inner['identifier'] as { value?: string } | undefined)?.value]
  return names.some((name) => name !== undefined && parts.includes(name))
}

type Read = (node: Node) => string

function* changesIn(node: Node, above: Node | undefined, read: Read): Generator<Change> {
  if (node.type === 'ImportDeclaration') return
  // A type changes nothing that runs; what is cast does.
  const isCast = /^Ts(As|NonNull|Satisfies|Const)/.test(node.type)
  if (node.type.startsWith('Ts') && !isCast) return
  yield* changesOf(node, above, read)
  for (const [name, child] of Object.entries(node)) {
    if (name === 'typeAnnotation' || name === 'returnType' || name === 'typeParameters') continue
    for (const each of Array.isArray(child) ? child : [child]) yield* changesBelow(each, node, read)
  }
}

/** Arguments and elements of arrays lie in a wrapping of their own, without a type. */
function* changesBelow(child: unknown, node: Node, read: Read): Generator<Change> {
  if (typeof child !== 'object' || child === null) return
  if ('type' in child && 'span' in child) yield* changesIn(child as Node, node, read)
  else if ('expression' in child) yield* changesBelow(child.expression, node, read)
  else if ('span' in child || 'type' in child) {
    for (const each of Object.values(child)) yield* changesBelow(each, node, read)
  }
}

function* changesOf(node: Node, above: Node | undefined, read: Read): Generator<Change> {
  const into = (becomes: string, at: Node = node): Change => {
    return { from: at.span.start, to: at.span.end, becomes }
  }
  switch (node.type) {
    case 'IfStatement':
      yield into('true', node['test'] as Node)
      yield into('false', node['test'] as Node)
      break
    case 'ConditionalExpression':
      yield into('(true)', node['test'] as Node)
      yield into('(false)', node['test'] as Node)
      break
    case 'BinaryExpression':
      yield* otherWays(node, read)
      break
    case 'UnaryExpression':
      if (node['operator'] === '!') yield into(read(node['argument'] as Node))
      break
    case 'BooleanLiteral':
      yield into(String(!node['value']))
      break
    case 'NumericLiteral':
      yield into(String(Number(node['value']) + 1))
      break
    case 'StringLiteral':
      if (above && isChosen(above, read)) yield into(anotherWord)
      break
    case 'ArrayExpression':
      if ((node['elements'] as unknown[]).length > 0) yield into('[]')
      break
    case 'ReturnStatement':
      if (returns(node, read)) yield into('return undefined')
      break
    case 'ArrowFunctionExpression':
      if (isExpression(node['body'] as Node)) yield into('undefined', node['body'] as Node)
      break
    case 'ExpressionStatement':
      yield into(';')
      break
    case 'TemplateElement':
      yield* conditionsOf(node, read)
      break
    case 'CallExpression':
      yield* shortened(node, read)
      break
  }
}

function* otherWays(node: Node, read: Read): Generator<Change> {
  const [left, right] = [node['left'] as Node, node['right'] as Node]
  const operator = String(node['operator'])
  const { start, end } = node.span
  if (operator === '??') yield { from: start, to: end, becomes: read(left) }
  const [leftText, rightText] = [read(left), read(right)]
  for (const other of otherWay[operator] ?? []) {
    const between = read(node).slice(leftText.length, read(node).length - rightText.length)
    const becomes = leftText + between.replace(operator, other) + rightText
    // `??` beside `||` or `&&` cannot be read without brackets.
    const isMixed = /\?\?/.test(leftText + rightText) && /[|&]/.test(other)
    if (!isMixed) yield { from: start, to: end, becomes }
  }
}

/** Where a word decides something: it is compared, answered, listed or the kind of a refusal. */
function isChosen(above: Node, read: Read): boolean {
  if (above.type === 'CallExpression') return read(above['callee'] as Node) === 'fault'
  return [
    ...['BinaryExpression', 'ReturnStatement', 'ConditionalExpression', 'ArrayExpression'],
    ...['TsConstAssertion', 'SwitchCase'],
  ].includes(above.type)
}

function returns(node: Node, read: Read): boolean {
  const argument = node['argument'] as Node | null
  return argument !== null && !['undefined', 'true', 'false'].includes(read(argument))
}

function isExpression(body: Node): boolean {
  const plain = new Set(['BlockStatement', 'FunctionBody', 'BooleanLiteral'])
  return !plain.has(body.type) && body['value'] !== 'undefined'
}

/** Lines of a statement that narrow it. */
function* conditionsOf(node: Node, read: Read): Generator<Change> {
  const text = read(node)
  for (const found of text.matchAll(/\n\s*and [^\n]*/g)) {
    const from = node.span.start + Buffer.byteLength(text.slice(0, found.index))
    yield { from, to: from + Buffer.byteLength(found[0]), becomes: '' }
  }
}

function* shortened(node: Node, read: Read): Generator<Change> {
  const callee = node['callee'] as Node
  if (callee.type !== 'MemberExpression') return
  const name = String((callee['property'] as { value?: string }).value)
  const { start, end } = node.span
  const object = callee['object'] as Node
  const link = read(node).slice(read(object).length).trimStart()
  const from = end - Buffer.byteLength(link)
  if (narrowing.has(name)) yield { from, to: end, becomes: '' }
  const swapped = name === 'some' ? 'every' : name === 'every' ? 'some' : null
  if (swapped) {
    const rest = read(node).slice(read(callee).length)
    yield { from: start, to: end, becomes: `${read(object)}.${swapped}${rest}` }
  }
}
