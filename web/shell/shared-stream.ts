/** What a page hears of the one stream of its browser. */
export type Heard = {
  topic(topic: string): void
  /** It is there (again). `isSame`: nothing can have been missed since this page was drawn. */
  whole(isSame: boolean): void
  broken(): void
}

type Said =
  | { is: 'topic'; topic: string }
  | { is: 'whole' }
  | { is: 'broken' }
  | { is: 'who-holds' }
  | { is: 'held'; isWhole: boolean }

/** After a refused stream the browser gives up, so we ask again ourselves. */
const retryMs = 5_000
/** A page in the background may be frozen with the stream in its hand: then it is taken over. */
const answerMs = 1_500
const askEveryMs = 30_000

/**
 * One stream for all pages of a browser that are signed in as one person: a page holds it and tells
 * the others. `key` is the same for these and for no other. Where a browser cannot share, each page
 * has its own.
 */
export function shareStream(key: string | undefined, heard: Heard): () => void {
  const canShare = typeof BroadcastChannel === 'function' && 'locks' in navigator
  return canShare && key !== undefined ? share(`lilong-live-${key}`, heard) : openStream(heard)
}

function openStream({ topic, whole, broken }: Heard): () => void {
  let source: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    source?.close()
    source = new EventSource('/live')
    source.onopen = () => whole(false)
    source.onerror = failed
    source.onmessage = (message) => topic(topicOf(message.data))
  }
  const failed = () => {
    broken()
    if (source?.readyState !== EventSource.CLOSED) return
    clearTimeout(retry)
    retry = setTimeout(open, retryMs)
  }
  open()
  addEventListener('offline', failed)
  // A stream that outlived the break would never say that it is whole again: a fresh one does.
  addEventListener('online', open)
  return () => {
    source?.close()
    clearTimeout(retry)
    removeEventListener('offline', failed)
    removeEventListener('online', open)
  }
}

function topicOf(data: unknown): string {
  try {
    return String((JSON.parse(String(data)) as { topic?: unknown }).topic)
  } catch {
    return 'all'
  }
}

function share(name: string, heard: Heard): () => void {
  const channel = new BroadcastChannel(name)
  const tell = (said: Said) => channel.postMessage(said)
  let isEnded = false
  let isWhole = false
  let isQueued = false
  let letGo: (() => void) | undefined
  let unanswered: ReturnType<typeof setTimeout> | undefined

  /** Runs while this page holds the stream. */
  const hold = () =>
    new Promise<void>((done) => {
      isQueued = false
      if (isEnded) return done()
      clearTimeout(unanswered)
      const close = openStream({
        topic(topic) {
          heard.topic(topic)
          tell({ is: 'topic', topic })
        },
        whole(isSame) {
          isWhole = true
          heard.whole(isSame)
          tell({ is: 'whole' })
        },
        broken() {
          isWhole = false
          heard.broken()
          tell({ is: 'broken' })
        },
      })
      letGo = () => {
        letGo = undefined
        isWhole = false
        close()
        done()
      }
    })
  const queue = (steal: boolean) => {
    if (isEnded || letGo || (isQueued && !steal)) return
    isQueued = true
    navigator.locks.request(name, { steal }, hold).catch(() => {
      // Taken over by a page that somebody looks at.
      letGo?.()
      queue(false)
    })
  }
  const ask = () => {
    if (isEnded || letGo || document.visibilityState !== 'visible') return
    tell({ is: 'who-holds' })
    clearTimeout(unanswered)
    unanswered = setTimeout(() => queue(true), answerMs)
  }
  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    switch (data.is) {
      case 'topic':
        return heard.topic(data.topic)
      case 'whole':
        clearTimeout(unanswered)
        return heard.whole(false)
      case 'broken':
        return heard.broken()
      case 'who-holds':
        return letGo && tell({ is: 'held', isWhole })
      case 'held':
        clearTimeout(unanswered)
        return data.isWhole ? heard.whole(true) : undefined
      default:
        return data satisfies never
    }
  }
  queue(false)
  ask()
  const asking = setInterval(ask, askEveryMs)
  document.addEventListener('visibilitychange', ask)
  return () => {
    isEnded = true
    clearInterval(asking)
    clearTimeout(unanswered)
    document.removeEventListener('visibilitychange', ask)
    letGo?.()
    channel.close()
  }
}
