import type { Language } from '../words/index.ts'

type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService'>

/**
 * A voice of the device itself that speaks the page's language: others send what they read to
 * somebody else's computers.
 */
export function voiceFor<V extends Voice>(voices: readonly V[], language: Language): V | undefined {
  const here = voices.filter(({ localService }) => localService)
  const named = (voice: V) => voice.lang.replace('_', '-').toLowerCase()
  if (language === 'en') return here.find((voice) => /^en(-|$)/.test(named(voice)))
  const mandarin = /^(zh-cn|zh-hans|cmn|zh$)/
  return here.find((voice) => mandarin.test(named(voice)))
}
