import type { ComponentChildren } from 'preact'
import { ArrowRight, TriangleAlert } from 'lucide'
import { useNow } from '../../shell/shell.tsx'
import { useLanguage, useScenarioWords } from '../../shell/words.tsx'
import { shortNumber } from '../../ui/axis.ts'
import { Heading } from '../../ui/card.tsx'
import { Bar, Legend } from '../../ui/charts.tsx'
import { DaysChart, PairsChart } from '../../ui/days-chart.tsx'
import { Icon, joined } from '../../ui/icon.tsx'
import { formatCount, formatDate } from '../../words/format.ts'
import { outcomePaint, outcomeOrder } from './outcomes.tsx'
import { committeesOf, daysOf, weeksOf, type Both, type Trial } from './trial-sums.ts'

/** `minutes`: of a worker, for one visit of the version that is tried. */
type Given = { trial: Trial; minutes: number; nameOf: (place: string) => string }

/** What a version would have meant: numbers, days, weeks, what was found, the verdict. */
export function TrialResult(props: Given) {
  return (
    <>
      <Numbers {...props} />
      <Days {...props} />
      <div class="trial-pair">
        <Weeks {...props} />
        <Found {...props} />
      </div>
      <Committees {...props} />
      <Verdict trial={props.trial} />
    </>
  )
}

/** Four numbers, each with what it was. */
function Numbers({ trial, minutes }: Given) {
  const words = useScenarioWords()
  const { draft, inForce, capacityPerDay: capacity } = trial
  const weeks = Math.max(1, daysOf(trial).length) / 7
  const from = (value: number | undefined) => (value === undefined ? '' : shortNumber(value))
  return (
    <dl class="trial-numbers">
      <Figure
        name={words.perDay}
        from={from(inForce?.perDay)}
        to={shortNumber(draft.perDay)}
        line={words.perDayUnit}
      />
      <Figure
        name={words.hoursWeek}
        from={from(inForce ? inForce.workerHours / weeks : undefined)}
        to={shortNumber(draft.workerHours / weeks)}
        line={words.hoursUnit(minutes)}
      />
      <Figure
        name={words.overDays}
        from={from(inForce?.daysOverCapacity)}
        to={String(draft.daysOverCapacity)}
        line={words.overUnit(capacity)}
        isLoud={draft.daysOverCapacity > 0}
      />
      <Figure
        name={words.knownHelp(trial.known)}
        from={from(inForce?.caught)}
        to={String(draft.caught)}
        line={words.missed(draft.missed)}
        isLoud={draft.missed > 0}
      />
      {draft.falseVisitsPer1000HomesWeek === null ? null : (
        <Figure
          name={words.falseName}
          from={from(inForce?.falseVisitsPer1000HomesWeek ?? undefined)}
          to={shortNumber(draft.falseVisitsPer1000HomesWeek)}
          line={trial.simulatedPercent > 0 ? words.falseSimulated : words.falseUnit}
        />
      )}
      {draft.asks > 0 || (inForce?.asks ?? 0) > 0 ? (
        <Figure
          name={words.asksName}
          from={from(inForce?.asks)}
          to={formatCount(draft.asks)}
          line={words.asksUnit}
        />
      ) : null}
    </dl>
  )
}

function Figure(props: { name: string; from: string; to: string; line: string; isLoud?: boolean }) {
  const words = useScenarioWords()
  return (
    <div class="trial-number">
      <dt class="note">{props.name}</dt>
      <dd>
        {props.from === '' ? null : (
          <span class="trial-from">
            {props.from} <Icon of={ArrowRight} small label={words.fromTo} />{' '}
          </span>
        )}
        <b class={joined('trial-to', props.isLoud === true && 'is-amber')}>{props.to}</b>
        <span class="note trial-line">{props.line}</span>
      </dd>
    </div>
  )
}

function Days({ trial }: Given) {
  const words = useScenarioWords()
  const language = useLanguage()
  const now = useNow()
  const days = daysOf(trial).map((day) => ({
    ...day,
    label: formatDate(Date.parse(`${day.day}T00:00:00+08:00`), now, language),
  }))
  const { draft, inForce, capacityPerDay: capacity } = trial
  const says = words.chartSays(
    shortNumber(draft.perDay),
    inForce ? shortNumber(inForce.perDay) : words.unitsNone,
    draft.daysOverCapacity,
  )
  return (
    <section>
      <Heading level={3}>{words.visitsTitle}</Heading>
      <ul class="legend under-2">
        {inForce ? <Key of="key-line">{words.inForceLine}</Key> : null}
        <Key of="key-draft">{words.draftBar}</Key>
        <Key of="key-over">{words.draftOver}</Key>
        <Key of="key-limit">{words.limitLine(capacity)}</Key>
        <Key of="swatch-unknown">{words.simulatedDay}</Key>
      </ul>
      <DaysChart
        days={days.map(({ day, label, draft: bar, inForce: line, isSimulated }) => ({
          ...{ key: day, label, bar, line, isSimulated },
        }))}
        limit={capacity}
        label={says}
        hasLine={inForce !== null}
      />
      <Table
        caption={words.visitsTitle}
        heads={[words.dayWord, words.inForceLine, words.draftBar]}
        rows={days.map((day) => [day.label, String(day.inForce), String(day.draft)])}
      />
    </section>
  )
}

function Key(props: { of: string; children: ComponentChildren }) {
  return (
    <li class="legend-item">
      <span class={`swatch ${props.of}`} />
      {props.children}
    </li>
  )
}

