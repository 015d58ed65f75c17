import './open.css'

/**
 * The open pages need no script, so this entry brings them their style; the tag at a door and a
 * visitor's pass say something by themselves.
 */
if (location.pathname.startsWith('/t/')) void startTag()
else if (isPass()) void startPass()
else if (document.querySelector('[data-passkey]')) {
  void import('../entry/passkey.ts').then(({ startPasskeys }) => startPasskeys())
}
if (isSignIn()) void import('./drop-kept.ts').then(({ dropKept }) => dropKept())

/** Nobody is signed in (any more): what was kept for somebody goes. */
function isSignIn(): boolean {
  const block = document.getElementById('first')?.textContent ?? '{}'
  const { path, status } = JSON.parse(block) as { path?: string; status?: string }
  return path === '/sign-in' || path === '/goodbye' || status === 'sign-in'
}

async function startTag(): Promise<void> {
  const [{ openPages }, { start }, { loadDeskWords, loadWorkWords }] = await Promise.all([
    import('./open-pages.tsx'),
    import('./start.tsx'),
    import('../words/load.ts'),
  ])
  await start(openPages, async (language) => ({
    desk: await loadDeskWords(language),
    work: await loadWorkWords(language),
  }))
}

function isPass(): boolean {
  return location.pathname === '/pass' || location.pathname === '/desk/door'
}

async function startPass(): Promise<void> {
  const [{ openPages }, { start }, { loadResidentWords }] = await Promise.all([
    import('./open-pages.tsx'),
    import('./start.tsx'),
    import('../words/load.ts'),
  ])
  await start(openPages, async (language) => ({
    resident: await loadResidentWords(language, location.pathname),
  }))
}
