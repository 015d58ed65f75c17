import { ReadToMe } from './standing.tsx'

/** What a page is, in its heading and one line, and the button that reads both and `read` aloud. */
export function PageHead(props: { title: string; line: string; read?: string | undefined }) {
  return (
    <div class="stack">
      <div class="stack stack-tight">
        <h1 class="head headline">{props.title}</h1>
        <p class="muted">{props.line}</p>
      </div>
      <ReadToMe text={[props.title, props.line, props.read ?? ''].join('\n')} />
    </div>
  )
}
