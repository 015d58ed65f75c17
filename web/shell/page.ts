/** The document around a page. No inline style or script: the policy forbids them. */

import type { Language } from '../words/index.ts'

export type View = 'normal' | 'elder'
export type Theme = 'light' | 'dark'

/** Addresses of one entry's files, as the browser asks for them. */
export type Assets = {
  scripts: readonly string[]
  preloads: readonly string[]
  styles: readonly string[]
}

/** The part of Vite's `.vite/manifest.json` that is read here: by source file. */
export type Manifest = Record<
  string,
  { file: string; css?: string[]; imports?: string[]; isEntry?: boolean }
>

/** What a page must load for its entry, shared chunks and their styles included. */
export function assetsOf(manifest: Manifest, entry: string): Assets {
  const chunk = manifest[entry]
  if (!chunk) throw new Error(`the web build has no entry ${entry}`)
  const styles = new Set<string>()
  const preloads = new Set<string>()
  const seen = new Set<string>()
  const visit = (name: string) => {
    const part = manifest[name]
    if (!part || seen.has(name)) return
    seen.add(name)
    for (const other of part.imports ?? []) visit(other)
    for (const style of part.css ?? []) styles.add(`/${style}`)
    if (name !== entry) preloads.add(`/${part.file}`)
  }
  visit(entry)
  return { scripts: [`/${chunk.file}`], preloads: [...preloads], styles: [...styles] }
}

/**
 * The whole document as HTML. `body` is trusted HTML from renderToString; `first` is the data the
 * browser starts from, carried as a data block, which the policy lets be.
 */
export function renderPage(page: {
  language: Language
  view: View | 'room'
  theme?: Theme | undefined
  title: string
  assets: Assets
  body: string
  first?: unknown
}): string {
  const { assets } = page
  const theme = page.theme === undefined ? '' : ` data-theme="${page.theme}"`
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="theme-color" content="${page.theme === 'dark' ? '#0F1B24' : '#FBF8F3'}">`,
    `<title>${escapeHtml(page.title)}</title>`,
    '<link rel="icon" href="/icon.svg" type="image/svg+xml">',
    ...assets.styles.map((at) => `<link rel="stylesheet" href="${at}">`),
    ...assets.preloads.map((at) => `<link rel="modulepreload" href="${at}">`),
    ...assets.scripts.map((at) => `<script type="module" src="${at}"></script>`),
  ]
  const first =
    page.first === undefined
      ? ''
      : `<script type="application/json" id="first">${dataBlock(page.first)}</script>`
  return [
    '<!doctype html>',
    `<html lang="${page.language}" data-view="${page.view}"${theme}>`,
    `<head>${head.join('')}</head>`,
    `<body><div id="app">${page.body}</div>${first}</body>`,
    '</html>',
  ].join('\n')
}

/** JSON that cannot end its script element: every `<` is written `\u003c`. */
export function dataBlock(data: unknown): string {
  return JSON.stringify(data).replace(/</g, '\\u003c')
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
