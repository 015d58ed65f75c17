import { useRef, useState } from 'preact/hooks'
import { FileText, Landmark, LockKeyhole } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { askedCounts } from '../../src/ground/privacy/asking/api.ts'
import type { whoLooked } from '../../src/ground/privacy/reading/api.ts'
import { call } from '../shell/call.ts'
import { LanguageLink } from '../shell/language-link.tsx'
import { useLive } from '../shell/live.ts'
import { ReadAloud } from '../shell/read-aloud.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useFirst, useNow, useShell } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useBookWords, useLanguage, useWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { LooksChart } from '../ui/charts.tsx'
import { CardRow } from '../ui/list.tsx'
import { Stat } from '../ui/progress.tsx'
import { State } from '../ui/state.tsx'
import { formatCount } from '../words/format.ts'
import { Resident, useMe } from './frame.tsx'
import { LookRows } from './look-rows.tsx'
import { lookDays, sentencesOf, unite, withAsked, type Look, type Question } from './looks.ts'

type Looks = Output<typeof whoLooked>

/** Who looked at my data, at what, and why: newest first, and new ones appear by themselves. */
export function LooksPage() {
  const words = useWords()
  const book = useBookWords()
  const me = useMe()
  const { result, again } = useFirst<typeof whoLooked>('/privacy/looks', {})
  useLive('looks', again)
  const answered = result.value
  // Whoever only works here has no page of a resident's to go back to.
  const isStaffAlone = me !== undefined && me.place === null && me.title !== null
  const back = isStaffAlone
    ? { href: '/desk/me', words: words.ui.me }
    : { href: '/care', words: words.care.title }
  return (
    <Resident back={back}>
      <div class="stack stack-wide">
        <div class="stack stack-tight">
          <h1 class="head headline">{words.privacy.title}</h1>
          <p class="small muted">{book.titleLine}</p>
        </div>
        <FormRefused />
        {answered?.ok ? (
          <Book newest={answered.answer} />
        ) : (
          <Unanswered refusal={answered?.refusal} again={again} />
        )}
        <AskedInStreet />
        {isStaffAlone ? null : (
          <CardRow
            icon={LockKeyhole}
            title={words.privacy.consents}
            line={words.privacy.consentsLine}
            href="/consents"
          />
        )}
        <CardRow icon={FileText} title={words.identity.titles.myData} href="/my-data" />
        <CardRow icon={Landmark} title={words.privacy.authorities} href="/authorities" />
        <div class="flow">
          <LanguageLink />
        </div>
      </div>
    </Resident>
  )
}

/** Why a form that was pressed without script was refused. */
function FormRefused() {
  const kept = useShell().answers.get('refused')?.value
  return <RefusalStrip refusal={kept && !kept.ok ? kept.refusal : null} />
}

function Book(props: { newest: Looks }) {
  const words = useBookWords()
  const language = useLanguage()
  const now = useNow()
  const [asked, setAsked] = useState<Readonly<Record<string, Question>>>({})
  const { looks: known, hasMore, older } = useOlder(props.newest)
  const looks = withAsked(known, asked)
  if (looks.length === 0) {
    return <State kind="empty" title={words.none} line={words.noneLine} />
  }
  const total = sumOf(props.newest.days)
  return (
    <>
      <LastDays days={props.newest.days} />
      <ReadAloud sentences={() => sentencesOf(looks, now, total, { words, language })} />
      <div class="stack">
        <div class="looks-rows">
          <h2 class="visually-hidden">{words.list}</h2>
          <LookRows
            looks={looks}
            onAsked={(look, dueAt) => {
              setAsked({ ...asked, [look]: { askedAt: now, dueAt, answered: null } })
            }}
          />
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

function sumOf(days: readonly number[]): number {
  return days.reduce((sum, count) => sum + count, 0)
}

function LastDays(props: { days: readonly number[] }) {
  const words = useBookWords()
  const { today } = useWords().ui
  const language = useLanguage()
  const days = lookDays(props.days, useNow(), {
    words,
    language,
    today,
  })
  const total = sumOf(props.days)
  return (
    <div class="looks-top">
      <Stat number={formatCount(total)} unit={words.times} label={words.lastDays} />
      <LooksChart
        days={days}
        label={words.chart(total, Math.max(...props.days))}
        dayWord={words.day}
        countWord={words.count}
      />
    </div>
  )
}

/** How the street answers: for everybody to see. Nothing where it is not known. */
function AskedInStreet() {
  const words = useBookWords()
  const language = useLanguage()
  const result = useFirst<typeof askedCounts>('/privacy/questions/counts', {}).result.value
  const counts = result?.ok ? result.answer.street : null
  if (!counts) return null
  const { asked, inTime, late, open, overdue } = counts
  return (
    <section class="stack stack-tight">
      <h2 class="small-strong">{words.countsTitle}</h2>
      <p class="small muted">
        {[
          words.countsRule,
          words.counts(asked, inTime, late),
          ...(open > 0 ? [words.countsOpen(open, overdue)] : []),
        ].join(language === 'en' ? ' ' : '')}
      </p>
    </section>
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
