import { expect, test } from 'vitest'
import { voiceFor } from './voice.ts'

const voice = (lang: string, localService = true) => ({ lang, localService })

test.each([
  ['zh-CN', ['en-US', 'zh-CN'], 'zh-CN'],
  ['zh-CN', ['zh_CN'], 'zh_CN'],
  ['zh-CN', ['cmn-Hans-CN'], 'cmn-Hans-CN'],
  // Whoever reads Mandarin does not follow Cantonese.
  ['zh-CN', ['zh-HK', 'yue-Hant-HK', 'en-US'], undefined],
  ['en', ['zh-CN', 'en-GB'], 'en-GB'],
  ['en', ['zh-CN'], undefined],
] as const)('a page in %s is read by one of %j', (language, voices, lang) => {
  expect(
    voiceFor(
      voices.map((each) => voice(each)),
      language,
    )?.lang,
  ).toBe(lang)
})

test('a voice that sends what it reads to other computers reads nothing', () => {
  expect(voiceFor([voice('zh-CN', false)], 'zh-CN')).toBeUndefined()
  const here = voice('zh-CN')
  expect(voiceFor([voice('zh-CN', false), here], 'zh-CN')).toBe(here)
})
