import type { purposesHere } from '../../../src/ground/privacy/purposes/api.ts'
import { useLive } from '../../shell/live.ts'
import { useFirst, useNow } from '../../shell/shell.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useRegisterWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Card, Facts, Heading } from '../../ui/card.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatDate, formatInstant, formatList } from '../../words/format.ts'
import { RegisterPage, registerPaths } from './frame.tsx'
import { ImpactForm } from './impact-form.tsx'
import { agreementsSaid, PurposeSwitch, type Here, type Purpose } from './purpose-switch.tsx'

/** What the street keeps, why, how long and who sees it; the sensitive ones with their switches. */
export function PurposesPage() {
  const words = useRegisterWords().purposes
  const kept = useFirst<typeof purposesHere>('/privacy/purposes', {})
  const result = kept.result.value
  useLive('street', kept.again)
  return (
    <RegisterPage at={registerPaths.purposes} title={words.title} line={words.line}>
      {result?.ok ? (
        <All here={result.answer} again={kept.again} />
      ) : (
        <Unanswered refusal={result?.refusal} again={kept.again} />
      )}
    </RegisterPage>
  )
}

function All(props: { here: Here; again: () => Promise<void> }) {
  const words = useRegisterWords().purposes
  const { purposes } = props.here
  return (
    <>
      <section class="stack" aria-label={words.sensitiveHead}>
        <Heading>{words.sensitiveHead}</Heading>
        {purposes
          .filter((one) => one.isSensitive)
          .map((one) => (
            <Sensitive key={one.purpose} purpose={one} {...props} />
          ))}
      </section>
      <section class="stack" aria-label={words.othersHead}>
        <Heading>{words.othersHead}</Heading>
        {purposes
          .filter((one) => !one.isSensitive)
          .map((one) => (
            <Other key={one.purpose} purpose={one} here={props.here} />
          ))}
      </section>
    </>
  )
}

function Sensitive(props: { purpose: Purpose; here: Here; again: () => Promise<void> }) {
  const { purpose, here, again } = props
  const words = useRegisterWords().purposes
  const language = useLanguage()
  const now = useNow()
  const { switched } = purpose
  const at = switched ? formatInstant(switched.at, now, language) : ''
  const who = switched ? `${switched.unit} ${switched.title}`.trim() : ''
  const turned = purpose.isOn ? words.switchedOn(who, at) : words.switchedOff(who, at)
  return (
    <Card label={purpose.name[language]}>
      <div class="stack">
        <Heading
          level={3}
          line={switched ? turned : undefined}
          aside={
            <Badge tone={purpose.isOn ? 'jade' : 'none'}>
              {purpose.isOn ? words.on : words.off}
            </Badge>
          }
        >
          {purpose.name[language]}
        </Heading>
        <Kept purpose={purpose} here={here} />
        <Impact purpose={purpose} />
        <ImpactForm purpose={purpose} again={again} />
        <PurposeSwitch purpose={purpose} least={here.least} again={again} />
      </div>
    </Card>
  )
}

function Other(props: { purpose: Purpose; here: Here }) {
  const language = useLanguage()
  const { purpose } = props
  return (
    <Card label={purpose.name[language]}>
      <Heading level={3}>{purpose.name[language]}</Heading>
      <Kept {...props} />
    </Card>
  )
}

function Kept(props: { purpose: Purpose; here: Here }) {
  const { purpose, here } = props
  const words = useRegisterWords().purposes
  const language = useLanguage()
  const seen = purpose.seenBy.map(({ role, fields: data }) => {
    const named = data.flatMap((one) => words.fields[one as keyof typeof words.fields] ?? [])
    return `${words.roles[role] ?? role}${language === 'en' ? ': ' : '：'}${formatList(named, language)}`
  })
  return (
    <Facts
      facts={[
        { name: words.kept, says: purpose.kept[language] },
        { name: words.basis, says: basisSaid(purpose.basis, words) },
        {
          name: words.seenBy,
          says: seen.length === 0 ? words.seenByNobody : seen.map((one) => <p key={one}>{one}</p>),
        },
        ...(purpose.isByConsent
          ? [{ name: words.agreements, says: agreementsSaid(purpose, here.least, words) }]
          : []),
      ]}
    />
  )
}

/** The law by its name in the reader's language; what the product chose is said as that. */
function basisSaid(basis: string, words: Said): string {
  const cited = basis.replace(/ \(unconfirmed[^)]*\)/, '').split(';')
  return cited
    .map((one) => one.split(':')[0]?.trim() ?? '')
    .map((one) => {
      if (one.startsWith('product')) return words.ownChoice
      if (!/[\u4e00-\u9fff]/.test(one)) return words.ownAct
      return words.laws.reduce((said, [name, other]) => said.replace(name, other), one)
    })
    .join(' · ')
}

type Said = ReturnType<typeof useRegisterWords>['purposes']

function Impact(props: { purpose: Purpose }) {
  const { impact } = props.purpose
  const words = useRegisterWords().purposes
  const language = useLanguage()
  const now = useNow()
  if (!impact) return <Strip tone="amber">{words.impactNone}</Strip>
  const who = `${impact.unit} ${impact.title}`.trim()
  return (
    <div class="stack">
      <Heading level={3} line={words.impactBy(who, formatDate(impact.at, now, language))}>
        {words.impactHead}
      </Heading>
      {impact.isCarriedOver ? <Strip tone="amber">{words.carriedOver}</Strip> : null}
      <Facts
        facts={[
          { name: words.necessity, says: impact.necessity },
          { name: words.risks, says: impact.risks },
          { name: words.measures, says: impact.measures },
        ]}
      />
    </div>
  )
}
