import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import type { OpenPage } from './pages.ts'

/** What is wrong with a page for whoever must reach, read or press it; empty where nothing is. */
export async function faultsOf(open: OpenPage): Promise<string[]> {
  const { page } = open
  const found = await new AxeBuilder({ page })
    // in the page itself: there are no frames, and a second page for each look takes long
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  const axe = found.violations.map((one) => `axe ${one.id}: ${one.nodes[0]?.html}`)
  return [...axe, ...(await sidewaysOf(page)), ...(await smallTargets(page))]
}

/** What makes the page scroll sideways. */
export async function sidewaysOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return []
    const wide = [...document.querySelectorAll('body *')].filter(
      (node) => node.getBoundingClientRect().right > innerWidth + 0.5,
    )
    return [
      `sideways: ${wide.map((node) => node.getAttribute('class') ?? node.tagName).join(', ')}`,
    ]
  })
}

/** Things to press smaller than 44 px, or 60 px in the elder view; links in prose apart. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const least = document.documentElement.dataset['view'] === 'elder' ? 60 : 44
    const pressed = 'a[href], button, select, textarea, summary, .choice, input.field-input'
    return [...document.querySelectorAll<HTMLElement>(pressed)]
      .filter((node) => !node.closest('p') && !node.matches('.skip'))
      .filter((node) => {
        // where a link is spread over its row, the row is what one presses
        const isSpread = getComputedStyle(node, '::after').position === 'absolute'
        const face = isSpread ? (node.offsetParent ?? node) : node
        const { width, height } = face.getBoundingClientRect()
        return width > 0 && (width < least - 0.5 || height < least - 0.5)
      })
      .map((node) => `small target: ${node.outerHTML.slice(0, 120)}`)
  })
}

/** Chinese on a page in English that is no datum: nobody's name, no place, no post. */
export async function untranslatedIn(open: OpenPage): Promise<string[]> {
  const data = new Set((await open.data()).filter((text) => /\p{Script=Han}/u.test(text)))
  const longest = [...data].toSorted((a, b) => b.length - a.length)
  const texts = await open.page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: string[] = [document.title]
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest('script, [lang="zh-CN"]')) texts.push(node.textContent ?? '')
    }
    for (const node of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
      if (node.closest('[lang="zh-CN"]')) continue
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
        texts.push(node.getAttribute(name) ?? '')
      }
    }
    return texts
  })
  return texts
    .map((text) => longest.reduce((left, datum) => left.replaceAll(datum, ''), text))
    .filter((left) => /\p{Script=Han}/u.test(left))
    .map((left) => `untranslated: ${left}`)
}

/** Goes through the page by Tab and names what it stands on without showing that it does. */
export async function unseenFocus(page: Page, steps: number): Promise<string[]> {
  const unseen = []
  for (let step = 0; step < steps; step++) {
    await page.keyboard.press('Tab')
    unseen.push(await page.evaluate(focusWithoutMark))
  }
  return unseen.filter((one) => one !== null)
}

function focusWithoutMark(): string | null {
  const node = document.activeElement
  if (!node || node === document.body) return null
  const isMarked = (style: CSSStyleDeclaration) =>
    style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2
  const words = node.matches('.choice input') ? node.nextElementSibling : null
  const isSeen =
    isMarked(getComputedStyle(node)) ||
    isMarked(getComputedStyle(node, '::after')) ||
    (words !== null && isMarked(getComputedStyle(words)))
  const { width, height } = node.getBoundingClientRect()
  return isSeen && width > 0 && height > 0 ? null : `focus unseen: ${node.outerHTML.slice(0, 120)}`
}
