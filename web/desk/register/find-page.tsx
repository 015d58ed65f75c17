import { useState } from 'preact/hooks'
import { Search } from 'lucide'
import type { Input, Output } from '../../../src/kernel/endpoint.ts'
import type { searchPeople } from '../../../src/ground/people/searching/api.ts'
import type { endRequest, openRequest } from '../../../src/ground/privacy/requests/api.ts'
import type { RequestLabel, RequestReason } from '../../../src/ground/privacy/requests/types.ts'
import { minuteMs, type Instant } from '../../../src/kernel/clock.ts'
import { call } from '../../shell/call.ts'
import { useAct, useIsAlive, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useRegisterWords, useWorkWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { List, Row } from '../../ui/list.tsx'
import { Strip } from '../../ui/state.tsx'
import { GlassForm } from './glass-form.tsx'
import { keysOf, RegisterPage, registerPaths } from './frame.tsx'
import { HomePanel } from './home-panel.tsx'
import { PersonPanel } from './person-panel.tsx'
import { HomeButtons, StairFinder } from './place-finder.tsx'

export type OnRecord = { request: string; reason: RequestLabel; until: Instant }
type Found = Output<typeof searchPeople>

type Opened = { is: 'person' | 'home'; id: string }
type Opening = { record: OnRecord; open: (opened: Opened | null) => void }

/** First why, then whom. Neither a name nor a person stands in the page's address. */
export function FindPage() {
  const words = useRegisterWords()
  const [record, setRecord] = useState<OnRecord | null>(null)
  const [opened, open] = useState<Opened | null>(null)
  const now = useNow()
  const isOver = record !== null && record.until <= now
  const end = () => {
    setRecord(null)
    open(null)
  }
  return (
    <RegisterPage at={registerPaths.find} title={words.title} line={words.findLine}>
      {record === null || isOver ? (
        <>
          {isOver ? <Strip tone="amber">{words.requestOver}</Strip> : null}
          <WhyForm onOpen={setRecord} />
          <GlassForm onOpen={setRecord} />
        </>
      ) : (
        <>
          <RecordStrip record={record} onEnd={end} />
          <Inside key={record.request} record={record} opened={opened} open={open} />
        </>
      )}
    </RegisterPage>
  )
}

function Inside({ record, opened, open }: Opening & { opened: Opened | null }) {
  const close = () => open(null)
  if (opened === null) {
    return (
      <>
        <SearchForm record={record} open={open} />
        <HomeFinder open={open} />
      </>
    )
  }
  const { is, id } = opened
  if (is === 'home') return <HomePanel home={id} record={record} onClose={close} />
  const onHome = (home: string) => open({ is: 'home', id: home })
  return <PersonPanel person={id} record={record} onClose={close} onHome={onHome} />
}

/** Also where nobody lives: by compound, stair and room. */
function HomeFinder({ open }: Pick<Opening, 'open'>) {
  const words = useRegisterWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="button button-quiet out-left">{words.homeFind}</summary>
      {isOpen ? (
        <div class="stack">
          <p class="note">{words.homeFindLine}</p>
          <StairFinder name="home">
            {(stair) => (
              <HomeButtons stair={stair} onPick={({ home }) => open({ is: 'home', id: home })} />
            )}
          </StairFinder>
        </div>
      ) : null}
    </details>
  )
}

/** The usual ones; an emergency has a form of its own. */
const reasons: readonly RequestReason[] = [
  'at-the-counter',
  'on-the-phone',
  'in-writing',
  'home-visit',
  'handed-case',
]

function WhyForm(props: { onOpen: (record: OnRecord) => void }) {
  const words = useRegisterWords()
  const { isBusy, refusal, run } = useAct()
  const isAlive = useIsAlive()
  const put = (reason: RequestReason) =>
    void run(async () => {
      const result = await call<typeof openRequest>('post', '/privacy/requests', { reason })
      if (result.ok) props.onOpen({ ...result.answer, reason })
      return result
    })
  return (
    <section class="stack">
      <Heading>{words.whyTitle}</Heading>
      <div class="flow">
        {reasons.map((reason) => (
          <Button key={reason} tall busy={isBusy} disabled={!isAlive} onClick={() => put(reason)}>
            {words.reasons[reason]}
          </Button>
        ))}
      </div>
      <RefusalStrip refusal={refusal} />
    </section>
  )
}

