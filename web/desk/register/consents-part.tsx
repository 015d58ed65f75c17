import { useState } from 'preact/hooks'
import { FileCheck } from 'lucide'
import type { consentsOf, endConsentFor } from '../../../src/ground/privacy/consents/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { PersonId } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useLanguage, useRegisterWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { List, Row } from '../../ui/list.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatDate } from '../../words/format.ts'

type Held = Output<typeof consentsOf>['consents'][number]
type Part = { person: PersonId; request: string }

/** What somebody who stands here agreed to. Opened only where they ask: each opening is a look. */
export function ConsentsPart(props: Part) {
  const { person, request } = props
  const words = useRegisterWords().purposes.station
  const { isBusy, refusal, run } = useAct()
  const [held, setHeld] = useState<readonly Held[] | null>(null)
  const [ending, setEnding] = useState<Held | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const open = () =>
    run(async () => {
      const asked = { person, request }
      const result = await call<typeof consentsOf>('get', '/privacy/consents/of', asked)
      if (result.ok) setHeld(result.answer.consents)
      return result
    })
  return (
    <section class="stack">
      <Heading line={words.line}>{words.title}</Heading>
      <div role="status">{done ? <Strip>{done}</Strip> : null}</div>
      {held ? (
        <List label={words.title}>
          {held.map((one) => (
            <One key={one.purpose} held={one} onEnd={() => setEnding(one)} />
          ))}
        </List>
      ) : (
        <div>
          <Button icon={FileCheck} busy={isBusy} onClick={() => void open()}>
            {words.open}
          </Button>
        </div>
      )}
      <RefusalStrip refusal={refusal} />
      {ending ? (
        <Ending
          {...props}
          held={ending}
          close={() => setEnding(null)}
          done={() => {
            setDone(words.ended(words.names[ending.purpose]))
            setEnding(null)
            void open()
          }}
        />
      ) : null}
    </section>
  )
}

function One(props: { held: Held; onEnd: () => void }) {
  const { purpose, is, until, renewBy, notAskedUntil } = props.held
  const words = useRegisterWords().purposes.station
  const language = useLanguage()
  const now = useNow()
  const day = (at: number) => formatDate(at, now, language)
  const lines = [
    ...(until === null ? [] : [words.until(day(until))]),
    ...(renewBy === null ? [] : [words.renewBy(day(renewBy))]),
    ...(notAskedUntil === null ? [] : [words.notAsked(day(notAskedUntil))]),
  ]
  return (
    <Row
      title={words.names[purpose]}
      line={lines.join(' · ')}
      side={<Badge tone={is === 'live' ? 'jade' : 'none'}>{words.states[is]}</Badge>}
      more={
        is === 'live' ? (
          <Button label={words.endLabel(words.names[purpose])} onClick={props.onEnd}>
            {words.end}
          </Button>
        ) : undefined
      }
    />
  )
}

function Ending(props: Part & { held: Held; close: () => void; done: () => void }) {
  const { person, request, held } = props
  const { station: words, notNow } = useRegisterWords().purposes
  const { isBusy, refusal, run } = useAct()
  const end = async () => {
    const asked = { person, request, purpose: held.purpose }
    const path = '/privacy/consents/end-at-station'
    if (await run(() => call<typeof endConsentFor>('post', path, asked))) props.done()
  }
  return (
    <Dialog
      open
      title={words.endAsk(words.names[held.purpose])}
      onClose={props.close}
      acts={
        <>
          <Button onClick={props.close}>{notNow}</Button>
          <Button kind="danger" busy={isBusy} onClick={() => void end()}>
            {words.end}
          </Button>
        </>
      }
    >
      <ul class="points">
        {words.effect.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      <RefusalStrip refusal={refusal} />
    </Dialog>
  )
}
