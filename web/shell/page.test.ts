import { expect, test } from 'vitest'
import { assetsOf, dataBlock, renderPage } from './page.ts'

const manifest = {
  'web/desk/browser.tsx': { file: 'desk.js', imports: ['_shared.js'], css: ['desk.css'] },
  '_shared.js': { file: 'shared.js', imports: ['_core.js'], css: ['all.css'] },
  '_core.js': { file: 'core.js', imports: ['_shared.js'] },
}
const assets = assetsOf(manifest, 'web/desk/browser.tsx')

test('an entry loads its shared chunks, and their styles before its own', () => {
  expect(assets).toEqual({
    scripts: ['/desk.js'],
    preloads: ['/core.js', '/shared.js'],
    styles: ['/all.css', '/desk.css'],
  })
})

test('an entry that was not built is named', () => {
  expect(() => assetsOf(manifest, 'web/centre/browser.tsx')).toThrow('web/centre/browser.tsx')
})

test('first data cannot end its element and comes back as it was', () => {
  const data = { reason: '</script><script>alert(1)</script><!--' }
  const block = dataBlock(data)
  expect(block).not.toContain('<')
  expect(JSON.parse(block)).toEqual(data)
})

test('a title cannot become markup', () => {
  const html = renderPage({
    language: 'zh-CN',
    view: 'elder',
    title: '<b>"停水"&',
    assets,
    body: '<p>正文</p>',
    first: { at: 1 },
  })
  expect(html).toContain('<title>&#60;b&#62;&#34;停水&#34;&#38;</title>')
  expect(html).toContain('<html lang="zh-CN" data-view="elder">')
  expect(html).toContain('<div id="app"><p>正文</p></div>')
})
