/** What is said once the doors are open: the address, and the first ways in. */
import type { Program } from './program.ts'
import { townApi, type demoPeople } from '../town/index.ts'

export async function announce(
  { url, publicUrl }: Pick<Program, 'url' | 'publicUrl'>,
  operatorKey: string,
  /** Of the example town; null: an empty one, in which nobody is listed. */
  { people, isFresh }: { people: ReturnType<typeof demoPeople> | null; isFresh: boolean },
): Promise<void> {
  const health = await fetch(`${url}/health`)
  if (!health.ok) throw new Error('health does not answer ok')
  console.log(`\nready ${publicUrl}`)
  const { call } = townApi(url, operatorKey)
  const link = async (path: string, wish: object) =>
    ((await call(operatorKey, 'POST', path, wish)) as { url: string }).url
  if (people === null) {
    if (isFresh) sayOwnerLink(await link('/api/identity/owner-links', {}))
    console.log('空的街道已就绪 · An empty town is ready: npm run lilong -- --help')
    return
  }
  console.log('示例人物的一次性登录链接 · One-time sign-in links of the example people:')
  for (const { name, says } of people) {
    console.log(`  ${says}  ${await link('/api/identity/links', { name })}`)
  }
  console.log('更多 · More: npm run lilong -- town list')
}

/** Once, at the first start: the only way into a town in which nobody has an account. */
function sayOwnerLink(url: string): void {
  console.log('第一次进入的链接（24 小时内有效，只能用一次，不要转给别人）')
  console.log('The first way in: good for 24 hours and one use; pass it on to nobody')
  console.log(`  ${url}`)
  console.log('过期了再要一个 · Another one: npm run lilong -- owner link')
}
