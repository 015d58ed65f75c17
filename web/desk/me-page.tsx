import {
  Eye,
  KeyRound,
  LayoutGrid,
  MessageCircleQuestionMark,
  MessageSquare,
  ScanLine,
  ScanSearch,
  UserPlus,
} from 'lucide'
import type { whoAmI } from '../../src/desks/identity/api.ts'
import { LanguageLink } from '../shell/language-link.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useFirst, useShell } from '../shell/shell.tsx'
import { SignOut } from '../shell/sign-out.tsx'
import { useWorkWords } from '../shell/words.tsx'
import { WakeSwitch } from '../shell/wake-switch.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Card, Facts } from '../ui/card.tsx'
import { Column } from '../ui/frames.tsx'
import { Desk } from './desk.tsx'

/** Who works here, in which language, and the way out. */
export function MePage() {
  const { identity, places } = useWorkWords()
  const me = useFirst<typeof whoAmI>('/identity/me', {})
  const result = me.result.value
  return (
    <Desk at="/desk/me" shows="main">
      <Column kind="main" label={identity.meTitle}>
        <div class="stack stack-wide reading">
          <h1 class="head">{identity.meTitle}</h1>
          {result?.ok ? (
            <Card>
              <Facts
                facts={[
                  { name: identity.name, says: result.answer.name },
                  ...maybeFact(identity.post, result.answer.title),
                  ...maybeFact(identity.unit, result.answer.unit),
                  { name: identity.street, says: result.answer.street },
                  ...maybeFact(
                    identity.home,
                    result.answer.place && places.spot(result.answer.place),
                  ),
                ]}
              />
            </Card>
          ) : (
            <Unanswered refusal={result?.refusal} again={me.again} />
          )}
          <WakeSwitch />
          <Links isOfficer={result?.ok === true && result.answer.role === 'street'} />
          <div class="stack stack-tight">
            <SignOut />
            <p class="note">{identity.signOutLine}</p>
          </div>
        </div>
      </Column>
    </Desk>
  )
}

/** Where else one goes from here. */
function Links({ isOfficer }: { isOfficer: boolean }) {
  const { identity, delivery, privacy, tasks, ui } = useWorkWords()
  const { isDemo } = useShell()
  return (
    <div class="flow">
      <LanguageLink />
      <LinkButton kind="quiet" href="/me/keys" icon={KeyRound}>
        {identity.titles.keys}
      </LinkButton>
      {isOfficer ? (
        <LinkButton kind="quiet" href="/invite" icon={UserPlus}>
          {identity.titles.invite}
        </LinkButton>
      ) : null}
      <LinkButton kind="quiet" href="/desk/questions" icon={MessageCircleQuestionMark}>
        {tasks.titles.questions}
      </LinkButton>
      <LinkButton kind="quiet" href="/desk/looks-review" icon={ScanSearch}>
        {tasks.titles.looksReview}
      </LinkButton>
      <LinkButton kind="quiet" href="/care/looks" icon={Eye}>
        {privacy.title}
      </LinkButton>
      <LinkButton kind="quiet" href="/desk/door" icon={ScanLine}>
        {identity.titles.door}
      </LinkButton>
      {isOfficer ? (
        <LinkButton kind="quiet" href="/centre" icon={LayoutGrid}>
          {ui.centre}
        </LinkButton>
      ) : null}
      {isDemo && isOfficer ? (
        <LinkButton kind="quiet" href="/desk/outbox" icon={MessageSquare}>
          {delivery.outboxTitle}
        </LinkButton>
      ) : null}
    </div>
  )
}

function maybeFact(name: string, says: string | null) {
  return says === null ? [] : [{ name, says }]
}
