import { useCentreWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { Badge, type Tone } from '../ui/badge.tsx'
import { formatDue, formatList } from '../words/format.ts'
import type { TileState } from '../../src/outlook/overview/types.ts'
import { DeviceBar } from './device-bar.tsx'
import { Zone, ZoneHead } from './frame.tsx'
import { Hood, shortName } from './name.tsx'
import { allOf, byUrgency, toSee, type Committee, type Matter, type StreetNow } from './matters.ts'

/** The street without its homes: left edge the worst open matter, bar the devices. */
export function Tiles(props: { street: StreetNow; isWall?: boolean | undefined }) {
  const words = useCentreWords()
  const { street } = props
  const isSeen = (one: Committee) => one.open > 0 || allOf(one) > 0
  const seen = street.committees.filter(isSeen)
  const unseen = street.committees.filter((one) => !isSeen(one))
  const mattersOf = (one: Committee) =>
    street.matters.filter(({ committee }) => committee === one.committee)
  return (
    <Zone label={words.streetTitle(street.name, street.committees.length)} className="zone-street">
      <ZoneHead note={words.streetNote}>
        {words.streetTitle(street.name, street.committees.length)}
      </ZoneHead>
      <Legend />
      <ul class="hoods">
        {seen.map((one) => (
          <Tile
            key={one.committee}
            committee={one}
            matters={byUrgency(mattersOf(one), street.now)}
            street={street}
            isWall={props.isWall}
          />
        ))}
        {unseen.length > 0 ? <UnseenTile of={unseen} isWall={props.isWall} /> : null}
      </ul>
    </Zone>
  )
}

const tones: Readonly<Record<TileState, Tone>> = {
  emergency: 'signal',
  overdue: 'signal',
  soon: 'amber',
  open: 'plain',
  unknown: 'unknown',
  calm: 'jade',
}

function Tile(props: {
  committee: Committee
  matters: readonly Matter[]
  street: StreetNow
  isWall?: boolean | undefined
}) {
  const { committee, matters } = props
  const words = useCentreWords()
  const { tasks } = useWorkWords()
  const language = useLanguage()
  const { tile } = committee
  const [worst, ...others] = matters
  const all = allOf(committee)
  const kinds = [...new Set(others.map(({ rule, kind }) => tasks.badge(rule, kind)))]
  const says = worst
    ? tasks.badge(worst.rule, worst.kind)
    : tile === 'unknown'
      ? words.unknownTile
      : words.calm
  const due = worst && formatDue(worst.deadline, props.street.now, language)
  const also = kinds.length > 0 ? words.also(formatList(kinds, language)) : undefined
  const inside = (
    <>
      <span class="hood-top">
        <b class="hood-name">
          <Hood name={committee.name} />
        </b>
        <span class="hood-count">{committee.open}</span>
      </span>
      <span class="hood-badge">
        <span class="visually-hidden">{words.tile(tile)}: </span>
        <Badge tone={tones[tile]}>{says}</Badge>
      </span>
      {worst ? (
        <span class="row-line hood-also">{[due, also].filter(Boolean).join(' · ')}</span>
      ) : null}
      <span class="hood-devices">
        <DeviceBar of={committee} />
        <span class="note">
          {all === 0 ? words.noDevices : words.devicesToSee(toSee(committee), all)}
        </span>
      </span>
    </>
  )
  return (
    <li class="hood-cell">
      {props.isWall ? (
        <div class={`hood hood-${tile}`}>{inside}</div>
      ) : (
        <a class={`hood hood-${tile}`} href={`/centre/list/committee/${committee.committee}`}>
          {inside}
        </a>
      )}
    </li>
  )
}

/** Where nothing is open and no device stands nobody knows anything: said once for all of them. */
function UnseenTile(props: { of: readonly Committee[]; isWall?: boolean | undefined }) {
  const words = useCentreWords()
  const language = useLanguage()
  const inside = (
    <>
      <span class="hood-badge">
        <Badge tone="unknown">{words.unseen(props.of.length)}</Badge>
      </span>
      <span class="note hood-names" lang="zh-CN">
        {formatList(
          props.of.map(({ name }) => shortName(name)),
          language,
        )}
      </span>
    </>
  )
  return (
    <li class="hood-cell">
      {props.isWall ? (
        <div class="hood hood-unknown">{inside}</div>
      ) : (
        <a class="hood hood-unknown" href="/desk/devices">
          {inside}
        </a>
      )}
    </li>
  )
}

function Legend() {
  const words = useCentreWords()
  const items = [
    ['signal', words.legendEmergency],
    ['amber', words.legendSoon],
    ['jade', words.legendCalm],
    ['edge', words.legendOpen],
    ['unknown', words.legendUnknown],
    ['none', words.legendNever],
  ] as const
  return (
    <ul class="key-items" aria-label={words.legend}>
      {items.map(([paint, says]) => (
        <li key={paint} class="legend-item">
          <span class={`swatch swatch-${paint}`} />
          {says}
        </li>
      ))}
    </ul>
  )
}
