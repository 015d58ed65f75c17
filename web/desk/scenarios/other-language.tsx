import { useEffect, useState } from 'preact/hooks'
import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { useLoadScenarios, useScenarioWords, type ScenarioWords } from '../../shell/words.tsx'
import type { Speech } from './said.ts'
import { lineSaid, sentenceOf, type Line } from './sentence.ts'

/** The same rule in the language that the page does not speak; its words come when it is opened. */
export function OtherLanguage(props: { rule: Definition; speech: Speech; isOpen: boolean }) {
  const { rule, speech } = props
  const words = useScenarioWords()
  const other = speech.language === 'en' ? 'zh-CN' : 'en'
  const [theirs, keep] = useState<ScenarioWords | null>(null)
  const loadWords = useLoadScenarios()
  const load = () => {
    if (theirs === null) void loadWords(other).then(keep, () => undefined)
  }
  useEffect(() => {
    if (props.isOpen) load()
  }, [props.isOpen])
  return (
    <details open={props.isOpen} onToggle={(event) => event.currentTarget.open && load()}>
      <summary class="button button-quiet out-left">{words.otherLanguage}</summary>
      {theirs ? (
        <div lang={other} class="above-2">
          {paragraphs(sentenceOf(rule, { ...speech, language: other, words: theirs })).map(
            ({ says, isSmall }, at) => (
              <p key={at} class={isSmall ? 'note' : undefined}>
                {says.join(theirs.between)}
              </p>
            ),
          )}
        </div>
      ) : null}
    </details>
  )
}

/** What is said smaller stands together. */
function paragraphs(lines: readonly Line[]): { says: string[]; isSmall: boolean }[] {
  const all: { says: string[]; isSmall: boolean }[] = []
  for (const line of lines) {
    const isSmall = line.isSmall === true
    const last = all.at(-1)
    if (isSmall && last?.isSmall) last.says.push(lineSaid(line))
    else all.push({ says: [lineSaid(line)], isSmall })
  }
  return all
}
