import { expect, test } from 'vitest'
import { render } from '../server.tsx'
import type { View } from '../shell/page.ts'
import { languages, type Language } from '../words/index.ts'
import * as sample from './sample.ts'

const views: readonly View[] = ['normal', 'elder']
const states = Object.keys(sample.cares) as sample.Standing[]

function draw(path: string, language: Language, view: View, first: Record<string, unknown>) {
  return render({
    path,
    params: {},
    language,
    view,
    isDemo: true,
    now: sample.now,
    first: { '/api/identity/me': sample.me, '/api/duties/call': sample.whom, ...first },
  })
}

function care(state: sample.Standing, language: Language = 'zh-CN', view: View = 'normal') {
  return draw('/care', language, view, { '/api/care/mine': sample.cares[state] }).html
}

/** What is read, without the marks around it. */
function read(html: string): string {
  return html.replace(/<[^>]*>/g, '')
}

function looks(answer: unknown, language: Language = 'zh-CN', view: View = 'normal') {
  return draw('/care/looks', language, view, { '/api/privacy/looks': answer }).html
}

/** The headline is what a person reads first; it has to be true and say no more. */
test.each<[sample.Standing, string, string]>([
  ['offered', '要不要居委帮您留意动静？', 'May your committee look out'],
  ['no sensor', '要先装传感器', 'A sensor comes first'],
  ['calls', '打电话问您好', 'phones to ask how you are'],
  ['refused', '2027年7月1日以前，没有人会再来问', 'Nobody will ask you again before 1 Jul 2027'],
  ['seen', '最近一次动静：今天 07:50', 'Last movement: Today 07:50'],
  ['just begun', '还没有收到第一次动静', 'no movement has been reported yet'],
  ['unknown', '传感器没消息，不知道', 'we do not know'],
  ['not heard yet', '还没有消息，不知道', 'No message yet: we do not know'],
  ['off', '街道现在没有开这条规则', 'The street has switched this rule off'],
  ['away', '您说不在家，到 7月12日 为止', 'You said you are away, until 12 Jul'],
  ['silent', '48 小时没有动静，已请社工联系您', 'No movement for 48 hours'],
])('the care page says how it stands: %s', (state, chinese, english) => {
  for (const view of views) {
    expect(read(care(state, 'zh-CN', view))).toContain(chinese)
    expect(read(care(state, 'en', view))).toContain(english)
  }
})

test.each(states)('in English no Chinese is left but names and the other language: %s', (state) => {
  const left = care(state, 'en', 'elder')
    .replace(/田林十二村|十二村居委会|陈桂英|王晓明|儿子|社工|中文|在阳台晒太阳，没听见电话。/g, '')
    .match(/[\u4e00-\u9fff]+/g)
  expect(left).toBeNull()
})

test.each(states)('a person to call is in reach, and whether somebody answers: %s', (state) => {
  for (const view of views) {
    const html = care(state, 'zh-CN', view)
    expect(html).toContain('href="tel:02155550112"')
    expect(html).toContain('现在有人接，到 17:30')
  }
})

test('the offer tells all before it asks, and its two answers look the same', () => {
  const html = care('offered')
  for (const said of [
    '没有摄像头',
    '48 小时',
    '72 小时',
    '先问您本人',
    '问您选的联系人',
    '不要钱',
    '随时点一下就停',
    '120',
  ]) {
    expect(html).toContain(said)
  }
  const answers = [...html.matchAll(/<button class="([^"]*)"[^>]*>(同意|不需要)<\/button>/g)]
  expect(answers.map((answer) => answer[2])).toEqual(['同意', '不需要'])
  expect(answers[0]?.[1]).toBe(answers[1]?.[1])
  expect(html.indexOf('要不要钱')).toBeLessThan(html.indexOf('>同意<'))
})

