import type { DeviceId, GatewayId } from '../../../src/kernel/ids.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { story } from '../../../src/watch/devices/api.ts'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useFirst, useNow } from '../../shell/shell.tsx'
import { useDeviceWords, useLanguage } from '../../shell/words.tsx'
import { Heading } from '../../ui/card.tsx'
import { Timeline } from '../../ui/progress.tsx'
import { formatInstant } from '../../words/format.ts'

type Steps = Output<typeof story>['steps']

/** What was done to it, the newest on top: by post, never by name. */
export function Story(props: { source: DeviceId | GatewayId }) {
  const words = useDeviceWords()
  const kept = useFirst<typeof story>('/devices/story', { source: props.source })
  const result = kept.result.value
  return (
    <section>
      <Heading>{words.storyTitle}</Heading>
      {!result?.ok ? (
        <Unanswered refusal={result?.refusal} again={kept.again} />
      ) : result.answer.steps.length === 0 ? (
        <p class="note">{words.storyNone}</p>
      ) : (
        <StepsDone steps={result.answer.steps} />
      )}
    </section>
  )
}

function StepsDone(props: { steps: Steps }) {
  const words = useDeviceWords()
  const language = useLanguage()
  const now = useNow()
  return (
    <Timeline
      label={words.storyTitle}
      steps={props.steps.map((step, at) => {
        const when = formatInstant(step.at, now, language)
        return {
          state: 'done' as const,
          title: words.step(step.act),
          line: [step.place, step.words].filter(Boolean).join(' · ') || undefined,
          note:
            step.unit === null || step.title === null
              ? when
              : words.storyBy(when, step.unit, step.title),
          spoken: at === 0 ? words.spokenNow : words.spokenDone,
        }
      })}
    />
  )
}
