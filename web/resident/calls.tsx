import { FileCheck, Phone } from 'lucide'
import type { Instant } from '../../src/kernel/clock.ts'
import { useNow } from '../shell/shell.tsx'
import { useCareWords, useLanguage } from '../shell/words.tsx'
import { Badge } from '../ui/badge.tsx'
import { Card, Facts } from '../ui/card.tsx'
import { formatDate } from '../words/format.ts'
import { LooksAct, paperFact } from './agreed.tsx'
import { ContactsPart } from './contacts-part.tsx'
import { EndPart } from './end-part.tsx'
import { Fold } from './fold.tsx'
import { useWhomToCall } from './frame.tsx'
import { Headline } from './headline.tsx'
import { ReadToMe, type Care } from './standing.tsx'

type Calls = Extract<Care['plan'], { is: 'calls' }>

/** Calls alone: nothing is judged, so nothing stands here of how the person is. */
export function CallsPlan(props: {
  plan: Calls
  step: number
  again: () => Promise<void>
  onEnded: (at: Instant) => void
}) {
  const words = useCareWords()
  const language = useLanguage()
  const now = useNow()
  const unit = useWhomToCall()?.unit ?? words.committee
  const { plan } = props
  return (
    <div class="stack stack-wide">
      <Card>
        <div class="stack">
          <p class="flow">
            <Badge tone="plain" icon={Phone}>
              {words.ways.call}
            </Badge>
            <span class="small muted">{words.title}</span>
          </p>
          <Headline step={props.step}>{words.callsHead(unit)}</Headline>
          <p>{words.callsLine}</p>
          <ReadToMe text={`${words.callsHead(unit)}\n${words.callsLine}`} />
        </div>
      </Card>
      <div class="acts">
        <ContactsPart contacts={plan.contacts} again={props.again} />
        <LooksAct />
        <Fold icon={FileCheck} title={words.termsHead} line={words.ways.call}>
          <Facts
            facts={[
              { name: words.agreedSince, says: formatDate(plan.since, now, language) },
              { name: words.agreedUntil, says: formatDate(plan.agreedUntil, now, language) },
              ...(plan.paper ? [paperFact(plan.paper, words)] : []),
            ]}
          />
        </Fold>
      </div>
      <EndPart onEnded={props.onEnded} />
    </div>
  )
}
