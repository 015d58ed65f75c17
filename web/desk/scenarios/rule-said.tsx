import { Check, TriangleAlert } from 'lucide'
import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { Heading } from '../../ui/card.tsx'
import { Icon } from '../../ui/icon.tsx'
import { fieldSaid } from './difference.ts'
import { LocalPart } from './local-part.tsx'
import { OtherLanguage } from './other-language.tsx'
import { preconditionsOf } from './preconditions.ts'
import { problemsElsewhere, type Problem } from './problems.ts'
import type { Rule } from './rule.ts'
import type { Speech } from './said.ts'
import { sentenceOf } from './sentence.ts'
import { ProblemLine, Sentence } from './sentence-view.tsx'

/** The sentence in both languages, what is wrong with it, and where it differs. */
export function RuleSaid(props: {
  committees: Rule['committees']
  definition: Definition
  speech: Speech
  problems: readonly Problem[]
  /** The other language stands open beside it. */
  isNew?: boolean
  onChange: ((rule: Definition) => void) | null
}) {
  const { definition, speech, problems, onChange } = props
  const lines = sentenceOf(definition, speech)
  const shown = problems.filter(({ field }) => !field.startsWith('local.'))
  return (
    <>
      <div>
        <Sentence
          rule={definition}
          lines={lines}
          speech={speech}
          problems={shown}
          onChange={onChange}
        />
        {problemsElsewhere(shown, lines).map((problem) => (
          <ProblemLine
            key={problem.field + problem.because}
            problem={problem}
            speech={speech}
            {...(problem.field === '' ? {} : { where: fieldSaid(problem.field, speech) })}
          />
        ))}
      </div>
      <OtherLanguage rule={definition} speech={speech} isOpen={props.isNew === true} />
      <LocalPart
        rule={definition}
        committees={props.committees}
        speech={speech}
        problems={problems}
        onChange={onChange}
      />
    </>
  )
}

export function Preconditions(props: { definition: Definition; speech: Speech }) {
  const { words } = props.speech
  return (
    <section class="workshop-pre">
      <Heading level={2}>{words.preTitle}</Heading>
      <ul class="stack">
        {preconditionsOf(props.definition, props.speech).map(({ isHeld, says }) => (
          <li key={says} class="line">
            <span class={isHeld ? 'is-jade' : 'is-amber'}>
              <Icon
                of={isHeld ? Check : TriangleAlert}
                label={isHeld ? words.preYes : words.preNo}
              />
            </span>
            <span>{says}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
