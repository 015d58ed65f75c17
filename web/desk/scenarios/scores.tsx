import { useScenarioWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Heading } from '../../ui/card.tsx'
import { formatCount } from '../../words/format.ts'
import { misleadingPercentMax, OutcomesSaid, percentSaid } from './outcomes.tsx'
import type { Rule } from './rule.ts'

/** How often each version was right, where and when; above five percent misleading it says so. */
export function Scores(props: { rule: Rule }) {
  const words = useScenarioWords()
  const { scores } = props.rule
  return (
    <section>
      <Heading line={words.scoresLine}>{words.scoresTitle}</Heading>
      {scores.length === 0 ? (
        <p class="note">{words.scoresNone}</p>
      ) : (
        <div class="stairs-scroll" role="region" aria-label={words.scoresTitle} tabIndex={0}>
          <table class="ledger scores">
            <caption class="visually-hidden">{words.scoresTitle}</caption>
            <thead>
              <tr>
                <th scope="col">{words.versionWord}</th>
                <th scope="col">{words.committeeWord}</th>
                <th scope="col">{words.monthWord}</th>
                <th scope="col">{words.outcomesWord}</th>
                <th scope="col" class="right">
                  {words.misleadingWord}
                </th>
                <th scope="col" class="right">
                  {words.falseWord}
                </th>
                <th scope="col" class="right">
                  {words.homesWord}
                </th>
              </tr>
            </thead>
            <tbody>
              {scores.map((score) => (
                <Score key={`${score.version} ${score.committee} ${score.month}`} score={score} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Score(props: { score: Rule['scores'][number] }) {
  const words = useScenarioWords()
  const { score } = props
  const { misleadingPercent: misleading, falseVisits } = score
  const isHigh = misleading !== null && misleading > misleadingPercentMax
  return (
    <tr>
      <th scope="row">{words.version(score.version)}</th>
      <td>{score.name}</td>
      <td class="nowrap">{score.month}</td>
      <td>
        <OutcomesSaid counted={score.outcomes} />
      </td>
      <td class="right">
        {misleading === null ? words.unitsNone : percentSaid(misleading)}
        {isHigh ? (
          <>
            {' '}
            <Badge tone="amber">{words.high}</Badge>
          </>
        ) : null}
      </td>
      <td class="right">
        {falseVisits === null ? words.unitsNone : String(Math.round(falseVisits * 100) / 100)}
      </td>
      <td class="right">{formatCount(score.homes)}</td>
    </tr>
  )
}