function Weeks({ trial }: Given) {
  const words = useScenarioWords()
  const weeks = weeksOf(daysOf(trial), {
    draft: minutesEach(trial.draft),
    inForce: trial.inForce ? minutesEach(trial.inForce) : 0,
  })
  if (weeks.length === 0) return null
  const mean = (side: keyof Both) =>
    shortNumber(weeks.reduce((sum, week) => sum + week[side], 0) / weeks.length)
  const hasInForce = trial.inForce !== null
  return (
    <section>
      <Heading level={3}>{words.weeksTitle}</Heading>
      <PairsChart
        pairs={weeks.map((week) => ({
          ...{ label: words.week(week.week), first: week.inForce, second: week.draft },
        }))}
        label={words.weeksSays(mean('draft'), hasInForce ? mean('inForce') : words.unitsNone)}
        hasFirst={hasInForce}
      />
      <Table
        caption={words.weeksTitle}
        heads={[words.weeksTitle, words.inForceLine, words.draftBar]}
        rows={weeks.map((week) => [
          words.week(week.week),
          shortNumber(week.inForce),
          shortNumber(week.draft),
        ])}
      />
    </section>
  )
}

/** Of all workers together: where two go to one door, both count. */
function minutesEach({ visits, workerHours }: Trial['draft']): number {
  return visits === 0 ? 0 : (workerHours * 60) / visits
}

/** What was found there; what nobody went to see is hatched and counts neither way. */
function Found({ trial }: Given) {
  const words = useScenarioWords()
  const sides = [
    ...(trial.inForce ? [{ name: words.inForceLine, side: trial.inForce }] : []),
    { name: words.draftBar, side: trial.draft },
  ]
  const most = Math.max(1, ...sides.map(({ side }) => side.visits))
  const counts = (side: Trial['draft']) => [
    ...outcomeOrder.flatMap((outcome) => {
      const count = side.outcomes.find((one) => one.outcome === outcome)?.count ?? 0
      return count === 0
        ? []
        : [{ paint: outcomePaint[outcome], says: words.outcome(outcome), count }]
    }),
    ...(side.unknown === 0
      ? []
      : [{ paint: 'unknown' as const, says: words.unknownWent, count: side.unknown }]),
  ]
  const saying = (side: Trial['draft']) =>
    counts(side).map(({ says, count }) => words.counted(says, formatCount(count)))
  return (
    <section>
      <Heading level={3}>{words.foundTitle}</Heading>
      <div class="found-bars">
        {sides.map(({ name, side }) => (
          <div key={name} class="found-bar">
            <span class="note">{name}</span>
            <Bar
              label={`${name}: ${saying(side).join(words.comma)}`}
              parts={counts(side).map(({ paint, count }) => ({ paint, share: count / most }))}
            />
            <b class="small-strong">{formatCount(side.visits)}</b>
          </div>
        ))}
      </div>
      <Legend
        items={counts(trial.draft).map(({ paint, says, count }) => ({
          paint,
          words: words.counted(says, formatCount(count)),
        }))}
      />
      {trial.draft.unknown > 0 ? (
        <p class="small above-3">{words.unknownMore(formatCount(trial.draft.unknown))}</p>
      ) : null}
      <Table
        caption={words.foundTitle}
        heads={[words.foundTitle, ...sides.map(({ name }) => name)]}
        rows={[...outcomeOrder.map((outcome) => words.outcome(outcome)), words.unknownWent].map(
          (says) => [
            says,
            ...sides.map(({ side }) =>
              String(counts(side).find((one) => one.says === says)?.count ?? 0),
            ),
          ],
        )}
      />
    </section>
  )
}

function Committees({ trial, nameOf }: Given) {
  const words = useScenarioWords()
  const sums = committeesOf(trial)
  if (sums.length < 2) return null
  return (
    <Table
      caption={words.byCommittee}
      summary={words.byCommittee}
      heads={[words.committeeWord, words.inForceLine, words.draftBar]}
      rows={sums.map((sum) => [
        nameOf(sum.committee),
        formatCount(sum.inForce),
        formatCount(sum.draft),
      ])}
    />
  )
}

/** The same numbers to be read one by one. */
function Table(props: {
  caption: string
  summary?: string
  heads: readonly string[]
  rows: readonly (readonly string[])[]
}) {
  const words = useScenarioWords()
  return (
    <details>
      <summary class="button button-quiet out-left">
        {props.summary ?? words.asTable}
        <span class="visually-hidden">{props.summary ? '' : `: ${props.caption}`}</span>
      </summary>
      <div class="stairs-scroll" role="region" aria-label={props.caption} tabIndex={0}>
        <table class="ledger">
          <caption class="visually-hidden">{props.caption}</caption>
          <thead>
            <tr>
              {props.heads.map((head, at) => (
                <th key={head} scope="col" class={at === 0 ? undefined : 'right'}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, at) => (
                  <td key={at} class="right">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

/** The one sentence to go away with. Whoever is missed comes before who would have to go. */
function Verdict(props: { trial: Trial }) {
  const { draft, inForce } = props.trial
  const words = useScenarioWords()
  const isMissing = draft.missed > 0
  const isOver = draft.daysOverCapacity > 0
  const says = isMissing
    ? words.verdictMissed(draft.missed)
    : isOver
      ? words.verdictOver(draft.daysOverCapacity)
      : words.verdictFine
  const tone = isMissing ? 'is-signal' : isOver ? 'is-amber' : 'is-jade'
  return (
    <p class={joined('line', 'strong', tone)} role="status">
      {isMissing || isOver ? <Icon of={TriangleAlert} /> : null}
      <span>
        {says}
        {inForce === null ? ` · ${words.verdictNone}` : ''}
      </span>
    </p>
  )
}
