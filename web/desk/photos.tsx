import { useEffect, useRef, useState } from 'preact/hooks'
import { Camera, CloudUpload, Image } from 'lucide'
import type { addPhoto, showPhoto } from '../../src/desks/tasks/api.ts'
import { call } from '../shell/call.ts'
import { newKey } from '../shell/key.ts'
import { useAct, useFirst, useNow, useShell } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useDeskWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Heading } from '../ui/card.tsx'
import { Problem, TextField } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { formatInstant } from '../words/format.ts'
import { drawInto, jpegOf, redrawn } from './picture.ts'
import { isPhoto, outbox, waitWithPhoto, type WaitingPhoto } from './outbox.ts'
import { placeOf, type OneTask } from './wording.ts'

const photosMax = 4

/** Pictures of the matter, never of a person: asked for one by one, each with a sentence. */
export function Photos(props: { task: OneTask; again: () => Promise<void> }) {
  const { task } = props
  const words = useDeskWords()
  const waiting = outbox.value.filter(
    (one): one is WaitingPhoto => isPhoto(one) && one.task === task.task && one.refused === null,
  )
  const count = task.photos.length + waiting.length
  if (!task.mayPhotograph && count === 0) return null
  return (
    <section class="stack">
      <Heading line={words.photoLine}>{words.photos}</Heading>
      {count === 0 ? (
        <p class="note">{words.photoNone}</p>
      ) : (
        <ul class="stack">
          {task.photos.map((photo) => (
            <li key={photo.photo}>
              <OnePhoto {...photo} />
            </li>
          ))}
          {waiting.map(({ key, says }) => (
            <li key={key} class="line">
              <Icon of={CloudUpload} />
              <span>
                {says} <span class="note">{words.notSentYet}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {!task.mayPhotograph ? null : count >= photosMax ? (
        <p class="note">{words.photoFull}</p>
      ) : (
        <TakePhoto {...props} />
      )}
    </section>
  )
}

function OnePhoto(props: OneTask['photos'][number]) {
  const { photo, takenAt, says } = props
  const [isShown, show] = useState(false)
  const words = useDeskWords()
  const language = useLanguage()
  const now = useNow()
  return (
    <figure class="stack stack-tight">
      {isShown ? <Shown photo={photo} says={says} /> : null}
      <figcaption class="flow">
        <span class="grow">
          {says} <span class="note">{formatInstant(takenAt, now, language)}</span>
        </span>
        {isShown ? null : (
          <Button icon={Image} label={`${words.photoShow}: ${says}`} onClick={() => show(true)}>
            {words.photoShow}
          </Button>
        )}
      </figcaption>
    </figure>
  )
}

function Shown(props: { photo: string; says: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const result = useFirst<typeof showPhoto>('/tasks/photo', { photo: props.photo }).result.value
  useEffect(() => {
    if (result?.ok && canvas.current) void drawInto(canvas.current, result.answer)
  }, [result])
  if (result && !result.ok) return <RefusalStrip refusal={result.refusal} />
  return <canvas ref={canvas} class="photo" role="img" aria-label={props.says} />
}

function TakePhoto(props: { task: OneTask; again: () => Promise<void> }) {
  const words = useDeskWords()
  const taken = useTaken(props)
  return (
    <div class="stack">
      <label class="button button-wide photo-take">
        <Icon of={Camera} />
        {words.photoTake}
        <input
          class="visually-hidden"
          type="file"
          accept="image/*"
          capture="environment"
          onChange={(event) => {
            void taken.read(event.currentTarget.files?.[0] ?? null)
            event.currentTarget.value = ''
          }}
        />
      </label>
      {taken.isUnreadable ? <Problem>{words.photoUnreadable}</Problem> : null}
      <div hidden={!taken.hasPicture} class="stack">
        <canvas ref={taken.canvas} class="photo" role="img" aria-label={words.photoTake} />
        <p class="note">{words.photoClean}</p>
        <TextField
          label={words.photoSays}
          name="says"
          help={words.photoSaysHelp}
          problem={taken.isMissing ? words.photoSaysMissing : undefined}
          maxLength={120}
          value={taken.says}
          onInput={taken.say}
        />
        <RefusalStrip refusal={taken.refusal} />
        <div class="flow">
          <Button onClick={taken.drop}>{words.photoDrop}</Button>
          <Button
            kind="primary"
            icon={Camera}
            className="grow"
            busy={taken.isBusy}
            onClick={() => void taken.send()}
          >
            {words.photoSend}
          </Button>
        </div>
      </div>
    </div>
  )
}

/** A picture that was taken and not sent yet. */
function useTaken({ task, again }: { task: OneTask; again: () => Promise<void> }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  // of one picture: pressed again after a lost answer it is still this one
  const key = useRef('')
  const [hasPicture, setPicture] = useState(false)
  const [isUnreadable, setUnreadable] = useState(false)
  const [says, say] = useState('')
  const [isMissing, setMissing] = useState(false)
  const { isBusy, refusal, run, forget } = useAct()
  const { now } = useShell()
  const words = useWorkWords()
  const drop = () => {
    setPicture(false)
    setMissing(false)
    say('')
    forget()
  }
  const read = async (file: File | null) => {
    if (!file || !canvas.current) return
    const drawn = await redrawn(file)
    setUnreadable(drawn === null)
    if (!drawn) return
    canvas.current.width = drawn.width
    canvas.current.height = drawn.height
    canvas.current.getContext('2d')?.drawImage(drawn, 0, 0)
    key.current = newKey()
    setPicture(true)
  }
  const send = async () => {
    const text = says.trim()
    setMissing(text === '')
    if (text === '' || !canvas.current) return
    const bytes = await jpegOf(canvas.current)
    if (bytes === null) return setUnreadable(true)
    const photo = { key: key.current, task: task.task, says: text }
    const isDone = await run(async () => {
      const result = await call<typeof addPhoto>('post', '/tasks/photo', { ...photo, bytes })
      if (result.ok || result.refusal.fault !== 'offline') return result
      const where = { kind: task.kind, place: placeOf(task, words), at: now.peek() }
      return (await waitWithPhoto({ ...photo, ...where }, bytes))
        ? { ok: true, answer: null }
        : result
    })
    if (!isDone) return
    drop()
    await again()
  }
  return {
    canvas,
    hasPicture,
    isUnreadable,
    isMissing,
    isBusy,
    refusal,
    says,
    say,
    read,
    send,
    drop,
  }
}
