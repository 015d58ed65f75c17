import { Button, LinkButton } from '../ui/button.tsx'
import { State, type StateKind } from '../ui/state.tsx'
import type { Refusal } from './call.ts'
import { useLanguage, useWords } from './words.tsx'

/** In place of what is not here: asked for, no network, refused, failed; with the next step. */
export function Unanswered(props: {
  refusal: Refusal | undefined
  again: () => Promise<void>
  label?: string | undefined
}) {
  const words = useWords().ui
  const language = useLanguage()
  const { refusal } = props
  if (!refusal) return <State kind="loading" title={words.loading} />
  const kind = kindOf(refusal)
  return (
    <State
      kind={kind}
      title={titleOf(kind, refusal, words)}
      line={refusal.sentence[language]}
      act={
        refusal.fault === 'not-signed-in' ? (
          <LinkButton href="/sign-in">{words.signIn}</LinkButton>
        ) : kind === 'failed' || kind === 'offline' ? (
          <Button onClick={() => void props.again()}>{words.tryAgain}</Button>
        ) : undefined
      }
    />
  )
}

function kindOf(refusal: Refusal): StateKind {
  switch (refusal.fault) {
    case 'offline':
      return 'offline'
    case 'not-signed-in':
    case 'not-allowed':
    case 'no-open-task':
    case 'no-consent':
      return 'not-allowed'
    case 'not-found':
      return 'empty'
    default:
      return 'failed'
  }
}

function titleOf(
  kind: StateKind,
  refusal: Refusal,
  words: ReturnType<typeof useWords>['ui'],
): string {
  if (refusal.fault === 'not-found') return words.notFound
  if (kind === 'offline') return words.offline
  return kind === 'not-allowed' ? words.notAllowed : words.failed
}
