import { ChartNoAxesColumn } from 'lucide'
import type { weekLine } from '../../src/ground/privacy/chain/api.ts'
import type { numbers } from '../../src/ground/privacy/numbers/api.ts'
import type { whatIsKept } from '../../src/ground/privacy/purposes/api.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import { urlOf } from '../shell/call.ts'
import { Open } from '../shell/open-frame.tsx'
import type { Page, Params } from '../shell/pages.ts'
import { useNow } from '../shell/shell.tsx'
import { useEntryWords, useLanguage, useWords } from '../shell/words.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Facts, Heading } from '../ui/card.tsx'
import { List, Row } from '../ui/list.tsx'
import { formatCount, formatInstant, formatList } from '../words/format.ts'
import { useAnswer } from './frame.tsx'

type Numbers = Output<typeof numbers>
type Chosen = NonNullable<Numbers['chosen']>
type Kept = Output<typeof whatIsKept>

const lineUrl = urlOf('/privacy/week-line')
const numbersUrl = ({ street }: Params) => urlOf('/privacy/numbers', { street })
const keptUrl = ({ street }: Params) => urlOf('/privacy/kept', { street })

const page: Omit<Page, 'path'> = {
  front: 'open',
  needs: (params) => [numbersUrl(params), keptUrl(params), lineUrl],
  title: (words) => words.privacy.numbers,
  show: NumbersPage,
}

/** What a street keeps and who looked, for everybody to read, signed in or not. */
export const numbersPages: readonly Page[] = [
  { ...page, path: '/numbers' },
  { ...page, path: '/numbers/:street' },
]

function NumbersPage({ params }: { params: Params }) {
  const words = useEntryWords().numbers
  const { identity } = useWords()
  const answer = useAnswer<Numbers>(numbersUrl(params))
  const kept = useAnswer<Kept>(keptUrl(params))?.purposes ?? []
  const chosen = answer?.chosen
  const streets = answer?.streets ?? []
  return (
    <Open heading={words.title} icon={ChartNoAxesColumn}>
      {chosen ? (
        <>
          <p class="strong">
            {chosen.name} · {words.made(words.month(chosen.month))}
          </p>
          <p>{words.line}</p>
          <KeptPart chosen={chosen} kept={kept} />
          <LooksPart chosen={chosen} kept={kept} />
          <OfficesPart chosen={chosen} />
          <DeletedPart chosen={chosen} kept={kept} />
          <BookPart chosen={chosen} />
          <p class="small no-print">{words.paper}</p>
          {streets.length > 1 ? (
            <div>
              <LinkButton href="/numbers">{words.other}</LinkButton>
            </div>
          ) : null}
        </>
      ) : (
        <Streets streets={streets} />
      )}
      <div>
        <LinkButton href="/">{identity.toStart}</LinkButton>
      </div>
    </Open>
  )
}

function Streets({ streets }: { streets: Numbers['streets'] }) {
  const words = useEntryWords().numbers
  if (streets.length === 0) return <p class="strong">{words.noStreet}</p>
  return (
    <List label={words.choose}>
      {streets.map(({ street, name }) => (
        <Row key={street} title={name} href={`/numbers/${street}`} />
      ))}
    </List>
  )
}

/** Each purpose with its term and who sees it, as the contracts say; of whom, so many. */
function KeptPart({ chosen, kept }: { chosen: Chosen; kept: Kept['purposes'] }) {
  const words = useEntryWords().numbers
  const language = useLanguage()
  const shownOf = new Map<string, number | null>(
    chosen.people.map(({ purpose, shown }) => [purpose, shown]),
  )
  return (
    <section class="stack">
      <Heading>{words.keptTitle}</Heading>
      <List label={words.keptTitle}>
        {kept.map(({ purpose, name, kept: term, seenBy, isOn }) => {
          const shown = shownOf.get(purpose)
          const seen = seenBy.map(({ role }) => roleWord(words.lookers, role))
          return (
            <Row
              key={purpose}
              title={name[language]}
              detail={[
                ...(isOn === false ? [words.off] : []),
                ...(shown === undefined || isOn === false ? [] : [peopleSaid(shown, words)]),
              ].join(' · ')}
              line={
                <>
                  {words.term(term[language])}
                  <br />
                  {seen.length > 0 ? words.seenBy(formatList(seen, language)) : words.seenByNobody}
                </>
              }
            />
          )
        })}
      </List>
    </section>
  )
}

