import { useEffect, useState } from 'preact/hooks'
import { Eye, House } from 'lucide'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { openPerson, showNumber } from '../../../src/ground/people/person/api.ts'
import type { PersonId } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import {
  useLanguage,
  useRegisterWords,
  useWorkWords,
  type RegisterWords,
} from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { PersonCard } from '../../ui/card.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatList } from '../../words/format.ts'
import { ChangeNumber } from './change-number.tsx'
import { ConsentsPart } from './consents-part.tsx'
import { GrantPaper } from './grant-paper.tsx'
import { GrantsPart } from './grants-part.tsx'
import { OwnDataPaper, OwnDataPart, type OwnData } from './own-data-part.tsx'
import { StationForm } from './station-form.tsx'
import { StepUpDialog, useStepUp } from './step-up.tsx'
import type { OnRecord } from './find-page.tsx'

type Entry = Output<typeof openPerson>

/** One person of the register, asked for once: each opening is a look. */
export function PersonPanel(props: {
  person: string
  record: OnRecord
  onClose: () => void
  onHome: (home: string) => void
}) {
  const words = useRegisterWords()
  const { refusal, run } = useAct()
  const [entry, setEntry] = useState<Entry | null>(null)
  const [isPaper, setPaper] = useState(false)
  const [own, setOwn] = useState<OwnData | null>(null)
  const person = props.person as PersonId
  const { request } = props.record
  const ask = () =>
    run(async () => {
      const result = await call<typeof openPerson>('get', '/people/person', { person, request })
      if (result.ok) setEntry(result.answer)
      return result
    })
  useEffect(() => void ask(), [person, request])
  if (entry && isPaper) return <GrantPaper entry={entry} onClose={() => setPaper(false)} />
  if (own) return <OwnDataPaper data={own} onClose={() => setOwn(null)} />
  const isWaiting = refusal?.fault === 'minor-needs-approval'
  return (
    <div class="stack">
      <div>
        <Button onClick={props.onClose}>{words.close}</Button>
      </div>
      <RefusalStrip refusal={refusal} />
      {isWaiting ? (
        <div class="stack stack-tight">
          <p class="note">{words.minorWaits}</p>
          <div>
            <Button onClick={() => void ask()}>{words.minorAgain}</Button>
          </div>
        </div>
      ) : null}
      {entry ? (
        <EntryCard
          entry={entry}
          record={props.record}
          onHome={props.onHome}
          onPaper={() => setPaper(true)}
          onOwnData={setOwn}
        />
      ) : null}
    </div>
  )
}

function EntryCard(props: {
  entry: Entry
  record: OnRecord
  onHome: (home: string) => void
  onPaper: () => void
  onOwnData: (data: OwnData) => void
}) {
  const { entry, record, onHome, onPaper, onOwnData } = props
  const words = useRegisterWords()
  const { places } = useWorkWords()
  const language = useLanguage()
  const facts = [
    { name: words.age, says: entry.age === null ? words.ageUnknown : words.years(entry.age) },
    ...entry.homes.map((home) => ({
      name: words.livesAt,
      says: formatList(
        [
          `${places.compound(home.home)} ${places.spot(home.home)}`,
          ...(home.tenure ? [words.tenures[home.tenure]] : []),
          ...(home.livesAlone ? [words.livesAlone] : []),
          words.since(home.since),
        ],
        language,
      ),
    })),
    ...entry.homes.map((home) => ({
      name: words.household,
      says: formatList(membersOf(home, words), language),
    })),
    ...entry.owns.map((share) => ({ name: words.owns, says: shareOf(share, words, places) })),
  ]
  return (
    <div class="stack">
      {entry.left ? <Strip tone="amber">{words.left[entry.left.why]}</Strip> : null}
      <PersonCard
        label={words.person(entry.name)}
        why={words.personWhy(words.reasons[record.reason])}
        facts={[{ name: '', says: <b class="title">{entry.name}</b> }, ...facts].slice(0, maxFacts)}
      >
        {entry.numbers.length > 0 ? <Numbers entry={entry} record={record} /> : null}
      </PersonCard>
      <div class="flow">
        {homesOf(entry).map((home) => (
          <Button key={home.place} icon={House} onClick={() => onHome(home.place)}>
            {words.homeOpenOne(places.spot(home))}
          </Button>
        ))}
      </div>
      {entry.homes.length > 0 ? (
        <GrantsPart
          person={entry.person}
          name={entry.name}
          request={record.request}
          onPaper={onPaper}
        />
      ) : null}
      {entry.homes.length > 0 ? (
        <ConsentsPart person={entry.person} request={record.request} />
      ) : null}
      {entry.homes.length > 0 && record.reason === 'at-the-counter' ? (
        <StationForm person={entry.person} name={entry.name} />
      ) : null}
      <OwnDataPart person={entry.person} request={record.request} onPaper={onOwnData} />
      <ChangeNumber person={entry.person} />
    </div>
  )
}

const maxFacts = 60

/** Where they live and what they own, each once. */
function homesOf({ homes, owns }: Entry): Entry['homes'][number]['home'][] {
  const all = [...homes, ...owns].map(({ home }) => home)
  return [...new Map(all.map((home) => [home.place, home])).values()].slice(0, 20)
}

function membersOf({ household }: Entry['homes'][number], words: RegisterWords): string[] {
  if (household.length === 0) return [words.householdNone]
  return household.map(({ name, relation }) => {
    const said = name ?? words.child
    return relation ? words.member(said, words.relations[relation]) : said
  })
}

type Places = ReturnType<typeof useWorkWords>['places']

function shareOf(share: Entry['owns'][number], words: RegisterWords, places: Places): string {
  const { part, whole, owners, isRegistered, area } = share
  return [
    `${places.compound(share.home)} ${places.spot(share.home)}`,
    words.share(part, whole),
    ...(owners > 1 ? [words.coOwners(owners)] : []),
    ...(isRegistered ? [] : [words.notRegistered]),
    ...(area ? [words.area(area.area, words.areaSources[area.source])] : []),
  ].join(' · ')
}

/** Masked, until one is asked for in full; each is a look of its own. */
function Numbers(props: { entry: Entry; record: OnRecord }) {
  const { entry, record } = props
  const words = useRegisterWords()
  const { isBusy, refusal, run } = useAct()
  const stepUp = useStepUp(refusal)
  const [shown, setShown] = useState<Readonly<Record<string, string>>>({})
  const show = (kind: Entry['numbers'][number]['kind']) =>
    void run(async () => {
      const { request } = record
      const asked = { person: entry.person, kind, request }
      const result = await call<typeof showNumber>('post', '/people/number', asked)
      if (result.ok) setShown({ ...shown, [kind]: result.answer.number })
      return result
    })
  return (
    <div class="stack stack-tight">
      {entry.numbers.map(({ kind, masked }) => (
        <div class="flow" key={kind}>
          <span>
            {words.numberKinds[kind]} <b class="figures">{shown[kind] ?? masked}</b>
          </span>
          {shown[kind] === undefined ? (
            <Button icon={Eye} busy={isBusy} onClick={() => show(kind)}>
              {words.showNumber}
            </Button>
          ) : (
            <span class="note">{words.numberShown}</span>
          )}
        </div>
      ))}
      <RefusalStrip refusal={stepUp.isNeeded ? null : refusal} />
      <StepUpDialog stepUp={stepUp} />
    </div>
  )
}
