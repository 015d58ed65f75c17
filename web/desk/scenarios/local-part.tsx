import { useState } from 'preact/hooks'
import { Plus, Undo2 } from 'lucide'
import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { useScenarioWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { SelectField } from '../../ui/field.tsx'
import { changed } from './change.ts'
import type { Problem } from './problems.ts'
import type { Rule } from './rule.ts'
import type { Speech } from './said.ts'
import { localLines } from './sentence.ts'
import { Sentence } from './sentence-view.tsx'

/** Who is told and which hours are quiet, where a neighbourhood does it otherwise. */
export function LocalPart(props: {
  rule: Definition
  committees: Rule['committees']
  speech: Speech
  problems: readonly Problem[]
  onChange: ((rule: Definition) => void) | null
}) {
  const { rule, speech, onChange } = props
  const words = useScenarioWords()
  if (rule.local.length === 0 && !onChange) return null
  return (
    <section class="stack">
      <Heading level={2}>{words.localTitle}</Heading>
      {rule.local.length === 0 ? <p class="note">{words.localNone}</p> : null}
      {rule.local.map(({ place }, at) => (
        <div key={place} class="stack stack-tight">
          <h3 class="strong">{speech.nameOf(place)}</h3>
          <Sentence
            rule={rule}
            lines={localLines(rule, at, speech)}
            speech={speech}
            problems={props.problems.filter(({ field }) => field.startsWith(`local.${at}`))}
            onChange={onChange}
          />
          {onChange ? (
            <Button
              kind="quiet"
              icon={Undo2}
              className="out-left back"
              onClick={() =>
                onChange(
                  changed(
                    rule,
                    'local',
                    rule.local.filter((one) => one.place !== place),
                  ),
                )
              }
            >
              {words.localRemove(speech.nameOf(place))}
            </Button>
          ) : null}
        </div>
      ))}
      {onChange ? <AddLocal {...props} onChange={onChange} /> : null}
    </section>
  )
}

function AddLocal(props: {
  rule: Definition
  committees: Rule['committees']
  onChange: (rule: Definition) => void
}) {
  const { rule } = props
  const words = useScenarioWords()
  const free = props.committees.filter(
    ({ committee }) => !rule.local.some(({ place }) => place === committee),
  )
  const [place, setPlace] = useState(free[0]?.committee ?? '')
  if (free.length === 0) return null
  const chosen = free.some(({ committee }) => committee === place)
    ? place
    : (free[0]?.committee ?? '')
  return (
    <details>
      <summary class="button button-quiet out-left">{words.localAdd}</summary>
      <div class="length above-2">
        <SelectField
          label={words.whichPlace}
          name="local-place"
          value={chosen}
          options={free.map(({ committee, name }) => ({ value: committee, words: name }))}
          onInput={setPlace}
        />
        <Button
          icon={Plus}
          onClick={() =>
            props.onChange(
              changed(rule, 'local', [
                ...rule.local,
                { place: chosen, quiet: rule.quiet, steps: rule.steps },
              ]),
            )
          }
        >
          {words.set}
        </Button>
      </div>
    </details>
  )
}
