/** The tour's own page: a caption, and three seats in frames: two telephones and the centre. */
import { createServer, type ServerResponse } from 'node:http'
import { close, isHere, listen, urlOf } from './seat.ts'

export const seats = ['elder', 'worker', 'officer'] as const
export type SeatName = (typeof seats)[number]

/** What the page shows now. `shown`: each frame's address. */
export type Scene = {
  nth: number
  of: number
  zh: string
  en: string
  look: SeatName
  shown: Record<SeatName, string>
  isPaused: boolean
  isOver: boolean
}

export type TourPage = {
  url: string
  show(scene: Scene): void
  close(): Promise<void>
}

/** `asked` hears what the visitor presses. */
export async function openPage(
  port: number,
  frames: () => readonly string[],
  asked: (what: 'next' | 'pause') => void,
): Promise<TourPage> {
  const watching = new Set<ServerResponse>()
  let last = ''
  const server = createServer((request, answer) => {
    if (!isHere(request.headers.host, server)) return void answer.writeHead(421).end()
    const path = `${request.method} ${request.url?.split('?')[0]}`
    switch (path) {
      case 'GET /':
        return send(answer, 'text/html', html, policyOf(frames()))
      case 'GET /tour.css':
        return send(answer, 'text/css', css)
      case 'GET /tour.js':
        return send(answer, 'text/javascript', script)
      case 'GET /scenes':
        answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
        answer.write(last)
        watching.add(answer)
        return void answer.on('close', () => watching.delete(answer))
      case 'POST /next':
      case 'POST /pause': {
        const isOurs = request.headers.origin === `http://${request.headers.host}`
        if (isOurs) asked(path === 'POST /next' ? 'next' : 'pause')
        return void answer.writeHead(isOurs ? 204 : 403).end()
      }
      default:
        return void answer.writeHead(404).end()
    }
  })
  await listen(server, port)
  return {
    url: urlOf(server),
    show(scene) {
      last = `data: ${JSON.stringify(scene)}\n\n`
      for (const one of watching) one.write(last)
    },
    close: () => close(server),
  }
}

function policyOf(frames: readonly string[]): string {
  const own = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"]
  return [...own, `frame-src ${frames.join(' ')}`, "frame-ancestors 'none'"].join('; ')
}

