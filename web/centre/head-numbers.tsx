import { TriangleAlert, UserX } from 'lucide'
import { useCentreWords, useLanguage } from '../shell/words.tsx'
import { Badge } from '../ui/badge.tsx'
import { Icon, joined } from '../ui/icon.tsx'
import { formatCount, formatTime } from '../words/format.ts'
import type { StreetNow } from './matters.ts'

/** Who is on duty, or in signal that nobody is. */
export function OnDuty(props: { street: StreetNow }) {
  const words = useCentreWords()
  const [first, ...others] = props.street.onDuty
  if (!first) {
    return (
      <Badge tone="signal" icon={UserX}>
        {words.nobodyOnDuty}
      </Badge>
    )
  }
  const { title, until } = first
  return (
    <span class="brand-line">
      {until === null ? words.onDutyOne(title) : words.onDutyUntil(title, formatTime(until))}
      {others.length > 0 ? ` · ${words.onDutyMore(others.length)}` : ''}
    </span>
  )
}

/** Each number is the door to what it counts. On the wall there is nobody to open it. */
export function HeadNumbers(props: { street: StreetNow; isWall?: boolean | undefined }) {
  const words = useCentreWords()
  const { street, isWall } = props
  const { proof } = street
  return (
    <ul class="head-numbers" aria-label={words.inNumbers}>
      <Figure of={street.open} says={words.open} href={isWall ? null : '/centre/list/open'} />
      <Figure
        of={street.emergencies}
        says={words.emergencies}
        href={isWall ? null : '/centre/list/emergency'}
        isAlarm={street.emergencies > 0}
      />
      {proof ? (
        <Figure
          of={proof.unowned}
          says={words.unowned}
          href={isWall ? null : '/centre/list/unowned'}
          isAlarm={proof.unowned + proof.unescalated > 0}
        />
      ) : (
        <li class="head-number muted">{words.unownedNotLooked}</li>
      )}
      <Figure
        of={street.devicesUnknown}
        says={words.devicesUnknown}
        href={isWall ? null : '/desk/devices/of/all/all/unknown'}
      />
      <Figure
        of={street.closedToday}
        says={closedSays(street, words)}
        href={isWall ? null : '/centre/list/closed-today'}
      />
    </ul>
  )
}

function closedSays({ usualByNow }: StreetNow, words: ReturnType<typeof useCentreWords>): string {
  const en = useLanguage() === 'en'
  if (usualByNow === null) return words.closedToday
  return `${words.closedToday}${en ? ', ' : '，'}${words.usualByNow(usualByNow)}`
}

function Figure(props: {
  of: number
  says: string
  href: string | null
  isAlarm?: boolean | undefined
}) {
  const { isAlarm, href } = props
  const inside = (
    <>
      {isAlarm ? <Icon of={TriangleAlert} className="is-signal" /> : null}
      <b class={joined('title', isAlarm && 'is-signal')}>{formatCount(props.of)}</b>
      <span class="muted">{props.says}</span>
    </>
  )
  return (
    <li>
      {href === null ? (
        <span class="head-number">{inside}</span>
      ) : (
        <a class="head-number" href={href}>
          {inside}
        </a>
      )}
    </li>
  )
}
