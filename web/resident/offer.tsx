import { useState } from 'preact/hooks'
import {
  Ambulance,
  CircleStop,
  DoorOpen,
  Eye,
  HeartHandshake,
  Hourglass,
  Phone,
  Users,
} from 'lucide'
import type { agree, refuse } from '../../src/watch/care/api.ts'
import { call } from '../shell/call.ts'
import { ContactFields, useContactDrafts } from '../shell/contacts-editor.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useNow } from '../shell/shell.tsx'
import { useCareWords, useLanguage, useResidentWords, useWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Icon, type IconNode } from '../ui/icon.tsx'
import { LanePicture } from '../ui/lane-picture.tsx'
import { formatDate } from '../words/format.ts'
import { Fold } from './fold.tsx'
import { useWhomToCall } from './frame.tsx'
import { Headline } from './headline.tsx'
import { ReadToMe, type Care } from './standing.tsx'

type Done = () => Promise<void>

const termIcons: Readonly<Record<string, IconNode>> = {
  watched: DoorOpen,
  'seen-by': Eye,
  next: Phone,
  kept: Hourglass,
  free: HeartHandshake,
  stop: CircleStop,
  limits: Ambulance,
}

/** All of it in plain words first, then two answers of one size and one colour. */
export function Offer(props: { care: Care; step: number; onDone: Done }) {
  const words = useCareWords()
  const whom = useWhomToCall()
  const spoken = useResidentWords('terms').care.map((term) => `${term.name}。${term.says}`)
  return (
    <div class="stack stack-wide">
      <div class="stack">
        <p class="line offer-top">
          <span class="small muted grow">{words.title}</span>
          <LanePicture />
        </p>
        <Headline step={props.step}>{words.offerHead}</Headline>
        <p>{words.offerLine}</p>
        <ReadToMe text={[words.offerHead, words.offerLine, ...spoken].join('\n')} />
      </div>
      <Card>
        <Terms />
        {whom?.unit ? <p class="small muted above-4">{words.askedBy(whom.unit)}</p> : null}
      </Card>
      <Decision care={props.care} onDone={props.onDone} mayDecline />
    </div>
  )
}

/** A no is respected: it says until when nobody asks, and leaves the door open for the person. */
export function Refused(props: { care: Care; notAskedUntil: number; step: number; onDone: Done }) {
  const words = useCareWords()
  const date = formatDate(props.notAskedUntil, useNow(), useLanguage())
  return (
    <div class="stack stack-wide">
      <div class="stack">
        <p class="small muted">{words.title}</p>
        <Headline step={props.step}>{words.refusedHead}</Headline>
        <p>{words.refusedLine(date)}</p>
        <p class="small muted">{words.refusedStill}</p>
      </div>
      <Fold icon={DoorOpen} title={words.readAgain}>
        <Terms />
        <Decision care={props.care} onDone={props.onDone} />
      </Fold>
    </div>
  )
}

/** What one agrees to, said once for the offer and for the person who has agreed. */
export function Terms(props: { ofCalls?: boolean }) {
  const terms = useResidentWords('terms')
  return (
    <ul class="stack terms">
      {(props.ofCalls ? terms.calls : terms.care).map((term) => (
        <li key={term.kind} class="term">
          <Icon of={termIcons[term.kind] ?? Eye} className="act-icon" />
          <div class="grow">
            <h2 class="strong">{term.name}</h2>
            <p>{term.says}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}

function Decision(props: { care: Care; onDone: Done; mayDecline?: boolean }) {
  const { people } = useWords()
  const words = useCareWords()
  const { textVersion, callsTextVersion, sensors, isOn } = props.care
  const drafts = useContactDrafts([])
  const [isOpen, setOpen] = useState(false)
  const act = useAct()
  const hasSensor = isOn && sensors.length > 0
  const tell = async (what: () => ReturnType<typeof call>) => {
    if (await act.run(what)) await props.onDone()
  }
  const yes = () => {
    const contacts = drafts.checked()
    // what is wrong must not stay hidden in a closed fold
    if (contacts === null) return setOpen(true)
    void tell(() => call<typeof agree>('post', '/care/agree', { textVersion, contacts }))
  }
  const callsOnly = () => {
    const wish = { textVersion: callsTextVersion, contacts: [], way: 'call' as const }
    void tell(() => call<typeof agree>('post', '/care/agree', wish))
  }
  const no = () => void tell(() => call<typeof refuse>('post', '/care/refuse', {}))
  return (
    <section class="stack" aria-label={words.decideHead}>
      {hasSensor ? (
        <Fold
          icon={Users}
          title={people.contacts}
          line={people.contactsNone}
          open={isOpen}
          onToggle={setOpen}
        >
          <ContactFields of={drafts} />
        </Fold>
      ) : (
        <NoSensor isOn={isOn} />
      )}
      <div class="decide">
        <Button tall busy={act.isBusy} onClick={hasSensor ? yes : callsOnly}>
          {hasSensor ? words.agree : words.agreeCalls}
        </Button>
        {props.mayDecline ? (
          <Button tall busy={act.isBusy} onClick={no}>
            {words.decline}
          </Button>
        ) : null}
      </div>
      {props.mayDecline ? <p class="small centre">{words.bothFine}</p> : null}
      {hasSensor ? (
        <Fold icon={Phone} title={words.callsOffer} line={words.callsOfferLine}>
          <Terms ofCalls />
          <Button tall busy={act.isBusy} onClick={callsOnly}>
            {words.agreeCalls}
          </Button>
        </Fold>
      ) : null}
      <RefusalStrip refusal={act.refusal} />
    </section>
  )
}

/** Nothing can be looked out for; to be phoned needs no sensor. */
function NoSensor(props: { isOn: boolean }) {
  const words = useCareWords()
  const unit = useWhomToCall()?.unit ?? words.committee
  const head = props.isOn ? words.noSensorHead : words.notOnHead
  return (
    <>
      <Card sunk>
        <h2 class="title under-1">{head}</h2>
        <p>{props.isOn ? words.noSensorLine(unit) : words.notOnLine}</p>
      </Card>
      <Card>
        <h2 class="title under-3">{words.callsOffer}</h2>
        <Terms ofCalls />
      </Card>
    </>
  )
}
