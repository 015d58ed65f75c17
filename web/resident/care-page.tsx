import { useState } from 'preact/hooks'
import type { Instant } from '../../src/kernel/clock.ts'
import type { myCare } from '../../src/watch/care/api.ts'
import { useLive } from '../shell/live.ts'
import { useFirst } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useCareWords, useWords } from '../shell/words.tsx'
import { AgreedPlan } from './agreed.tsx'
import { CallsPlan } from './calls.tsx'
import { Ended } from './end-part.tsx'
import { MePart, Resident } from './frame.tsx'
import { Offer, Refused } from './offer.tsx'

/** A resident's first page: what is watched, how it stands, and how to stop it. */
export function CarePage() {
  const words = useCareWords()
  const { result, again } = useFirst<typeof myCare>('/care/mine', {})
  const [step, setStep] = useState(0)
  const [endedAt, setEndedAt] = useState<Instant | null>(null)
  useLive('care', again)
  const stepOn = () => setStep((before) => before + 1)
  const acts = {
    step,
    again,
    async onDone() {
      await again()
      stepOn()
    },
    onEnded(at: Instant) {
      setEndedAt(at)
      stepOn()
      // what lies behind the page about the end is out of date too
      void again()
    },
  }
  const answered = result.value
  return (
    <Resident back={{ href: '/home', words: useWords().ui.home }}>
      <noscript class="strip strip-amber under-4">{words.noScript}</noscript>
      {endedAt !== null ? (
        <Ended at={endedAt} step={step} />
      ) : answered?.ok ? (
        <Plan care={answered.answer} {...acts} />
      ) : (
        <>
          <h1 class="head headline under-3">{words.title}</h1>
          <Unanswered refusal={answered?.refusal} again={again} />
        </>
      )}
      <MePart />
    </Resident>
  )
}

function Plan(props: Omit<Parameters<typeof AgreedPlan>[0], 'plan'>) {
  const { plan } = props.care
  switch (plan.is) {
    case 'offered':
      return <Offer {...props} />
    case 'refused':
      return <Refused {...props} notAskedUntil={plan.notAskedUntil} />
    case 'calls':
      return <CallsPlan {...props} plan={plan} />
    case 'agreed':
      return <AgreedPlan {...props} plan={plan} />
    default:
      return plan satisfies never
  }
}
