import { useId, useState } from 'preact/hooks'
import { ListPlus, Plus, Settings2, TriangleAlert } from 'lucide'
import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { useScenarioWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon, joined } from '../../ui/icon.tsx'
import { changed, valueAt } from './change.ts'
import { ConditionDialog } from './condition-dialog.tsx'
import { problemSaid, problemsAt, type Problem } from './problems.ts'
import type { Speech } from './said.ts'
import { lineSaid, type Line, type Part, type Token } from './sentence.ts'
import { TokenDialog } from './token-dialog.tsx'

export type Change = (rule: Definition) => void

/**
 * A rule as a sentence. Where it may be changed each of its parts is a button that opens a small
 * form; what is wrong stands beside the part that it is about.
 */
export function Sentence(props: {
  rule: Definition
  lines: readonly Line[]
  speech: Speech
  problems: readonly Problem[]
  /** Null: it is only read. */
  onChange: Change | null
}) {
  const { rule, lines, speech, onChange } = props
  const [token, openToken] = useState<Token | null>(null)
  const [node, openNode] = useState<Line | null>(null)
  return (
    <>
      <div class={joined('sentence', !onChange && 'sentence-read')}>
        {lines.map((line, at) => (
          <SentenceLine
            key={`${line.node ?? at}`}
            {...props}
            line={line}
            onToken={openToken}
            onNode={openNode}
          />
        ))}
      </div>
      {onChange ? (
        <>
          <TokenDialog
            token={token}
            rule={rule}
            speech={speech}
            onClose={() => openToken(null)}
            onSet={(next) => {
              openToken(null)
              onChange(next)
            }}
          />
          <ConditionDialog
            line={node}
            rule={rule}
            onClose={() => openNode(null)}
            onSet={(next) => {
              openNode(null)
              onChange(next)
            }}
          />
        </>
      ) : null}
    </>
  )
}

function SentenceLine(props: {
  rule: Definition
  line: Line
  speech: Speech
  problems: readonly Problem[]
  onChange: Change | null
  onToken: (token: Token) => void
  onNode: (line: Line) => void
}) {
  const { line, rule, onChange } = props
  const words = useScenarioWords()
  const own = problemsAt(props.problems, line)
  const { list } = line
  return (
    <div
      class={joined(
        'sentence-line',
        line.isSmall && 'sentence-small',
        line.depth > 0 && `sentence-in-${Math.min(2, line.depth)}`,
      )}
    >
      <p class="sentence-words">
        {gluedOf(line.parts).map(({ part, mark }, at) =>
          typeof part === 'string' ? (
            <span key={at}>{part}</span>
          ) : (
            <span key={part.field} class="glued">
              <SentenceToken {...props} token={part} />
              {mark}
            </span>
          ),
        )}
      </p>
      {onChange && line.node !== undefined ? (
        <Button
          kind="quiet"
          icon={Settings2}
          label={words.changeConditionOf(lineSaid(line))}
          onClick={() => props.onNode(line)}
        >
          {null}
        </Button>
      ) : null}
      {onChange && list !== undefined ? (
        <Button
          kind="quiet"
          icon={list === 'steps' ? Plus : ListPlus}
          className="sentence-add"
          onClick={() => onChange(withStep(rule, list))}
        >
          {words.addStep}
        </Button>
      ) : null}
      {own.map((problem) => (
        <ProblemLine
          key={problem.field + problem.because}
          problem={problem}
          speech={props.speech}
        />
      ))}
    </div>
  )
}

function SentenceToken(props: {
  token: Token
  line: Line
  speech: Speech
  problems: readonly Problem[]
  onChange: Change | null
  onToken: (token: Token) => void
}) {
  const { token } = props
  const id = useId()
  const [problem] = problemsAt(props.problems, { parts: [token] })
  const face = joined('token', problem && 'token-wrong')
  // what only a person wrote is no choice of ours: it stays as it was written
  const isWritten = token.field === 'reason'
  if (!props.onChange) {
    return (
      <b class={joined('token-read', problem && 'token-wrong', isWritten && 'token-written')}>
        {isWritten ? <span lang="">{token.says}</span> : token.says}
      </b>
    )
  }
  return (
    <button
      type="button"
      class={joined(face, isWritten && 'token-written')}
      id={id}
      aria-haspopup="dialog"
      onClick={() => props.onToken(token)}
    >
      {token.says}
    </button>
  )
}

/** What is wrong, beside what it is about. */
export function ProblemLine(props: { problem: Problem; speech: Speech; where?: string }) {
  return (
    <p class="field-problem sentence-problem">
      <Icon of={TriangleAlert} small />
      <span>
        {props.where === undefined ? '' : `${props.where}: `}
        {problemSaid(props.problem, props.speech)}
      </span>
    </p>
  )
}

/** A mark stays with the word before it: it never begins a line. */
function gluedOf(parts: readonly Part[]): { part: Part; mark: string }[] {
  const glued: { part: Part; mark: string }[] = []
  for (const part of parts) {
    const last = glued.at(-1)
    const mark = typeof part === 'string' ? (/^[，。；、：,.;:）)]/.exec(part)?.[0] ?? '') : ''
    if (mark === '' || !last || typeof last.part === 'string' || typeof part !== 'string') {
      glued.push({ part, mark: '' })
      continue
    }
    last.mark = mark
    if (part.length > mark.length) glued.push({ part: part.slice(mark.length), mark: '' })
  }
  return glued
}

/** One more who is told, before whoever keeps the matter. */
function withStep(rule: Definition, list: string): Definition {
  const steps = valueAt(rule, list) as Definition['steps']
  const told = new Set(steps.map(({ tell }) => tell))
  const order = ['person', 'contact', 'volunteer', 'worker', 'property', 'duty-officer'] as const
  const free = order.filter((one) => !told.has(one))
  const next = free.find((one) => one === 'duty-officer') ?? free.at(-1) ?? 'duty-officer'
  return changed(rule, list, [...steps, { tell: next, withinMinutes: 60 }])
}
