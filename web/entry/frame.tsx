import type { ComponentChildren } from 'preact'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { waysToSignIn } from '../../src/desks/identity/oidc/api.ts'
import type { Answered } from '../shell/call.ts'
import { useShell } from '../shell/shell.tsx'
import { useEntryWords, useLanguage } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { Problem } from '../ui/field.tsx'
import { Building2, KeyRound } from 'lucide'

/** What a form of this page was answered, where it was refused. */
export const refusedAt = 'refused'
/** What it was answered, where there is something to show once. */
export const madeAt = 'made'

export type Ways = Output<typeof waysToSignIn>

/** First data of this page, where it was answered. */
export function useAnswer<T>(url: string): T | undefined {
  const kept = useShell().answers.get(url)?.value as Answered<T> | null | undefined
  return kept?.ok ? kept.answer : undefined
}

export function Refused() {
  const language = useLanguage()
  const kept = useShell().answers.get(refusedAt)?.value
  return kept && !kept.ok ? <Problem>{kept.refusal.sentence[language]}</Problem> : null
}

/** A plain form, that works without script. `keep`: what travels along unseen. */
export function PostForm(props: {
  to: string
  keep?: Readonly<Record<string, string>>
  children: ComponentChildren
}) {
  return (
    <form method="post" action={props.to} class="stack">
      {Object.entries(props.keep ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {props.children}
    </form>
  )
}

/**
 * Passkeys need script: until it has come the button is not there. `then`: where to go afterwards.
 */
export function PasskeyButton(props: {
  act: 'add' | 'sign-in' | 'step-up'
  then: string
  primary?: boolean
  children: ComponentChildren
}) {
  const words = useEntryWords()
  return (
    <div class="stack" hidden data-passkey={props.act} data-then={props.then}>
      <Button icon={KeyRound} kind={props.primary ? 'primary' : 'plain'} tall wide>
        {props.children}
      </Button>
      <div hidden data-problem>
        <Problem>{words.failedHere}</Problem>
      </div>
    </div>
  )
}

export function OrganisationButton(props: {
  purpose?: 'link' | 'step-up'
  to: string
  children: ComponentChildren
}) {
  const query = new URLSearchParams({
    ...(props.purpose ? { for: props.purpose } : {}),
    to: props.to,
  })
  return (
    <LinkButton href={`/sign-in/organisation?${query}`} icon={Building2} tall wide>
      {props.children}
    </LinkButton>
  )
}