function RecordStrip(props: { record: OnRecord; onEnd: () => void }) {
  const { record } = props
  const words = useRegisterWords()
  const now = useNow()
  const { isBusy, refusal, run } = useAct()
  const minutes = Math.max(1, Math.floor((record.until - now) / minuteMs))
  const end = (more: Pick<Input<typeof endRequest>, 'result'> = {}) =>
    void run(async () => {
      const asked = { request: record.request, ...more }
      const result = await call<typeof endRequest>('post', '/privacy/requests/end', asked)
      if (result.ok) props.onEnd()
      return result
    })
  return (
    <div class="stack stack-tight no-print">
      <Strip tone="amber">{words.onRecord(words.reasons[record.reason], minutes)}</Strip>
      <p class="small-strong">{words.endResult}</p>
      <div class="flow">
        {keysOf(words.endResults).map((result) => (
          <Button key={result} busy={isBusy} onClick={() => end({ result })}>
            {words.endResults[result]}
          </Button>
        ))}
        <Button kind="quiet" busy={isBusy} onClick={() => end()}>
          {words.endRequest}
        </Button>
      </div>
      <p class="note">{words.endLine}</p>
      <RefusalStrip refusal={refusal} />
    </div>
  )
}

function SearchForm(props: Opening) {
  const words = useRegisterWords()
  const [wanted, want] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  const { isBusy, refusal, run } = useAct()
  const isAlive = useIsAlive()
  const { request } = props.record
  const search = () =>
    run(async () => {
      const said = wanted.trim()
      const result = await call<typeof searchPeople>('post', '/people/search', {
        ...{ words: said, request },
      })
      if (result.ok) setFound(result.answer)
      return result
    })
  return (
    <>
      <form
        method="post"
        action="/desk/register"
        onSubmit={(event) => {
          event.preventDefault()
          if (wanted.trim() !== '') void search()
        }}
      >
        <fieldset class="stack" disabled={!isAlive}>
          <TextField
            label={words.words}
            name="words"
            type="search"
            autoComplete="off"
            help={words.wordsHelp}
            maxLength={60}
            value={wanted}
            onInput={want}
          />
          <Button type="submit" kind="primary" icon={Search} wide busy={isBusy}>
            {words.find}
          </Button>
        </fieldset>
      </form>
      <RefusalStrip refusal={refusal} />
      <p class="note" role="status">
        {found === null
          ? ''
          : found.hits.length === 0
            ? words.none
            : `${words.count(found.hits.length)}${found.hasMore ? ` ${words.hasMore}` : ''}`}
      </p>
      {found && found.hits.length > 0 ? <Hits found={found} open={props.open} /> : null}
    </>
  )
}

function Hits(props: { found: Found } & Pick<Opening, 'open'>) {
  const words = useRegisterWords()
  const { places } = useWorkWords()
  return (
    <List label={words.words}>
      {props.found.hits.map(({ person, name, place, matched }) => (
        <Row
          key={`${person} ${place?.place ?? ''}`}
          title={name}
          detail={place ? [places.compound(place), places.spot(place)].join(' · ') : words.noHome}
          line={matched ? `${words.matched[matched.kind]} ${matched.masked}` : undefined}
          more={
            <div class="flow">
              <Button
                label={`${words.open} ${name}`}
                onClick={() => props.open({ is: 'person', id: person })}
              >
                {words.open}
              </Button>
              {place?.room ? (
                <Button
                  kind="quiet"
                  label={`${words.homeOpen} ${places.spot(place)}`}
                  onClick={() => props.open({ is: 'home', id: place.place })}
                >
                  {words.homeOpen}
                </Button>
              ) : null}
            </div>
          }
        />
      ))}
    </List>
  )
}
