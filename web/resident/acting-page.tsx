import { HandHelping, HeartHandshake } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { endGrant, myGrants } from '../../src/desks/identity/grants/api.ts'
import { call } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useFirst, useNow } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useLanguage, useResidentWords, useWords } from '../shell/words.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, Facts, Heading } from '../ui/card.tsx'
import { State } from '../ui/state.tsx'
import { formatDate } from '../words/format.ts'
import { useActFor } from './acting.tsx'
import { formatUntil } from './away.ts'
import { Resident, useMe } from './frame.tsx'
import { MakeCode, TakeCode } from './grant-codes.tsx'
import { PageHead } from './page-head.tsx'

type Grants = Output<typeof myGrants>
type Again = { again: () => Promise<void> }

/** Who may act for me, for whom I may, and the code that passes from one to the other. */
export function ActingPage() {
  const words = useResidentWords('actingFor')
  const { result, again } = useFirst<typeof myGrants>('/identity/grants', {})
  const answered = result.value
  return (
    <Resident back={{ href: '/home', words: useWords().ui.home }}>
      <noscript class="strip strip-amber under-4">{words.noScript}</noscript>
      <div class="stack stack-wide">
        <PageHead title={words.title} line={words.line} read={words.makeCannot} />
        {answered?.ok ? (
          <Both grants={answered.answer} again={again} />
        ) : (
          <Unanswered refusal={answered?.refusal} again={again} />
        )}
      </div>
    </Resident>
  )
}

function Both(props: { grants: Grants } & Again) {
  const { grants, again } = props
  const words = useResidentWords('actingFor')
  const me = useMe()
  const isActing = grants.acting !== null
  // Whoever has only proven a telephone has nothing yet that another could do for them.
  const isResident = me !== undefined
  return (
    <>
      {isResident ? <ForMe grants={grants} again={again} /> : null}
      <div class="acts">
        {isActing ? (
          <State kind="not-allowed" title={words.inPersonHead} line={words.inPerson} />
        ) : (
          <>
            {isResident ? <MakeCode /> : null}
            <TakeCode onTaken={again} />
          </>
        )}
      </div>
      <ByMe grants={grants} again={again} />
    </>
  )
}

function ForMe({ grants, again }: { grants: Grants } & Again) {
  const words = useResidentWords('actingFor')
  const ending = useEnding(again)
  return (
    <section class="stack">
      <Heading>{words.forMeHead}</Heading>
      <RefusalStrip refusal={ending.refusal} />
      {grants.forMe.length === 0 ? (
        <State
          kind="empty"
          icon={HandHelping}
          title={words.forMeNone}
          line={grants.acting === null ? words.forMeNoneLine : undefined}
        />
      ) : (
        <ul class="stack">
          {grants.forMe.map((one) => (
            <li key={one.grant}>
              <Card>
                <div class="stack">
                  <h3 class="strong">{one.called}</h3>
                  <Terms of={one} />
                  {grants.acting === null ? (
                    <Button
                      kind="danger"
                      wide
                      busy={ending.isBusy}
                      onClick={() => void ending.end(one.grant)}
                    >
                      {words.endOne(one.called)}
                    </Button>
                  ) : null}
                </div>
              </Card>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function ByMe({ grants, again }: { grants: Grants } & Again) {
  const words = useResidentWords('actingFor')
  const ending = useEnding(again)
  const acting = useActFor()
  return (
    <section class="stack">
      <Heading>{words.byMeHead}</Heading>
      <RefusalStrip refusal={ending.refusal ?? acting.refusal} />
      {grants.byMe.length === 0 ? (
        <State
          kind="empty"
          icon={HeartHandshake}
          title={words.byMeNone}
          line={words.byMeNoneLine}
        />
      ) : (
        <ul class="stack">
          {grants.byMe.map((one) => (
            <li key={one.grant}>
              <Card>
                <div class="stack">
                  <h3 class="strong">{one.name}</h3>
                  <Terms of={one} />
                  {grants.acting === one.grant ? (
                    <p>
                      <Badge tone="amber">{words.actingNow}</Badge>
                    </p>
                  ) : (
                    <Button wide busy={acting.isBusy} onClick={() => void acting.to(one.grant)}>
                      {words.actOne(one.name)}
                    </Button>
                  )}
                  <Button
                    wide
                    busy={ending.isBusy}
                    onClick={() => void ending.end(one.grant, grants.acting === one.grant)}
                  >
                    {words.stopOne(one.name)}
                  </Button>
                </div>
              </Card>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** What they are, how it came about, and from when until when. */
function Terms(props: { of: Grants['forMe'][number] | Grants['byMe'][number] }) {
  const words = useResidentWords('actingFor')
  const language = useLanguage()
  const now = useNow()
  const { relation, way, since, until } = props.of
  return (
    <Facts
      facts={[
        { name: words.relationHead, says: words.relations[relation] },
        { name: words.wayHead, says: words.ways[way] },
        { name: words.sinceHead, says: formatDate(since, now, language) },
        { name: words.untilHead, says: formatUntil(until, now, language) },
      ]}
    />
  )
}

/** Ends a grant; where one acts by it right now, the pages begin anew as one's own. */
function useEnding(again: () => Promise<void>) {
  const { isBusy, refusal, run } = useAct()
  return {
    ...{ isBusy, refusal },
    async end(grant: string, isActedBy = false) {
      await run(() => call<typeof endGrant>('post', '/identity/grants/end', { grant }))
      if (isActedBy) location.assign('/home')
      else await again()
    },
  }
}
