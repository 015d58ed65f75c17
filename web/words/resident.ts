/** All words of residents’ pages together, as the server has them; a telephone loads a page’s own. */
import * as englishCare from './en/caring.ts'
import { actingFor as englishActing } from './en/acting-for.ts'
import * as englishHome from './en/my-home.ts'
import * as englishPasses from './en/passes.ts'
import { reporting as englishReporting } from './en/reporting.ts'
import { resident as english } from './en/resident.ts'
import { visitors as englishVisitors } from './en/visitors.ts'
import type { Language } from './index.ts'
import * as chineseCare from './zh-CN/caring.ts'
import { actingFor as chineseActing } from './zh-CN/acting-for.ts'
import * as chineseHome from './zh-CN/my-home.ts'
import * as chinesePasses from './zh-CN/passes.ts'
import { reporting as chineseReporting } from './zh-CN/reporting.ts'
import { resident as chinese } from './zh-CN/resident.ts'
import { visitors as chineseVisitors } from './zh-CN/visitors.ts'

const all = {
  'zh-CN': {
    ...{ ...chinese, ...chineseCare, ...chineseHome, ...chinesePasses },
    ...{ actingFor: chineseActing, reporting: chineseReporting, visitors: chineseVisitors },
  },
  en: {
    ...{ ...english, ...englishCare, ...englishHome, ...englishPasses },
    ...{ actingFor: englishActing, reporting: englishReporting, visitors: englishVisitors },
  },
}

/** By part; a part is what one page says, or what several of them do. */
export type ResidentWords = (typeof all)['zh-CN']

export function residentWordsOf(language: Language): ResidentWords {
  return all[language]
}