function send(answer: ServerResponse, type: string, body: string, policy = ''): void {
  answer.writeHead(200, {
    ...{ 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' },
    ...{ 'x-content-type-options': 'nosniff' },
    ...(policy ? { 'content-security-policy': policy } : {}),
  })
  answer.end(body)
}

const html = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>里弄 · Lilong</title>
<link rel="stylesheet" href="/tour.css">
<script type="module" src="/tour.js"></script>
</head>
<body>
<header>
<p id="nth"></p>
<h1 id="caption" aria-live="polite">…</h1>
<nav>
<button type="button" id="pause">暂停</button>
<button type="button" id="next">下一幕</button>
<button type="button" id="language">English</button>
</nav>
</header>
<main>
<figure id="elder"><figcaption></figcaption><div><iframe></iframe></div></figure>
<figure id="worker"><figcaption></figcaption><div><iframe></iframe></div></figure>
<figure id="officer"><figcaption></figcaption><div><iframe></iframe></div></figure>
</main>
</body>
</html>
`

const css = `
:root { color-scheme: light; --brick: #A23B2A; --ink: #1F2328; --muted: #5A5F66; --paper: #FBF8F3; }
* { box-sizing: border-box; }
body { margin: 0; height: 100vh; display: flex; flex-direction: column; background: var(--paper);
  color: var(--ink); font: 16px/1.6 "PingFang SC", "HarmonyOS Sans SC", "Noto Sans SC",
  "Microsoft YaHei", system-ui, sans-serif; }
header { display: grid; grid-template-columns: auto 1fr auto; gap: 20px; align-items: center;
  padding: 12px 24px; min-height: 104px; border-bottom: 2px solid var(--brick); background: #fff; }
#nth { margin: 0; color: var(--muted); font-variant-numeric: tabular-nums; }
h1 { margin: 0; font-size: 21px; line-height: 1.45; font-weight: 600; text-wrap: pretty; }
nav { display: flex; gap: 8px; }
button { font: inherit; min-height: 44px; padding: 0 16px; border: 1px solid var(--muted);
  border-radius: 8px; background: #fff; color: var(--ink); cursor: pointer; white-space: nowrap; }
button:focus-visible { outline: 3px solid var(--brick); outline-offset: 2px; }
main { flex: 1; min-height: 0; display: grid; gap: 20px; padding: 16px 24px;
  grid-template-columns: minmax(0, 390fr) minmax(0, 390fr) minmax(0, 1000fr); }
figure { margin: 0; min-width: 0; min-height: 0; display: flex; flex-direction: column;
  opacity: .55; transition: opacity .4s; }
figure.look { opacity: 1; }
figcaption { color: var(--muted); padding-bottom: 6px; white-space: nowrap; overflow: hidden;
  text-overflow: ellipsis; }
figure.look figcaption { color: var(--brick); font-weight: 600; }
figure > div { flex: 1; min-height: 0; position: relative; overflow: hidden; border-radius: 16px;
  border: 2px solid #D9D2C5; background: #fff; }
figure.look > div { border-color: var(--brick); }
iframe { position: absolute; top: 0; left: 0; border: 0; transform-origin: 0 0; background: #fff; }
@media (max-width: 900px) {
  header { grid-template-columns: 1fr; gap: 8px; }
  main { grid-template-columns: 1fr; }
  figure:not(.look) { display: none; }
}
@media (prefers-reduced-motion: reduce) { figure { transition: none; } }
`

/** Each frame is drawn at the size of its own screen, and made to fit. */
const script = `
const words = {
  zh: { pause: '暂停', go: '继续', next: '下一幕', other: 'English', over: '完',
    elder: '沈玉兰的手机（居民）', worker: '王晨光的手机（社工）', officer: '街道值班席' },
  en: { pause: 'Pause', go: 'Go on', next: 'Next', other: '中文', over: 'The end',
    elder: 'Shen Yulan’s phone (resident)', worker: 'Wang Chenguang’s phone (worker)',
    officer: 'The street’s duty seat' },
}
const sizes = { elder: 390, worker: 390, officer: 1440 }
let language = navigator.language.startsWith('zh') ? 'zh' : 'en'
let scene
const at = (id) => document.getElementById(id)
const figures = Object.keys(sizes).map(at)

function fit() {
  for (const figure of figures) {
    const [box, frame] = [figure.querySelector('div'), figure.querySelector('iframe')]
    const scale = box.clientWidth / sizes[figure.id]
    frame.style.width = sizes[figure.id] + 'px'
    frame.style.height = box.clientHeight / scale + 'px'
    frame.style.transform = 'scale(' + scale + ')'
  }
}
function draw() {
  const own = words[language]
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  at('next').textContent = own.next
  at('language').textContent = own.other
  if (!scene) return
  at('pause').textContent = scene.isPaused ? own.go : own.pause
  at('pause').disabled = at('next').disabled = scene.isOver
  at('nth').textContent = scene.isOver ? own.over : scene.nth + ' / ' + scene.of
  at('caption').textContent = scene[language]
  for (const figure of figures) {
    figure.classList.toggle('look', figure.id === scene.look)
    figure.querySelector('figcaption').textContent = own[figure.id]
    const frame = figure.querySelector('iframe')
    frame.title = own[figure.id]
    const wanted = scene.shown[figure.id]
    if (frame.dataset.shown === wanted) continue
    frame.dataset.shown = wanted
    frame.src = wanted
  }
  fit()
}
async function chooseLanguage() {
  const chosen = language === 'zh' ? 'zh-CN' : 'en'
  for (const figure of figures) {
    const frame = figure.querySelector('iframe')
    if (!frame.dataset.shown) continue
    frame.src = frame.dataset.shown.split('?')[0] + '?language=' + chosen
  }
}
const press = (what) => fetch('/' + what, { method: 'POST' })
at('pause').addEventListener('click', () => press('pause'))
at('next').addEventListener('click', () => press('next'))
at('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh'
  draw()
  chooseLanguage()
})
addEventListener('resize', fit)
let isFirst = true
new EventSource('/scenes').addEventListener('message', ({ data }) => {
  scene = JSON.parse(data)
  draw()
  if (isFirst) chooseLanguage()
  isFirst = false
})
`
