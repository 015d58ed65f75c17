const script = '/worker.js'

export async function registerWorker(): Promise<ServiceWorkerRegistration> {
  await navigator.serviceWorker.register(trusted(script), { scope: '/' })
  return navigator.serviceWorker.ready
}

type Policies = {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): unknown
  }
}

/** Our pages take no address of a script as text; this one is written here. */
function trusted(url: string): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes
  const only = (given: string) => (given === script ? given : '')
  const made = policies?.createPolicy('lilong-worker', { createScriptURL: only })
  return (made?.createScriptURL(url) ?? url) as string
}
