import { useEffect, useRef, useState } from 'preact/hooks'
import { CloudUpload, Copy, TriangleAlert, X } from 'lucide'
import { useNow, useShell } from '../shell/shell.tsx'
import { useDeskWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Strip } from '../ui/state.tsx'
import { formatInstant } from '../words/format.ts'
import {
  forget,
  isPhoto,
  isSending,
  loadOutbox,
  outbox,
  pictureOf,
  sendAll,
  type Waiting,
} from './outbox.ts'
import { drawInto } from './picture.ts'

/** The stream may be there and the API not: asked again in so long. */
const againMs = 15_000

/** Sends what waits as soon as it can; what was refused is shown, with what was written. */
export function OutboxStrip() {
  const { ui } = useWorkWords()
  const words = useDeskWords()
  useSending()
  const waiting = outbox.value.filter(({ refused }) => refused === null)
  const refused = outbox.value.filter((one) => one.refused !== null)
  return (
    <div role="status">
      {waiting.length > 0 ? (
        <Strip tone="amber" icon={CloudUpload} flat>
          {isSending.value ? words.outboxSending : words.outboxWaiting(waiting.length)}
        </Strip>
      ) : null}
      {refused.length > 0 ? (
        <Strip tone="signal" icon={TriangleAlert} flat>
          <details>
            <summary class="outbox-summary">
              {words.outboxRefused(refused.length)} · {ui.open}
            </summary>
            <ul class="stack">
              {[...Map.groupBy(refused, ({ task }) => task)].map(([task, all]) => (
                <li key={task}>
                  <Refused all={all} />
                </li>
              ))}
            </ul>
          </details>
        </Strip>
      ) : null}
    </div>
  )
}

function useSending(): void {
  const { wire } = useShell()
  useEffect(() => {
    const send = async () => {
      if (!(await sendAll())) return
      for (const listener of wire.listeners) listener('all')
    }
    const heard = (topic: string) => void (topic === 'all' && send())
    void loadOutbox().then(send)
    wire.listeners.add(heard)
    addEventListener('online', send)
    const timer = setInterval(send, againMs)
    return () => {
      wire.listeners.delete(heard)
      removeEventListener('online', send)
      clearInterval(timer)
    }
  }, [])
}

/** Of one task, why once: what was pressed after the first refusal follows from it. */
function Refused(props: { all: readonly Waiting[] }) {
  const { all } = props
  const [first] = all
  const words = useDeskWords()
  const language = useLanguage()
  const [isCopied, setCopied] = useState(false)
  const written = all.map(writtenIn).filter(Boolean).join('\n')
  const copy = async () => {
    await navigator.clipboard.writeText(written).catch(() => undefined)
    setCopied(true)
  }
  const forgetAll = async () => {
    for (const { key } of all) await forget(key)
  }
  return (
    <div class="stack stack-tight">
      <b>{first?.place}</b>
      <p>{words.outboxWhyNot(first?.refused?.[language] ?? '')}</p>
      <ul>
        {all.map((one) => (
          <RefusedAct key={one.key} one={one} />
        ))}
      </ul>
      <div class="flow">
        {written ? (
          <Button icon={Copy} onClick={() => void copy()}>
            {isCopied ? words.outboxCopied : words.outboxCopy}
          </Button>
        ) : null}
        <Button icon={X} onClick={() => void forgetAll()}>
          {words.outboxForget}
        </Button>
      </div>
    </div>
  )
}

function RefusedAct(props: { one: Waiting }) {
  const { key, at } = props.one
  const words = useDeskWords()
  const now = useNow()
  const pressed = formatInstant(at, now, useLanguage())
  const written = writtenIn(props.one)
  return (
    <li>
      {words.outboxDone(useDid(props.one), pressed)}
      {isPhoto(props.one) ? <Picture photo={key} says={props.one.says} /> : null}
      {written ? (
        <p>
          {words.outboxWords}: <span class="said">{written}</span>
        </p>
      ) : null}
    </li>
  )
}

function writtenIn(one: Waiting): string | undefined {
  return isPhoto(one) ? one.says : one.step.words
}

/** What was done; of a finding, what was found: it is not to be lost. */
function useDid(one: Waiting): string {
  const { outboxPicture } = useDeskWords()
  const { tasks } = useWorkWords()
  if (isPhoto(one)) return outboxPicture
  const { act, outcome } = one.step
  return one.kind === null || outcome === undefined
    ? tasks.done(act)
    : `${tasks.done(act)} · ${tasks.outcome(one.kind, outcome)}`
}

/** The picture that was not taken in, as long as this device keeps it. */
function Picture(props: { photo: string; says: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    void pictureOf(props.photo).then((bytes) => {
      if (bytes && canvas.current) void drawInto(canvas.current, { bytes, form: 'image/jpeg' })
    })
  }, [props.photo])
  return <canvas ref={canvas} class="photo" role="img" aria-label={props.says} />
}
