import { useEffect, useState } from 'preact/hooks'
import type { openHome } from '../../../src/ground/people/keeping/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { HomeCode } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useRegisterWords, useWorkWords, type RegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading, PersonCard } from '../../ui/card.tsx'
import { List, Row } from '../../ui/list.tsx'
import { Strip } from '../../ui/state.tsx'
import { AreaForm } from './area-form.tsx'
import type { OnRecord } from './find-page.tsx'
import { MoveInForm } from './move-in-form.tsx'
import { MoveOutForm } from './move-out-form.tsx'
import { OwnersForm } from './owners-form.tsx'

export type Home = Output<typeof openHome>

/** One home of the register: who lives there, who owns it, and what changes of it. */
export function HomePanel(props: { home: string; record: OnRecord; onClose: () => void }) {
  const words = useRegisterWords()
  const { refusal, run } = useAct()
  const [entry, setEntry] = useState<Home | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const home = props.home as HomeCode
  const { request } = props.record
  const ask = () =>
    run(async () => {
      const result = await call<typeof openHome>('get', '/people/home', { home, request })
      if (result.ok) setEntry(result.answer)
      return result
    })
  useEffect(() => void ask(), [home, request])
  /** What was written is read again: it may have changed more than what was pressed. */
  const written = (says: string) => {
    setDone(says)
    void ask()
  }
  return (
    <div class="stack">
      <div>
        <Button onClick={props.onClose}>{words.close}</Button>
      </div>
      <RefusalStrip refusal={refusal} />
      <div role="status">{done ? <Strip>{done}</Strip> : null}</div>
      {entry ? <HomeCard entry={entry} record={props.record} written={written} /> : null}
    </div>
  )
}

type Part = { entry: Home; record: OnRecord; written: (says: string) => void }

function HomeCard({ entry, record, written }: Part) {
  const words = useRegisterWords()
  const { places } = useWorkWords()
  const spot = `${places.compound(entry.home)} ${places.spot(entry.home)}`
  const areas = entry.areas.map(({ source, area, since }, n) =>
    [
      words.area(area, words.areaSources[source]),
      words.since(since),
      ...(n === 0 && entry.areas.length > 1 ? [words.areaCounts] : []),
    ].join(' · '),
  )
  return (
    <div class="stack stack-wide">
      <PersonCard
        label={words.homeOf(spot)}
        why={words.homeWhy(words.reasons[record.reason])}
        facts={[
          { name: '', says: <b class="title">{spot}</b> },
          {
            name: words.areas,
            says:
              areas.length === 0
                ? words.areaNone
                : areas.map((one) => (
                    <span class="block" key={one}>
                      {one}
                    </span>
                  )),
          },
        ]}
      />
      <Residents entry={entry} record={record} written={written} />
      <Owners entry={entry} record={record} written={written} />
      <AreaForm entry={entry} written={written} />
    </div>
  )
}

function Residents({ entry, record, written }: Part) {
  const words = useRegisterWords()
  const [first] = entry.residents
  return (
    <section class="stack">
      <Heading>{words.livesHere}</Heading>
      {entry.residents.length === 0 ? (
        <p class="note">{words.livesHereNone}</p>
      ) : (
        <List label={words.livesHere}>
          {entry.residents.map((one) => (
            <Row
              key={one.person}
              title={one.name ?? words.child}
              detail={saidOf(one, words)}
              line={[
                words.since(one.since),
                ...(one.household === first?.household ? [] : [words.secondHousehold]),
              ].join(' · ')}
              more={
                <MoveOutForm
                  home={entry.home.place}
                  person={one.person}
                  name={one.name ?? words.child}
                  written={written}
                />
              }
            />
          ))}
        </List>
      )}
      <MoveInForm entry={entry} record={record} written={written} />
    </section>
  )
}

function saidOf(one: Home['residents'][number], words: RegisterWords): string | undefined {
  const said = [
    ...(one.relation ? [words.relations[one.relation]] : []),
    ...(one.tenure ? [words.tenures[one.tenure]] : []),
    ...(one.livesAlone ? [words.livesAlone] : []),
  ]
  return said.length === 0 ? undefined : said.join(' · ')
}

function Owners({ entry, record, written }: Part) {
  const words = useRegisterWords()
  return (
    <section class="stack">
      <Heading>{words.ownersHere}</Heading>
      {entry.owners.length === 0 ? (
        <p class="note">{words.ownersNone}</p>
      ) : (
        <List label={words.ownersHere}>
          {entry.owners.map((one) => (
            <Row
              key={one.person ?? one.name}
              title={one.name ?? words.child}
              detail={[
                words.share(one.part, one.whole),
                ...(one.kind === 'person' ? [] : [words.ownerKinds[one.kind]]),
                ...(one.isRegistered ? [] : [words.notRegistered]),
              ].join(' · ')}
              line={[words.areaSources[one.source], words.since(one.since)].join(' · ')}
            />
          ))}
        </List>
      )}
      <OwnersForm entry={entry} record={record} written={written} />
    </section>
  )
}
