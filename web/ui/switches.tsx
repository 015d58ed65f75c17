import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Languages, Square, Volume2 } from 'lucide'
import { Button, LinkButton } from './button.tsx'
import type { IconNode } from './icon.tsx'

type SwitchProps = {
  /** Works without script: the server answers in the other view and remembers it. */
  href: string
  words: ComponentChildren
  icon?: IconNode | undefined
  onSwitch?: (() => void) | undefined
}

/** Between the normal and the elder view; says the one it leads to. */
export function ViewSwitch(props: SwitchProps) {
  return (
    <LinkButton kind="quiet" href={props.href} icon={props.icon} onClick={switching(props)}>
      {props.words}
    </LinkButton>
  )
}

/** To the other language, named in that language; `label` says it in this one. */
export function LanguageSwitch(props: SwitchProps & { lang: string; label: string }) {
  return (
    <LinkButton
      kind="quiet"
      href={props.href}
      icon={props.icon ?? Languages}
      onClick={switching(props)}
    >
      <span lang={props.lang}>{props.words}</span>
      <span class="visually-hidden">{props.label}</span>
    </LinkButton>
  )
}

function switching(props: SwitchProps) {
  const { onSwitch } = props
  if (!onSwitch) return undefined
  return (event: MouseEvent) => {
    event.preventDefault()
    onSwitch()
  }
}

/**
 * Reads `text` aloud. There is no button where the device has no voice of the language (`lang` is
 * the part before the hyphen, "zh"), nor before the page's script runs.
 */
export function ReadAloud(props: {
  text: string
  lang: string
  readWord: string
  stopWord: string
  wide?: boolean | undefined
}) {
  const voice = useVoice(props.lang)
  const [reading, setReading] = useState(false)
  useEffect(() => () => globalThis.speechSynthesis?.cancel(), [props.text])
  if (!voice) return null
  const stop = () => {
    speechSynthesis.cancel()
    setReading(false)
  }
  const read = () => {
    const utterance = new SpeechSynthesisUtterance(props.text)
    utterance.voice = voice
    utterance.lang = voice.lang
    utterance.rate = 0.9
    utterance.onend = () => setReading(false)
    utterance.onerror = () => setReading(false)
    speechSynthesis.cancel()
    speechSynthesis.speak(utterance)
    setReading(true)
  }
  return (
    <Button
      className="read-aloud"
      icon={reading ? Square : Volume2}
      wide={props.wide}
      pressed={reading}
      onClick={reading ? stop : read}
    >
      {reading ? props.stopWord : props.readWord}
    </Button>
  )
}

/** Voices come late: the list is empty at first and the browser tells when it has changed. */
function useVoice(lang: string): SpeechSynthesisVoice | undefined {
  const [voice, setVoice] = useState<SpeechSynthesisVoice | undefined>(undefined)
  useEffect(() => {
    const speech = globalThis.speechSynthesis
    if (!speech) return undefined
    const look = () => setVoice(speech.getVoices().find((one) => speaks(one, lang)))
    look()
    speech.addEventListener('voiceschanged', look)
    return () => speech.removeEventListener('voiceschanged', look)
  }, [lang])
  return voice
}

/** Android writes "zh_CN". Cantonese (zh-HK) is another spoken language. */
function speaks(voice: SpeechSynthesisVoice, lang: string): boolean {
  const spoken = voice.lang.toLowerCase().replace('_', '-')
  return spoken.split('-')[0] === lang && !spoken.startsWith('zh-hk')
}
