import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { ChevronDown } from 'lucide'
import type { Input, Output } from '../../src/kernel/endpoint.ts'
import type { Instant } from '../../src/kernel/clock.ts'
import type { askWhy } from '../../src/ground/privacy/asking/api.ts'
import type { whoWasIt } from '../../src/ground/privacy/reading/api.ts'
import { call, type Answered } from '../shell/call.ts'
import { readLook } from '../shell/look.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useNow, useShell } from '../shell/shell.tsx'
import { useBookWords, useLanguage } from '../shell/words.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { List, ListHead, Row } from '../ui/list.tsx'
import { formatDate, formatInstant, formatList } from '../words/format.ts'
import {
  groupByDay,
  mayAsk,
  stateOf,
  timesOf,
  type AlikeLooks,
  type Look,
  type Question,
} from './looks.ts'

type OnAsked = (look: string, dueAt: Instant) => void

/** The rows under their days; looks that read alike are one row. */
export function LookRows(props: { looks: readonly Look[]; onAsked: OnAsked }) {
  const language = useLanguage()
  return (
    <List>
      {groupByDay(props.looks, useNow(), language).flatMap(({ day, rows }) => [
        <ListHead key={day}>{day}</ListHead>,
        ...rows.map((row) => (
          <LookRow key={`${day} ${row.key}`} row={row} onAsked={props.onAsked} />
        )),
      ])}
    </List>
  )
}

/** What a row asks of is the newest of its looks. */
function LookRow(props: { row: AlikeLooks; onAsked: OnAsked }) {
  const { newest, question } = props.row
  const words = useBookWords()
  const language = useLanguage()
  const { isBusy, refusal, run } = useAct()
  const says = readLook(newest, { words, language })
  const ask = () =>
    void run(async () => {
      const asked: Input<typeof askWhy> = { look: newest.id }
      const result = await call<typeof askWhy>('post', '/privacy/looks/why', asked)
      if (result.ok) props.onAsked(newest.id, result.answer.dueAt)
      return result
    })
  const label = words.askWhyOf(says.who, says.time)
  return (
    <Row
      title={says.who}
      detail={says.what}
      line={
        <>
          <span class="look-why">{says.why}</span>
          {newest.outcome === null ? null : (
            <span class="look-why">{words.outcome(newest.outcome)}</span>
          )}
          {question ? <WhenDue question={question} /> : null}
        </>
      }
      side={
        <>
          <span class="small muted">{says.time}</span>
          {question ? (
            <AskedBadge question={question} />
          ) : mayAsk(newest) ? (
            <LookForm to="/care/looks/why" look={newest.id} onPress={ask}>
              <Button type="submit" kind="quiet" className="out-right" busy={isBusy} label={label}>
                {words.askWhy}
              </Button>
            </LookForm>
          ) : null}
        </>
      }
      more={
        refusal || hasFold(props.row) ? (
          <>
            <RefusalStrip refusal={refusal} />
            {hasFold(props.row) ? <Fold row={props.row} /> : null}
          </>
        ) : undefined
      }
    />
  )
}

/** A plain form without script; with it the page stays. */
function LookForm(props: {
  to: string
  look: string
  onPress: () => void
  children: ComponentChildren
}) {
  return (
    <form
      method="post"
      action={props.to}
      onSubmit={(event) => {
        event.preventDefault()
        props.onPress()
      }}
    >
      <input type="hidden" name="look" value={props.look} />
      {props.children}
    </form>
  )
}

function AskedBadge(props: { question: Question }) {
  const words = useBookWords()
  const state = stateOf(props.question, useNow())
  if (state === 'answered') return <Badge tone="jade">{words.answered}</Badge>
  return <Badge tone={state === 'late' ? 'amber' : 'plain'}>{words.askedBadge[state]}</Badge>
}

function WhenDue(props: { question: Question }) {
  const words = useBookWords()
  const language = useLanguage()
  const now = useNow()
  const { question } = props
  const state = stateOf(question, now)
  if (state === 'answered') return null
  return <span class="look-why">{words[state](formatDate(question.dueAt, now, language))}</span>
}

/** Somebody of a post: their name is given to whoever they looked at. */
function isOfPost({ by, how }: Look): boolean {
  return by === 'post' && how !== 'backup'
}

function hasFold({ newest, at, question }: AlikeLooks): boolean {
  return at.length > 1 || isOfPost(newest) || Boolean(question?.answered)
}

/** What stands below a row, to be opened: how often and when, the answer, the name. */
function Fold(props: { row: AlikeLooks }) {
  const { newest, at, question } = props.row
  const words = useBookWords()
  const language = useLanguage()
  const given = useNameFromForm(newest.id)
  const answered = question?.answered ?? null
  const head = answered
    ? words.seeAnswer
    : at.length > 1
      ? words.timesSeen(at.length)
      : words.seeName
  return (
    <details class="times" open={given !== null}>
      <summary class="times-head">
        {head}
        <Icon of={ChevronDown} small className="fold-mark" />
      </summary>
      <div class="stack stack-tight">
        {answered ? <Answer answered={answered} /> : null}
        {at.length > 1 ? (
          <p class="small muted">{formatList(timesOf(at, words), language)}</p>
        ) : null}
        {isOfPost(newest) ? <Name look={newest.id} given={given} /> : null}
      </div>
    </details>
  )
}

function Answer(props: { answered: NonNullable<Question['answered']> }) {
  const { at, title, unit, says } = props.answered
  const words = useBookWords()
  const language = useLanguage()
  const day = formatInstant(at, useNow(), language)
  return (
    <div>
      <p>{words.answerSaid(says)}</p>
      <p class="small muted">{words.answerBy(unit, title, day)}</p>
    </div>
  )
}

type Named = Output<typeof whoWasIt>

/** As the form was answered that asked for it without script. */
function useNameFromForm(look: string): Named | null {
  const kept = useShell().answers.get('made')?.value as Answered<Named> | null | undefined
  return kept?.ok && kept.answer.look === look ? kept.answer : null
}

/** Asked for each time anew: whoever it names sees each of them. */
function Name(props: { look: string; given: Named | null }) {
  const { look } = props
  const words = useBookWords()
  const { isBusy, refusal, run } = useAct()
  const [named, setNamed] = useState(props.given)
  const ask = () =>
    void run(async () => {
      const result = await call<typeof whoWasIt>('post', '/privacy/looks/who', { look })
      if (result.ok) setNamed(result.answer)
      return result
    })
  return (
    <div role="status">
      {named ? (
        <p class="small-strong">
          {named.name === null ? words.nameGone : words.nameIs(named.name)}
        </p>
      ) : (
        <>
          <LookForm to="/care/looks/who" look={look} onPress={ask}>
            <Button type="submit" busy={isBusy}>
              {words.askName}
            </Button>
          </LookForm>
          <p class="note">{words.nameNote}</p>
        </>
      )}
      <RefusalStrip refusal={refusal} />
    </div>
  )
}
