import { Eye, FileCheck } from 'lucide'
import type { Instant } from '../../src/kernel/clock.ts'
import type { whoLooked } from '../../src/ground/privacy/reading/api.ts'
import { useLive } from '../shell/live.ts'
import { useFirst, useNow } from '../shell/shell.tsx'
import { useCareWords, useLanguage, useWords, type CareWords } from '../shell/words.tsx'
import { Badge, type Tone } from '../ui/badge.tsx'
import { Act, Card, Facts, Heading } from '../ui/card.tsx'
import { formatDate, formatInstant } from '../words/format.ts'
import { AwayPart, BackPart } from './away-part.tsx'
import { ContactsPart } from './contacts-part.tsx'
import { EndPart } from './end-part.tsx'
import { Fold } from './fold.tsx'
import { GuardPart } from './guard-part.tsx'
import { Terms } from './offer.tsx'
import { AskedPart } from './asked-part.tsx'
import { NotNeeded, QuestionPart } from './question-part.tsx'
import { Standing, type Agreed, type Care } from './standing.tsx'

/** The page of somebody who has agreed: how it stands, who is on the way, and four big things. */
export function AgreedPlan(props: {
  care: Care
  plan: Agreed
  step: number
  again: () => Promise<void>
  onDone: () => Promise<void>
  onEnded: (at: Instant) => void
}) {
  const { care, plan } = props
  const isAway = plan.awayUntil !== null && plan.awayUntil > useNow()
  return (
    <div class="stack stack-wide">
      {plan.question ? <QuestionPart question={plan.question} onDone={props.onDone} /> : null}
      <Standing plan={plan} step={props.step}>
        {isAway ? <BackPart onDone={props.onDone} /> : null}
      </Standing>
      {plan.visit ? <Visit visit={plan.visit} onDone={props.onDone} /> : null}
      {plan.contactsAsked.length > 0 ? <AskedPart asked={plan.contactsAsked} /> : null}
      <div class="acts">
        {isAway ? null : <AwayPart onDone={props.onDone} />}
        <ContactsPart contacts={plan.contacts} again={props.again} />
        <LooksAct />
        <Agreement care={care} plan={plan} onDone={props.onDone} />
      </div>
      {plan.lastVisit ? <LastVisit visit={plan.lastVisit} /> : null}
      <EndPart onEnded={props.onEnded} />
    </div>
  )
}

/** The way to the book of looks, with how many there were; counted once the page lives. */
export function LooksAct() {
  const words = useCareWords()
  const { result, again } = useFirst<typeof whoLooked>('/privacy/looks', {})
  useLive('care', again)
  const answered = result.value
  const count = answered?.ok ? answered.answer.days.reduce((sum, day) => sum + day, 0) : null
  return (
    <Act
      icon={Eye}
      title={words.dataSeen}
      line={count === null ? words.dataSeenLine : words.dataSeenCount(count)}
      href="/care/looks"
    />
  )
}

/** Who is on it, by post and unit, how far, and by when. */
function Visit(props: { visit: NonNullable<Agreed['visit']>; onDone: () => Promise<void> }) {
  const words = useCareWords()
  const { ui } = useWords()
  const language = useLanguage()
  const now = useNow()
  const { visit } = props
  const at = formatInstant(visit.dueAt, now, language)
  const due = visit.dueAt > now ? words.visitBy(at) : words.visitLate(at)
  return (
    <Card label={words.visitHead}>
      <Heading>{words.visitHead}</Heading>
      <Facts
        facts={[
          { name: words.visitWho, says: `${visit.unit} ${visit.title}`.trim() },
          {
            name: words.visitState,
            says: <b>{words.visitStates[visit.state] ?? ui.unknown}</b>,
          },
          { name: words.visitDue, says: due },
        ]}
      />
      {visit.isTakenBackByWell ? <NotNeeded onDone={props.onDone} /> : null}
    </Card>
  )
}

function LastVisit(props: { visit: NonNullable<Agreed['lastVisit']> }) {
  const words = useCareWords()
  const language = useLanguage()
  const now = useNow()
  const { visit } = props
  return (
    <Card label={words.lastVisitHead}>
      <p class="small muted">
        {words.lastVisitHead} · {formatInstant(visit.at, now, language)}
      </p>
      <p class="strong">{words.outcomes[visit.outcome]}</p>
      {visit.words ? <p>{visit.words}</p> : null}
    </Card>
  )
}

/** The sensors and their health, the dates, and the words that were agreed to. */
function Agreement(props: { care: Care; plan: Agreed; onDone: () => Promise<void> }) {
  const words = useCareWords()
  const language = useLanguage()
  const now = useNow()
  const { sensors } = props.care
  const { plan } = props
  const well = sensors.filter(({ state }) => state === 'alive' || state === 'quiet').length
  return (
    <Fold icon={FileCheck} title={words.termsHead} line={words.sensorsLine(sensors.length, well)}>
      <h2 class="strong">{words.sensorsHead}</h2>
      <ul class="stack">
        {sensors.map((sensor, index) => (
          <li key={index} class="line">
            <span class="grow">{words.sensorKinds[sensor.kind] ?? words.sensorOther}</span>
            <SensorState state={sensor.state} />
          </li>
        ))}
      </ul>
      <Facts
        facts={[
          { name: words.agreedSince, says: formatDate(plan.since, now, language) },
          { name: words.agreedUntil, says: formatDate(plan.agreedUntil, now, language) },
          {
            name: words.wayHead,
            says: words.ways[plan.way],
          },
          ...(plan.paper ? [paperFact(plan.paper, words)] : []),
          {
            name: words.ruleName,
            says: plan.isJudged
              ? words.ruleSays(plan.ruleVersion, plan.silentHours)
              : words.offHead,
          },
        ]}
      />
      <Terms />
      <GuardPart plan={plan} onDone={props.onDone} />
    </Fold>
  )
}

/** Paper is worth the same: signed on which day, and which post wrote it down. */
export function paperFact(
  { signedOn, unit, title }: NonNullable<Agreed['paper']>,
  words: CareWords,
) {
  return { name: words.paperHead, says: words.paperSays(signedOn, `${unit} ${title}`.trim()) }
}

const sensorTones: Readonly<Record<string, Tone>> = {
  alive: 'jade',
  quiet: 'amber',
  revoked: 'none',
}

/** Who is heard is drawn as well; whoever is not, is hatched or bare. */
function SensorState(props: { state: string }) {
  const words = useCareWords()
  const word = words.sensorStates[props.state] ?? words.sensorStates['unknown']
  return <Badge tone={sensorTones[props.state] ?? 'unknown'}>{word}</Badge>
}
