import './open.css'

/**
 * The open pages need no script, so this entry brings them their style; the tag at a door is the
 * one that says something by itself.
 */
if (location.pathname.startsWith('/t/')) void startTag()
else if (isSignIn()) void import('./kept.ts').then(({ dropKept }) => dropKept())

/** Nobody is signed in (any more): what was kept for somebody goes. */
function isSignIn(): boolean {
  const block = document.getElementById('first')?.textContent ?? '{}'
  const { path, status } = JSON.parse(block) as { path?: string; status?: string }
  return path === '/sign-in' || status === 'sign-in'
}

async function startTag(): Promise<void> {
  const [{ openPages }, { start }, { loadDeskWords }] = await Promise.all([
    import('./open-pages.tsx'),
    import('./start.tsx'),
    import('../words/load.ts'),
  ])
  await start(openPages, async (language) => ({ desk: await loadDeskWords(language) }))
}
