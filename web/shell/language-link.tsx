import { LanguageSwitch } from '../ui/switches.tsx'
import { useShell } from './shell.tsx'
import { useLanguage, useWords } from './words.tsx'

/** To the other language, on the same page; works without script. */
export function LanguageLink() {
  const words = useWords().ui
  const other = useLanguage() === 'en' ? 'zh-CN' : 'en'
  return (
    <LanguageSwitch
      href={`${useShell().at}?language=${other}`}
      lang={other}
      words={words.otherLanguage}
      label={words.otherLanguageLabel}
    />
  )
}
