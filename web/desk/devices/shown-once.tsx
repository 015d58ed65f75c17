import { useRef, useState } from 'preact/hooks'
import { Copy, KeyRound } from 'lucide'
import { useDeviceWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Strip } from '../../ui/state.tsx'

export type Secret = {
  username: string | null
  password: string | null
  topic?: string
  example?: string
  settings?: string
}

/** A credential with its settings. It is nowhere else: whoever closes this has seen it. */
export function ShownOnce(props: { secret: Secret }) {
  const words = useDeviceWords()
  const { username, password, topic, example, settings } = props.secret
  return (
    <div class="stack">
      {password === null ? (
        <Strip icon={KeyRound}>{words.noCredential}</Strip>
      ) : (
        <Strip tone="amber" icon={KeyRound}>
          <b>{words.onceTitle}</b> · {words.onceLine}
        </Strip>
      )}
      {username === null ? null : <ToCopy name={words.username} says={username} />}
      {password === null ? null : <ToCopy name={words.password} says={password} />}
      {topic === undefined ? null : <ToCopy name={words.topic} says={topic} />}
      {example === undefined ? null : <ToCopy name={words.example} says={example} />}
      {settings === undefined ? null : <ToCopy name={words.settings} says={settings} />}
    </div>
  )
}

/** One thing to copy. Where the browser forbids copying, it is selected instead. */
function ToCopy(props: { name: string; says: string }) {
  const words = useDeviceWords()
  const place = useRef<HTMLElement>(null)
  const [said, say] = useState('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.says)
      say(words.copied)
    } catch {
      if (place.current) getSelection()?.selectAllChildren(place.current)
      say(words.selected)
    }
  }
  return (
    <div class="to-copy">
      <span class="field-label">{props.name}</span>
      <code class="to-copy-says" ref={place}>
        {props.says}
      </code>
      <Button icon={Copy} label={words.copyOf(props.name)} onClick={() => void copy()}>
        {words.copy}
      </Button>
      <span class="note" role="status">
        {said}
      </span>
    </div>
  )
}
