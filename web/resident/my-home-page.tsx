import { FileText } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { howProven } from '../../src/desks/identity/proving/api.ts'
import type { myHome } from '../../src/ground/people/keeping/api.ts'
import { useFirst, useNow } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useLanguage, useResidentWords, useWords } from '../shell/words.tsx'
import { Card, Facts, Heading } from '../ui/card.tsx'
import { CardRow, List, Row } from '../ui/list.tsx'
import { formatDate } from '../words/format.ts'
import { AskedOfHousehold } from './asked-of-household.tsx'
import { Resident } from './frame.tsx'
import { NumbersPart } from './numbers-part.tsx'
import { PageHead } from './page-head.tsx'
import { ProvePart } from './prove-part.tsx'
import { RightsPart } from './rights-part.tsx'

type Mine = Output<typeof myHome>
type Dwelling = Mine['homes'][number]
type Share = Mine['owns'][number]

/** What the register says of me and my home; before that, that it is me. */
export function MyHomePage() {
  const words = useResidentWords('myHome')
  const home = useResidentWords('home')
  const mine = useFirst<typeof myHome>('/people/my-home', {})
  const proven = useFirst<typeof howProven>('/identity/home', {})
  const answered = mine.result.value
  const again = async () => void (await Promise.all([mine.again(), proven.again()]))
  const how = proven.result.value
  const isUnproven = answered?.ok === false && how?.ok === true && how.answer.level === 'phone'
  return (
    <Resident back={{ href: '/home', words: useWords().ui.home }}>
      <div class="stack stack-wide">
        <PageHead title={words.title} line={words.line} />
        {isUnproven && how?.ok ? (
          <ProvePart proven={how.answer} again={again} />
        ) : answered?.ok ? (
          <>
            <AskedOfHousehold />
            <Shown mine={answered.answer} again={mine.again} />
          </>
        ) : (
          <Unanswered refusal={answered?.refusal} again={again} />
        )}
        <RightsPart />
        <CardRow icon={FileText} title={home.myData} line={home.myDataLine} href="/my-data" />
      </div>
    </Resident>
  )
}

function Shown({ mine, again }: { mine: Mine; again: () => Promise<void> }) {
  const words = useResidentWords('myHome')
  return (
    <>
      <section class="stack">
        <Heading>{words.livesHead}</Heading>
        {mine.homes.length === 0 ? <p>{words.nowhere}</p> : null}
        {mine.homes.map((home) => (
          <Lives key={home.home.place} home={home} />
        ))}
      </section>
      <section class="stack">
        <Heading>{words.ownsHead}</Heading>
        {mine.owns.length === 0 ? <p>{words.ownsNone}</p> : null}
        {mine.owns.map((share) => (
          <Owns key={`${share.home.place} ${share.since}`} share={share} />
        ))}
      </section>
      <NumbersPart numbers={mine.numbers} changes={mine.changes} again={again} />
    </>
  )
}

function Lives({ home }: { home: Dwelling }) {
  const words = useResidentWords('myHome')
  const spot = useSpot()
  const day = useDay()
  return (
    <Card>
      <div class="stack">
        <h3 class="strong">{spot(home.home)}</h3>
        <Facts
          facts={[
            ...(home.tenure ? [{ name: words.tenure, says: words.tenures[home.tenure] }] : []),
            { name: words.since, says: day(home.since) },
            { name: words.number, says: home.home.place },
          ]}
        />
        <p class="note">{words.numberLine}</p>
        {home.livesAlone ? <p>{words.alone}</p> : null}
        {home.household.length === 0 && !home.livesAlone ? <p>{words.membersNone}</p> : null}
        {home.household.length > 0 ? (
          <>
            <p class="small-strong">{words.membersHead}</p>
            <List label={words.membersHead}>
              {home.household.map((one, at) => (
                <Row
                  key={at}
                  title={one.name ?? words.child}
                  line={one.relation ? words.relations[one.relation] : undefined}
                />
              ))}
            </List>
          </>
        ) : null}
      </div>
    </Card>
  )
}

function Owns({ share }: { share: Share }) {
  const words = useResidentWords('myHome')
  const spot = useSpot()
  const { part, whole, area } = share
  return (
    <Card>
      <div class="stack">
        <h3 class="strong">{spot(share.home)}</h3>
        <Facts
          facts={[
            {
              name: words.share,
              says: part === whole ? words.shareWhole : words.sharePart(part, whole),
            },
            ...(area
              ? [{ name: words.area, says: words.areaSays(area.area, words.sources[area.source]) }]
              : []),
          ]}
        />
        {share.isRegistered ? null : <p>{words.notRegistered}</p>}
      </div>
    </Card>
  )
}

function useSpot(): (home: Dwelling['home']) => string {
  const { places } = useWords()
  return (home) => `${places.compound(home)} ${places.spot(home)}`
}

/** 'YYYY-MM-DD' as a day of Shanghai in words. */
function useDay(): (day: string) => string {
  const now = useNow()
  const language = useLanguage()
  return (day) => formatDate(Date.parse(`${day}T12:00:00+08:00`), now, language)
}
