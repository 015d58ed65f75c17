/** What a page hears of the one stream of its browser. */
export type Heard = {
  topic(topic: string): void
  /**
   * It is there, or there again. `same`: the one that was there all the time; `missed`: it was, and
   * told something after this page was drawn.
   */
  whole(how: 'anew' | 'same' | 'missed'): void
  broken(): void
}

type Said =
  | { is: 'topic'; topic: string }
  | { is: 'whole' }
  | { is: 'broken' }
  | { is: 'who-holds' }
  | { is: 'held'; toldAt: number | null }

/** After a refused stream the browser gives up, so we ask again ourselves. */
const retryMs = 5_000
/** A page in the background may be frozen with the stream in its hand: then it is taken over. */
const answerMs = 4_000
const askEveryMs = 30_000

/**
 * One stream for all pages of a browser that are signed in as one person: a page holds it and tells
 * the others. `key` is the same for these and for no other. Where a browser cannot share, each page
 * has its own. `heardTo`: what was told from then on is newer than what the page shows.
 */
export function shareStream(
  { key, heardTo }: { key: string | undefined; heardTo: string | undefined },
  heard: Heard,
): () => void {
  const canShare = typeof BroadcastChannel === 'function' && 'locks' in navigator
  const url = heardTo === undefined ? '/live' : `/live?since=${heardTo}`
  return canShare && key !== undefined
    ? share(`lilong-live-${key}`, url, heard)
    : openStream(url, heard)
}

function openStream(url: string, { topic, whole, broken }: Heard): () => void {
  let source: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let isOff = false
  const open = () => {
    source?.close()
    source = new EventSource(url)
    // It may have been on its way when the network went.
    source.onopen = () => isOff || whole('anew')
    source.onerror = failed
    source.onmessage = (message) => topic(topicOf(message.data))
  }
  const failed = () => {
    broken()
    if (source?.readyState !== EventSource.CLOSED) return
    clearTimeout(retry)
    retry = setTimeout(open, retryMs)
  }
  const wentOff = () => {
    isOff = true
    failed()
  }
  // A stream that outlived the break would never say that it is whole again: a fresh one does.
  const cameBack = () => {
    isOff = false
    open()
  }
  open()
  addEventListener('offline', wentOff)
  addEventListener('online', cameBack)
  return () => {
    source?.close()
    clearTimeout(retry)
    removeEventListener('offline', wentOff)
    removeEventListener('online', cameBack)
  }
}

function topicOf(data: unknown): string {
  try {
    return String((JSON.parse(String(data)) as { topic?: unknown }).topic)
  } catch {
    return 'all'
  }
}

function share(name: string, url: string, heard: Heard): () => void {
  const channel = new BroadcastChannel(name)
  const tell = (said: Said) => channel.postMessage(said)
  let toldAt: number | null = null
  const noting = {
    ...heard,
    topic(topic: string) {
      toldAt = Date.now()
      heard.topic(topic)
    },
  }
  const holding = takeTurns(name, () => tellingOthers(url, noting, tell))
  let isNew = true
  let unanswered: ReturnType<typeof setTimeout> | undefined
  const ask = () => {
    if (holding.isMine() || document.visibilityState !== 'visible') return
    tell({ is: 'who-holds' })
    clearTimeout(unanswered)
    unanswered = setTimeout(() => holding.take(), answerMs)
  }
  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    if (data.is === 'who-holds') return holding.isMine() && tell({ is: 'held', toldAt })
    clearTimeout(unanswered)
    if (data.is === 'topic') heard.topic(data.topic)
    else if (data.is === 'broken') heard.broken()
    else if (data.is !== 'held') heard.whole('anew')
    else {
      heard.whole(isNew && (data.toldAt ?? 0) > drawnAfter() ? 'missed' : 'same')
      isNew = false
    }
  }
  holding.queue()
  ask()
  const asking = setInterval(ask, askEveryMs)
  document.addEventListener('visibilitychange', ask)
  return () => {
    clearInterval(asking)
    clearTimeout(unanswered)
    document.removeEventListener('visibilitychange', ask)
    holding.end()
    channel.close()
  }
}

/** All pages of a browser go by one clock; it may be set a little while they live. */
const drawnAfter = () => performance.timeOrigin - 1_000

/** The stream itself, heard here and told to the others. */
function tellingOthers(url: string, heard: Heard, tell: (said: Said) => void): () => void {
  return openStream(url, {
    topic(topic) {
      heard.topic(topic)
      tell({ is: 'topic', topic })
    },
    whole() {
      heard.whole('anew')
      tell({ is: 'whole' })
    },
    broken() {
      heard.broken()
      tell({ is: 'broken' })
    },
  })
}

/** One page at a time has `open`ed; who is taken over closes, and waits in the queue again. */
function takeTurns(name: string, open: () => () => void) {
  let isEnded = false
  let isQueued = false
  let letGo: (() => void) | undefined
  const request = (steal: boolean) => {
    if (isEnded || letGo || (isQueued && !steal)) return
    isQueued = true
    let release: (() => void) | undefined
    const hold = () =>
      new Promise<void>((done) => {
        isQueued = false
        if (isEnded) return done()
        // Its own turn may come while it takes it from another.
        letGo?.()
        const close = open()
        release = () => {
          if (letGo === release) letGo = undefined
          close()
          done()
        }
        letGo = release
      })
    navigator.locks.request(name, { steal }, hold).catch(() => {
      release?.()
      request(false)
    })
  }
  return {
    isMine: () => letGo !== undefined,
    queue: () => request(false),
    /** From a page that does not answer. */
    take: () => request(true),
    end() {
      isEnded = true
      letGo?.()
    },
  }
}
