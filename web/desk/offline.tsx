import type { PageRequest } from '../shell/pages.ts'
import { startFrom } from '../shell/start.tsx'
import { loadDeskWords, loadWorkWords } from '../words/load.ts'
import { isWork, keptDesk } from './keeping.ts'
import { workPages } from './pages.tsx'

/** Without a network: the page that was asked for, drawn from what this device has kept. */
export async function startOffline(shell: PageRequest): Promise<void> {
  const desk = await keptDesk()
  const path = !desk ? '/desk/offline' : isWork(location.pathname) ? location.pathname : '/desk'
  const now = desk ? desk.now + Math.max(0, Date.now() - desk.at) : shell.now
  await startFrom(
    {
      ...shell,
      ...{ path, now, first: desk?.answers ?? {}, keptAt: desk?.now ?? now },
      ...(desk?.signIn === undefined ? {} : { signIn: desk.signIn }),
    },
    workPages,
    async (language) => ({
      desk: await loadDeskWords(language),
      work: await loadWorkWords(language),
    }),
  )
}
