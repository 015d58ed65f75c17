import { expect, test } from 'vitest'
import { render } from '../server.tsx'
import type { View } from '../shell/page.ts'
import { languages, type Language } from '../words/index.ts'
import * as sample from './sample.ts'

const one = {
  ...{ what: 'fire-way-blocked', words: '三楼过道堆满了纸箱', madeOn: '2026-07-08' },
  place: { ...sample.me.place, place: '310104011013-01-26', room: null, floor: null },
  ...{ state: 'done', outcome: 'hazard-real', closedOn: '2026-07-09' },
}

function draw(reports: unknown, language: Language = 'zh-CN', view: View = 'normal'): string {
  return render({
    ...{ path: '/report', params: {}, language, view, isDemo: false, now: sample.now },
    first: {
      '/api/identity/me': sample.me,
      '/api/duties/call': sample.whom,
      '/api/tasks/my-reports': reports,
    },
  }).html
}

test('it says before anything is written who sees the name, and not to name anybody', () => {
  const html = draw({ reports: [] })
  for (const said of [
    '别写人的名字',
    '有居民反映',
    '全街道只有一个岗位能打开',
    '这台设备上还没有报过',
  ]) {
    expect(html).toContain(said)
  }
  expect(html).toContain('310104011013-01-26"')
  expect(html).not.toContain('310104011013-01-26-501')
})

test('what became of a report stands in it, with its days', () => {
  const html = draw({ reports: [one] })
  for (const said of ['消防通道被堵', '办完了：确有其事', '2026-07-08 报的', '2026-07-09 办完']) {
    expect(html).toContain(said)
  }
})

test('the one filled button is the report’s, in the elder view the call’s', () => {
  const filled = (view: View) => draw({ reports: [] }, 'zh-CN', view).match(/button-primary/g)
  expect(filled('normal')).toHaveLength(1)
  expect(filled('elder')).toHaveLength(1)
})

test.each(languages)('without its words in %s nothing is drawn', (language) => {
  const read = draw({ reports: [one] }, language, 'elder').replace(/<[^>]*>/g, ' ')
  expect(read).not.toContain('undefined')
  if (language === 'zh-CN') return
  const names = /田林十二村|十二村居委会|陈桂英|三楼过道堆满了纸箱|中文/g
  expect(read.replace(names, '').match(/[\u4e00-\u9fff]+/g)).toBeNull()
})
