import { troubles, type Trouble } from '../../src/platform/trouble.ts'

type Health = { ok: boolean; says: Trouble[] }

/** What the program says of itself, also while its database is away. Undefined: no answer. */
export async function healthOf(httpUrl: string): Promise<Health | undefined> {
  return fetch(`${httpUrl}/health`)
    .then((answer) => answer.json() as Promise<Health>)
    .catch(() => undefined)
}

/** One line a trouble, in both languages; one that all is well where there is none. */
export function healthLines({ ok, says }: Health): string[] {
  if (says.length === 0) return [`ok: ${ok}`]
  const sentences = says.map((each) => {
    const { zh, en } = troubles[each].begins
    return `${each}: ${zh} ${en}`
  })
  return [`ok: ${ok}`, ...sentences]
}
