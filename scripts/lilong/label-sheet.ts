import { sensing } from '../../web/words/zh-CN/sensing.ts'

export type Label = { kind: string; label: string; shortNumber: string; svg: string }

/** One page to print: three labels a row, each in one piece. Needs nothing from outside. */
export function labelSheet(labels: readonly Label[]): string {
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>设备标签 · Device labels</title>
<style>
  @page { size: A4; margin: 10mm }
  body { margin: 0; font: 12pt/1.3 sans-serif; color: #000; background: #fff }
  main { display: grid; grid-template-columns: repeat(3, 1fr); gap: 4mm }
  article { border: 0.3mm dashed #000; padding: 3mm; text-align: center; break-inside: avoid }
  svg { display: block; width: 40mm; height: 40mm; margin: 0 auto }
  b { font-size: 16pt; letter-spacing: 0.05em }
</style>
<main>
${labels.map(article).join('\n')}
</main>
</html>
`
}

/** The drawing is the program's own; only the words were written by people. */
function article({ kind, label, shortNumber, svg }: Label): string {
  const words = [sensing.kind(kind), label].filter(Boolean).map(escaped).join(' · ')
  return `<article>${svg.trim()}<div>${words}</div><b>${escaped(shortNumber)}</b></article>`
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`)
}