test('without a sensor nobody is asked to agree to what cannot begin: calls can', () => {
  const html = care('no sensor')
  expect(html).not.toContain('>同意<')
  const answers = [
    ...html.matchAll(/<button class="([^"]*)"[^>]*>(同意只打电话|不需要)<\/button>/g),
  ]
  expect(answers.map((answer) => answer[2])).toEqual(['同意只打电话', '不需要'])
  expect(answers[0]?.[1]).toBe(answers[1]?.[1])
  const calls = html.indexOf('没有规则判断您在不在动')
  expect(calls).toBeGreaterThan(0)
  expect(calls).toBeLessThan(html.indexOf('>同意只打电话<'))
})

test('whoever has sensors may choose calls alone, with its own text before it', () => {
  const html = care('offered')
  const calls = html.indexOf('也可以只打电话')
  expect(calls).toBeGreaterThan(html.indexOf('>同意<'))
  expect(html.indexOf('两次电话中间出了事')).toBeGreaterThan(calls)
  expect(html.indexOf('>同意只打电话<')).toBeGreaterThan(html.indexOf('两次电话中间出了事'))
})

test('of calls alone nothing says how somebody is; what was signed on paper says by whom', () => {
  const html = care('calls')
  expect(html).not.toMatch(/最近一次动静|没有动静|badge-jade/)
  expect(read(html)).toContain('2026-03-01 签字，由十二村居委会 社工记下，和自己点的一样有效')
  expect(html).toContain('停止关爱提醒')
})

test('a contact may have a key, and be told of the person as they call them', () => {
  const html = care('offered')
  expect(html).toContain('怎么称呼您')
  expect(html).toContain('有我家的钥匙')
  expect(care('keyed')).toContain('儿子 · 有钥匙')
})

test('who has refused is not asked again but may agree by themselves', () => {
  const html = care('refused')
  expect(html).toContain('>同意<')
  expect(html).not.toContain('>不需要<')
})

test('what is not known is never drawn as well', () => {
  const html = care('unknown')
  expect(html).toContain('badge-unknown')
  expect(html).not.toContain('badge-jade')
  expect(html).toContain('从 昨天 22:10 起没有消息')
})

test('where nothing is broken no repair is claimed', () => {
  expect(care('unknown')).toContain('请人来修')
  expect(care('not heard yet')).not.toContain('修')
})

test('silence claims no fall and no danger, and shows no movement but the last', () => {
  const html = care('silent')
  for (const never of ['摔', '跌', '危险', '昏']) expect(html).not.toContain(never)
  expect(html).toContain('社工在路上')
  expect(html).toContain('今天 11:42 以前')
  expect(html.match(/7月7日 05:50/g)).toHaveLength(1)
})

test('away has a way back and no second switch', () => {
  expect(care('away')).toContain('我回来了')
  expect(care('away')).not.toContain('我要出门几天')
  expect(care('seen')).toContain('三天，到 7月12日')
})

test('to stop is on the page itself with what it does; the last visit says what was found', () => {
  const html = care('seen')
  expect(html).toContain('停止关爱提醒')
  expect(html).toContain('最后一次动静的时间和联系人当场删除')
  expect(html).toContain('您一切都好')
  expect(html).toContain('在阳台晒太阳')
})

test('the elder view fills the call and keeps to five big acts', () => {
  const html = care('seen', 'zh-CN', 'elder')
  expect(html).toMatch(/class="button button-primary[^"]*"[^>]*href="tel:/)
  expect(html.match(/button-primary/g)).toHaveLength(1)
  const acts = html.match(/class="act[ "]|class="button button-wide button-tall"/g) ?? []
  expect(acts).toHaveLength(5)
})

