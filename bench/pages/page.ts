import { request, type ClientRequest } from 'node:http'

/** A page's live stream, as a browser holds it. `heard`: something changed, ask again. */
export type Stream = { end(): void }

export function openStream(
  url: string,
  token: string,
  heard: (at: number) => void,
): Promise<Stream> {
  return new Promise((resolve, reject) => {
    let isOpen = false
    const asked: ClientRequest = request(
      `${url}/live`,
      { agent: false, headers: { authorization: `Bearer ${token}` } },
      (response) => {
        if (response.statusCode !== 200) return reject(new Error(`live: ${response.statusCode}`))
        response.on('data', (part: Buffer) => {
          const at = performance.now()
          if (!isOpen) {
            isOpen = true
            resolve({ end: () => asked.destroy() })
          }
          if (part.includes('data:')) heard(at)
        })
      },
    )
    asked.on('error', (why) => (isOpen ? undefined : reject(why)))
    asked.end()
  })
}

/**
 * What a page does when it is told: asks again, one asking at a time, and once more if it was told
 * meanwhile.
 */
export function openAsking(ask: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let isWantedAgain = false
  const repeat = async () => {
    do {
      isWantedAgain = false
      await ask()
    } while (isWantedAgain)
    running = undefined
  }
  return () => {
    if (running) isWantedAgain = true
    else running = repeat()
    return running ?? Promise.resolve()
  }
}
