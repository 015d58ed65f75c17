import { createContext, type ComponentChildren, type ComponentProps } from 'preact'
import { useContext } from 'preact/hooks'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { waysToSignIn } from '../../src/desks/identity/oidc/api.ts'
import type { whoAmI } from '../../src/desks/identity/api.ts'
import { urlOf, type Answered, type Refusal } from '../shell/call.ts'
import type { Written } from '../shell/pages.ts'
import { useNow, useShell } from '../shell/shell.tsx'
import { useEntryWords, useLanguage } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { Problem, SelectField, TextField } from '../ui/field.tsx'
import { Strip } from '../ui/state.tsx'
import { formatInstant } from '../words/format.ts'
import { Building2, KeyRound, Undo2, UsersRound } from 'lucide'

/** What a form of this page was answered, where it was refused. */
export const refusedAt = 'refused'
/** What it was answered, where there is something to show once. */
export const madeAt = 'made'
/** What was written in the form that was refused. */
const writtenAt = 'written'

export type Ways = Output<typeof waysToSignIn>

/** First data of this page, where it was answered. */
export function useAnswer<T>(url: string): T | undefined {
  const kept = useShell().answers.get(url)?.value as Answered<T> | null | undefined
  return kept?.ok ? kept.answer : undefined
}

export function useRefusal(): Refusal | undefined {
  const kept = useShell().answers.get(refusedAt)?.value
  return kept && !kept.ok ? kept.refusal : undefined
}

/** Why the form of this page was refused, where no field of it says so itself. */
export function Refused() {
  const words = useEntryWords()
  const language = useLanguage()
  const refusal = useRefusal()
  const isMarked = useAnswer<Written>(writtenAt)?.marks !== undefined
  if (!refusal || isMarked) return null
  const { fault, sentence, waitMs } = refusal
  // The usual sentence speaks of a field.
  const said = fault === 'bad-input' ? words.notUnderstood : sentence[language]
  return <Problem>{waitMs === undefined ? said : `${said}${words.wait(waitMs)}`}</Problem>
}

/** A form that was refused, as its fields are drawn again. */
const FormContext = createContext<Written | undefined>(undefined)

/** A plain form, that works without script. `keep`: what travels along unseen. */
export function PostForm(props: {
  to: string
  keep?: Readonly<Record<string, string>>
  children: ComponentChildren
}) {
  const kept = Object.entries(props.keep ?? {})
  const written = useAnswer<Written>(writtenAt)
  // Of several forms alike, what travels along says which.
  const isThis =
    written?.form === props.to && kept.every(([name, value]) => written.said[name] === value)
  return (
    <form method="post" action={props.to} class="stack">
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FormContext.Provider value={isThis ? written : undefined}>
        {props.children}
      </FormContext.Provider>
    </form>
  )
}

/** A line of a plain form: after a refusal as it was written, and marked where it is meant. */
export function AskedText(props: ComponentProps<typeof TextField>) {
  return <TextField {...props} {...useAsked(props)} />
}

/** One of many in a plain form: what was chosen stays chosen. */
export function AskedChoice(props: ComponentProps<typeof SelectField>) {
  return <SelectField {...props} {...useAsked(props)} />
}

function useAsked(props: { name: string; value?: string | undefined }) {
  const words = useEntryWords()
  const language = useLanguage()
  const written = useContext(FormContext)
  const refusal = useRefusal()
  const value = written?.said[props.name] ?? props.value
  if (!written || !refusal || written.marks !== props.name) return { value }
  const own = words.problems[`${written.form} ${props.name}`]
  const isOwn = refusal.fault === 'bad-input' || refusal.fault === 'not-found'
  const problem = isOwn && own !== undefined ? own : refusal.sentence[language]
  return { value, problem, focused: true }
}

export const meUrl = urlOf('/identity/me')

/** Over a page while one acts for another: for whom, until when, and the way back. */
export function ActingOver() {
  const words = useEntryWords()
  const acting = useAnswer<Output<typeof whoAmI>>(meUrl)?.acting
  const until = formatInstant(acting?.until ?? 0, useNow(), useLanguage())
  if (!acting) return null
  return (
    <div class="acting">
      <Strip
        {...{ tone: 'amber', icon: UsersRound, flat: true }}
        act={
          <PostForm to="/me/act-for-none">
            <Button type="submit" icon={Undo2}>
              {words.actingBack}
            </Button>
          </PostForm>
        }
      >
        {words.acting(acting.name, until)}
      </Strip>
    </div>
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