test('the book says who by post, what in plain words, why and how; never a name', () => {
  const html = looks(sample.book)
  for (const said of [
    '十二村居委会 社工',
    '看了：门牌、联系人、您的电话',
    '名单里列出：姓名、门牌',
    '因为：任务「上门看望」',
    '关爱规则 第 4 版',
    '程序算了：最后一次动静的时间',
    '系统管理员',
    '最近 30 天被看 5 次，最多一天 3 次',
  ]) {
    expect(html).toContain(said)
  }
  expect(html.indexOf('今天')).toBeLessThan(html.indexOf('7月7日 星期二'))
  expect(looks(sample.book, 'en', 'elder')).toContain('Why: task “visit”')
})

test('a row says what came of it, what was asked, and what was answered', () => {
  const [first, second, third, ...rest] = sample.book.looks
  const day = 24 * 3_600_000
  const asked = { askedAt: sample.now - 9 * day, dueAt: sample.now + day, answered: null }
  const answered = { at: sample.now - day, title: '书记', unit: '居委会', says: '为了<修>门' }
  const rows = [
    { ...first!, outcome: 'away' as const, question: asked },
    { ...second!, question: { ...asked, dueAt: sample.now - 2 * day } },
    { ...third!, question: { ...asked, answered } },
    ...rest,
  ]
  const html = looks({ ...sample.book, looks: rows })
  for (const said of [
    ...['结果：您不在家', '7月10日前答复您', '已问', '应在7月7日前答复，晚了', '过期未答'],
    ...['已答复', '看答复', '“为了&lt;修>门”', '居委会 书记，昨天 09:42'],
  ]) {
    expect(html).toContain(said)
  }
  // The two rows that nobody asked about yet.
  expect(html.match(/action="\/care\/looks\/why"/g)).toHaveLength(rest.length)
  expect(html.match(/action="\/care\/looks\/who"/g)).toHaveLength(3)
  expect(html).not.toContain('读给我听')
})

test('an empty book and a refused one each say what to do next', () => {
  expect(looks({ ...sample.book, looks: [], more: false })).toContain('还没有人看过')
  const refusal = { fault: 'bug', sentence: { 'zh-CN': '程序出错了。', en: 'It failed.' } }
  expect(looks(refusal)).toContain('再试一次')
  expect(draw('/care', 'en', 'normal', { '/api/care/mine': refusal }).html).toContain('It failed.')
})

test('no page carries a style of its own: the policy would drop it', () => {
  for (const language of languages) {
    for (const state of states) expect(care(state, language)).not.toContain('style=')
    expect(looks(sample.book, language)).not.toContain('style=')
  }
})

test('green stands for movement alone: begun and nothing heard is not green, nor is unknown', () => {
  const standingOf = (state: sample.Standing) => /data-standing="(\w+)"/.exec(care(state))?.[1]
  expect(standingOf('seen')).toBe('seen')
  expect(standingOf('just begun')).toBe('waiting')
  expect(standingOf('not heard yet')).toBe('unknown')
})

test('a question is asked above all else, and one tap answers it', () => {
  for (const view of views) {
    const html = care('asked', 'zh-CN', view)
    expect(html).toContain('您还好吗？')
    expect(html).toContain('我很好')
    expect(html).toContain('今天 10:30')
    expect(html.indexOf('我很好')).toBeLessThan(html.indexOf('最近一次动静'))
    expect(care('seen', 'zh-CN', view)).not.toContain('我很好')
  }
})

test('the guard asks who agrees, and shows who did', () => {
  const offered = read(care('seen'))
  expect(offered).toContain('我本人同意')
  expect(offered).toContain('我是监护人，替他同意')
  expect(offered).not.toContain('停止防走失提醒')
  const agreed = read(care('guarded'))
  expect(agreed).toContain('停止防走失提醒')
  expect(agreed).toContain('监护人')
  expect(agreed).not.toContain('我本人同意')
  expect(read(care('offered'))).not.toContain('防走失')
})

test('where nothing is judged nothing is promised', () => {
  const html = read(care('off'))
  expect(html).toContain('没有程序在看动静')
  expect(html).not.toMatch(/连续 0 小时|第 0 版|已请/)
})
