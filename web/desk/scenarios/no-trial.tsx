import { useScenarioWords } from '../../shell/words.tsx'
import { Heading } from '../../ui/card.tsx'

/** In place of a trial: one sentence why there is none. */
export function NoTrial(props: { why: 'peers' | 'health' }) {
  const words = useScenarioWords()
  return (
    <section class="stack" aria-label={words.noTrialTitle}>
      <Heading>{words.noTrialTitle}</Heading>
      <p>{words.noTrial[props.why]}</p>
    </section>
  )
}
