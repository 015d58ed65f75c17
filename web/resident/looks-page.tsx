import { useRef, useState } from 'preact/hooks'
import { ChevronDown, Landmark, LockKeyhole } from 'lucide'
import type { Instant } from '../../src/kernel/clock.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { whoLooked } from '../../src/ground/privacy/api.ts'
import { call } from '../shell/call.ts'
import { useLive } from '../shell/live.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useFirst, useNow } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useLanguage, useWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { LooksChart } from '../ui/charts.tsx'
import { Icon } from '../ui/icon.tsx'
import { CardRow, List, ListHead, Row } from '../ui/list.tsx'
import { Stat } from '../ui/progress.tsx'
import { State } from '../ui/state.tsx'
import { formatCount, formatList } from '../words/format.ts'
import { Resident } from './frame.tsx'
import { groupByDay, lookDays, readLook, timesOf, unite, type Look } from './looks.ts'

type Looks = Output<typeof whoLooked>

/** Who looked at my data, at what, and why: newest first, and new ones appear by themselves. */
export function LooksPage() {
  const words = useWords()
  const { result, again } = useFirst<typeof whoLooked>('/privacy/looks', {})
  useLive('care', again)
  const answered = result.value
  return (
    <Resident back={{ href: '/care', words: words.care.title }}>
      <div class="stack stack-wide">
        <div class="stack stack-tight">
          <h1 class="head headline">{words.privacy.title}</h1>
          <p class="small muted">{words.privacy.titleLine}</p>
        </div>
        {answered?.ok ? (
          <Book newest={answered.answer} />
        ) : (
          <Unanswered refusal={answered?.refusal} again={again} />
        )}
        <CardRow
          icon={LockKeyhole}
          title={words.privacy.consents}
          line={words.privacy.consentsLine}
          href="/care"
        />
        <CardRow icon={Landmark} title={words.privacy.authorities} href="/authorities" />
      </div>
    </Resident>
  )
}

function Book(props: { newest: Looks }) {
  const words = useWords().privacy
  const { looks, hasMore, older } = useOlder(props.newest)
  if (looks.length === 0) {
    return <State kind="empty" title={words.none} line={words.noneLine} />
  }
  return (
    <>
      <LastDays days={props.newest.days} />
      <div class="stack">
        <div class="looks-rows">
          <h2 class="visually-hidden">{words.list}</h2>
          <Rows looks={looks} />
        </div>
        {hasMore ? (
          <Button wide busy={older.isBusy} onClick={older.ask}>
            {words.more}
          </Button>
        ) : (
          <p class="small muted centre">{words.noMore}</p>
        )}
        <RefusalStrip refusal={older.refusal} />
      </div>
    </>
  )
}

function LastDays(props: { days: readonly number[] }) {
  const words = useWords()
  const language = useLanguage()
  const days = lookDays(props.days, useNow(), {
    words: words.privacy,
    language,
    today: words.ui.today,
  })
  const total = props.days.reduce((sum, count) => sum + count, 0)
  return (
    <div class="looks-top">
      <Stat number={formatCount(total)} unit={words.privacy.times} label={words.privacy.lastDays} />
      <LooksChart
        days={days}
        label={words.privacy.chart(total, Math.max(...props.days))}
        dayWord={words.privacy.day}
        countWord={words.privacy.count}
      />
    </div>
  )
}

function Rows(props: { looks: readonly Look[] }) {
  const words = useWords().privacy
  const language = useLanguage()
  const reader = { words, language }
  return (
    <List>
      {groupByDay(props.looks, useNow(), language).flatMap(({ day, rows }) => [
        <ListHead key={day}>{day}</ListHead>,
        ...rows.map(({ key, newest, at }) => {
          const says = readLook(newest, reader)
          return (
            <Row
              key={`${day} ${key}`}
              title={says.who}
              detail={says.what}
              line={says.why}
              side={<span class="small muted">{says.time}</span>}
              more={at.length > 1 ? <Times at={at} /> : undefined}
            />
          )
        }),
      ])}
    </List>
  )
}

/** How often, and on asking when. */
function Times(props: { at: readonly Instant[] }) {
  const words = useWords().privacy
  const language = useLanguage()
  return (
    <details class="times">
      <summary class="times-head">
        {words.timesSeen(props.at.length)}
        <Icon of={ChevronDown} small className="fold-mark" />
      </summary>
      <p class="small muted">{formatList(timesOf(props.at, words), language)}</p>
    </details>
  )
}

/** The newest rows, kept fresh by the page, and those asked for below them. */
function useOlder(newest: Looks) {
  const known = useRef<Look[]>([])
  known.current = unite(known.current, newest.looks)
  const [end, setEnd] = useState<{ more: boolean } | null>(null)
  const act = useAct()
  const ask = () =>
    void act.run(async () => {
      const before = known.current[known.current.length - 1]?.id
      const input = before === undefined ? {} : { before }
      const result = await call<typeof whoLooked>('get', '/privacy/looks', input)
      if (result.ok) {
        known.current = unite(known.current, result.answer.looks)
        setEnd({ more: result.answer.more })
      }
      return result
    })
  return {
    looks: known.current,
    hasMore: end?.more ?? newest.more,
    older: { isBusy: act.isBusy, refusal: act.refusal, ask },
  }
}
