import { CalendarX2, Check } from 'lucide'
import { useNow } from '../shell/shell.tsx'
import { useCentreWords, useLanguage } from '../shell/words.tsx'
import { Icon } from '../ui/icon.tsx'
import { formatSpan } from '../words/format.ts'
import { Name } from './name.tsx'
import type { StreetNow } from './matters.ts'

/** Hours ahead in which nobody, or too few, are on duty. */
export function Gaps(props: { gaps: StreetNow['gaps'] }) {
  const words = useCentreWords()
  const language = useLanguage()
  const now = useNow()
  const [first, ...others] = props.gaps
  if (!first) {
    return (
      <p class="small muted line">
        <Icon of={Check} small />
        {words.gapsNone}
      </p>
    )
  }
  return (
    <details class="room-details">
      <summary class="small">
        <Icon of={CalendarX2} small className="is-amber" />
        <span>
          <b>{words.gapsTitle}</b> · <Name of={first.unit} />{' '}
          {formatSpan(first.from, first.to, now, language)} {words.missing(first.missing)}
          {others.length > 0 ? ` · ${words.gapsMore(others.length)}` : ''}
        </span>
      </summary>
      <ul class="stack stack-tight small">
        {props.gaps.map((gap) => (
          <li key={`${gap.unit} ${gap.from} ${gap.to}`}>
            <Name of={gap.unit} /> · {formatSpan(gap.from, gap.to, now, language)} ·{' '}
            {words.missing(gap.missing)}
          </li>
        ))}
      </ul>
    </details>
  )
}
