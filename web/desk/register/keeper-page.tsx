import { useState } from 'preact/hooks'
import { LockKeyhole } from 'lucide'
import type { nameKeeper, reporterKeeper } from '../../../src/ground/duties/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { PostId } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useLive } from '../../shell/live.ts'
import { useAct, useFirst, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useRegisterWords, useWorkWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { List, Row } from '../../ui/list.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatInstant } from '../../words/format.ts'
import { RegisterPage, registerPaths } from './frame.tsx'
import { ReviewersPart } from './reviewers-part.tsx'
import { StepUpDialog, useStepUp } from './step-up.tsx'

type Keeping = Output<typeof reporterKeeper>
type Officer = Keeping['officers'][number]

/** Which one post may open who reported something: named by another officer, both are told. */
export function KeeperPage() {
  const words = useRegisterWords()
  const kept = useFirst<typeof reporterKeeper>('/duties/posts/keeper', {})
  const result = kept.result.value
  useLive('street', kept.again)
  return (
    <RegisterPage at={registerPaths.keeper} title={words.keeperTitle} line={words.keeperLine}>
      {result?.ok ? (
        <Officers keeping={result.answer} again={kept.again} />
      ) : (
        <Unanswered refusal={result?.refusal} again={kept.again} />
      )}
      <ReviewersPart />
    </RegisterPage>
  )
}

function Officers(props: { keeping: Keeping; again: () => Promise<void> }) {
  const { keeper, officers } = props.keeping
  const words = useRegisterWords()
  const language = useLanguage()
  const now = useNow()
  const [chosen, choose] = useState<Officer | null>(null)
  const isKeeper = ({ post }: Officer) => post === keeper?.post
  const held = officers.find(isKeeper)
  const since = keeper?.since ? words.keeperSince(formatInstant(keeper.since, now, language)) : ''
  return (
    <section class="stack">
      {held ? null : <Strip tone="amber">{words.keeperNone}</Strip>}
      {officers.length < 2 ? <p>{words.keeperAlone}</p> : null}
      <List label={words.keeperTitle}>
        {officers.map((one) => (
          <Row
            key={one.post}
            icon={isKeeper(one) ? LockKeyhole : undefined}
            title={[one.name, ...(one.isMe ? [words.keeperMe] : [])].join(' · ')}
            line={[`${one.unit} ${one.title}`, ...(isKeeper(one) ? [since] : [])]
              .filter(Boolean)
              .join(' · ')}
            side={
              isKeeper(one) ? (
                <Badge tone="jade">{words.keeperIs}</Badge>
              ) : one.isMe ? null : (
                <Button label={words.keeperNameLabel(one.name)} onClick={() => choose(one)}>
                  {words.keeperName}
                </Button>
              )
            }
          />
        ))}
      </List>
      {chosen ? (
        <Naming
          officer={chosen}
          before={held}
          close={() => choose(null)}
          done={async () => {
            choose(null)
            await props.again()
          }}
        />
      ) : null}
    </section>
  )
}

function Naming(props: {
  officer: Officer
  before: Officer | undefined
  close: () => void
  done: () => Promise<void>
}) {
  const { officer, before } = props
  const words = useRegisterWords()
  const { ui } = useWorkWords()
  const { isBusy, refusal, run } = useAct()
  const stepUp = useStepUp(refusal)
  const name = async () => {
    const asked = { post: officer.post as PostId }
    if (await run(() => call<typeof nameKeeper>('post', '/duties/posts/keeper', asked))) {
      await props.done()
    }
  }
  // Showing who one is stands in its place, and not over it.
  if (stepUp.isNeeded) return <StepUpDialog stepUp={stepUp} />
  return (
    <Dialog
      open
      title={words.keeperAsk(officer.name)}
      onClose={props.close}
      acts={
        <>
          <Button onClick={props.close}>{ui.notNow}</Button>
          <Button kind="primary" busy={isBusy} onClick={() => void name()}>
            {words.keeperName}
          </Button>
        </>
      }
    >
      <p>{before ? words.keeperChanges(before.name, officer.name) : words.keeperFirst}</p>
      <RefusalStrip refusal={refusal} />
    </Dialog>
  )
}