function peopleSaid(shown: number | null, words: ReturnType<typeof useEntryWords>['numbers']) {
  return shown === null ? words.fewPeople : words.people(formatCount(shown))
}

function roleWord(words: Readonly<Record<string, string>>, role: string): string {
  return words[role] ?? role
}

function LooksPart({ chosen, kept }: { chosen: Chosen; kept: Kept['purposes'] }) {
  const words = useEntryWords().numbers
  const language = useLanguage()
  const whyOf = new Map(kept.map(({ purpose, name }) => [purpose, name[language]]))
  const by = [...new Set(chosen.looks.map((one) => one.by))]
  const title = words.looksTitle(words.month(chosen.ofMonth))
  return (
    <section class="stack">
      <Heading>{title}</Heading>
      {by.length === 0 ? (
        <p>{words.looksNone}</p>
      ) : (
        <List label={title}>
          {by.map((who) => (
            <Row
              key={who}
              title={words.lookers[who]}
              line={chosen.looks
                .filter((one) => one.by === who)
                .map(({ how, why, shown }) =>
                  words.looksOf(words.hows[how], whyOf.get(why) ?? why, formatCount(shown)),
                )
                .map((said) => (
                  <span key={said}>
                    {said}
                    <br />
                  </span>
                ))}
            />
          ))}
        </List>
      )}
    </section>
  )
}

function OfficesPart({ chosen }: { chosen: Chosen }) {
  const words = useEntryWords().numbers
  const language = useLanguage()
  const { exports, backups, authority, questions, reviews } = chosen
  const now = useNow()
  const last = backups.lastAt === null ? null : formatInstant(backups.lastAt, now, language)
  return (
    <section class="stack">
      <Heading>{words.officesTitle}</Heading>
      <Facts
        facts={[
          { name: words.exports, says: words.exportsSaid(exports) },
          { name: words.backups, says: words.backupsSaid(backups.taken, last) },
          { name: words.authority, says: words.authoritySaid(authority) },
          { name: words.delayed, says: words.delayedSaid(authority) },
          { name: words.questions, says: words.questionsSaid(questions) },
          {
            name: words.reviews,
            says: (
              <>
                <p>{words.reviewsSaid(reviews)}</p>
                <p>{words.reviewsOpen(reviews)}</p>
                {reviews.reviewers === 0 ? <p>{words.reviewsNobody}</p> : null}
                {reviews.reviewers > 0 && reviews.waiting > 0 ? (
                  <p>{words.reviewsWaiting(reviews.waiting)}</p>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </section>
  )
}

function DeletedPart({ chosen, kept }: { chosen: Chosen; kept: Kept['purposes'] }) {
  const words = useEntryWords().numbers
  const language = useLanguage()
  const title = words.deletedTitle(words.month(chosen.ofMonth))
  const nameOf = new Map(kept.map(({ purpose, name }) => [purpose, name[language]]))
  return (
    <section class="stack">
      <Heading>{title}</Heading>
      {chosen.deleted.length === 0 ? (
        <p>{words.deletedNone}</p>
      ) : (
        <Facts
          facts={chosen.deleted.map(({ purpose, shown }) => ({
            name: nameOf.get(purpose) ?? purpose,
            says: words.deleted(formatCount(shown)),
          }))}
        />
      )}
    </section>
  )
}

/** The book's own check, and the line by which everybody can check it. */
function BookPart({ chosen: { check } }: { chosen: Chosen }) {
  const words = useEntryWords().numbers
  const language = useLanguage()
  const now = useNow()
  const line = useAnswer<Output<typeof weekLine>>(lineUrl)
  const at = check ? formatInstant(check.at, now, language) : ''
  return (
    <section class="stack">
      <Heading>{words.bookTitle}</Heading>
      <p>
        {check === null
          ? words.neverChecked
          : check.findings === 0
            ? words.checked(at, formatCount(check.links))
            : words.broken(at, check.findings)}
      </p>
      {line && line.number > 0 ? (
        <>
          <p>{words.weekLine(line.week)}</p>
          <p class="open-command">{`${line.week} ${line.looks} ${line.number} ${line.head}`}</p>
        </>
      ) : null}
    </section>
  )
}
