import { useEffect, useState } from 'preact/hooks'
import { Square, Volume2 } from 'lucide'
import { Button } from '../ui/button.tsx'
import { voiceFor } from './voice.ts'
import { useLanguage, useWords } from './words.tsx'

/** Reads what the page shows, where the device has a voice of its own for the page's language. */
export function ReadAloud(props: { sentences: () => readonly string[] }) {
  const words = useWords().privacy
  const voice = useVoice()
  const [isReading, setReading] = useState(false)
  useEffect(() => () => stop(), [])
  if (!voice) return null
  const read = () => {
    setReading(true)
    speak(props.sentences(), voice, () => setReading(false))
  }
  const end = () => {
    stop()
    setReading(false)
  }
  return (
    <div class="no-print">
      <Button icon={isReading ? Square : Volume2} onClick={isReading ? end : read}>
        {isReading ? words.stopReading : words.readAloud}
      </Button>
    </div>
  )
}

function useVoice(): SpeechSynthesisVoice | undefined {
  const language = useLanguage()
  const [voice, setVoice] = useState<SpeechSynthesisVoice>()
  useEffect(() => {
    // Browsers inside of other apps have none.
    if (!('speechSynthesis' in globalThis)) return undefined
    const find = () => setVoice(voiceFor(speechSynthesis.getVoices(), language))
    find()
    // Most browsers know their voices only a while later.
    speechSynthesis.addEventListener('voiceschanged', find)
    return () => speechSynthesis.removeEventListener('voiceschanged', find)
  }, [language])
  return voice
}

/** A sentence at a time: some browsers break off what takes longer than a quarter of a minute. */
function speak(sentences: readonly string[], voice: SpeechSynthesisVoice, done: () => void): void {
  stop()
  sentences.forEach((sentence, index) => {
    const said = new SpeechSynthesisUtterance(sentence)
    said.voice = voice
    said.lang = voice.lang
    if (index === sentences.length - 1) said.onend = done
    said.onerror = done
    speechSynthesis.speak(said)
  })
}

function stop(): void {
  if ('speechSynthesis' in globalThis) speechSynthesis.cancel()
}
