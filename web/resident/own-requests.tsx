import type { withdrawOwnRequest } from '../../src/ground/privacy/own-data/api.ts'
import { call } from '../shell/call.ts'
import { standingOf, titleOf, type Asked } from '../shell/own-rows.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct } from '../shell/shell.tsx'
import { useLanguage, useOwnDataWords } from '../shell/words.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, Heading } from '../ui/card.tsx'
import { List, Row } from '../ui/list.tsx'

type Again = { again: () => Promise<void> }

/** What I asked about my data: how long it may still take, or what came of it. */
export function OwnRequests(props: { requests: readonly Asked[]; now: number } & Again) {
  const words = useOwnDataWords()
  const { requests, now, again } = props
  return (
    <Card label={words.requestsHead}>
      <div class="stack">
        <Heading>{words.requestsHead}</Heading>
        {requests.length === 0 ? <p class="muted">{words.requestsNone}</p> : null}
        {requests.length > 0 ? (
          <List label={words.requestsHead}>
            {requests.map((one) => (
              <One key={one.request} asked={one} now={now} again={again} />
            ))}
          </List>
        ) : null}
      </div>
    </Card>
  )
}

function One(props: { asked: Asked; now: number } & Again) {
  const { asked, now, again } = props
  const words = useOwnDataWords()
  const language = useLanguage()
  const { isBusy, refusal, run } = useAct()
  const { request, state, says, answer, atStation, isLate } = asked
  const withdraw = async () => {
    const path = '/privacy/my-data/withdraw'
    if (await run(() => call<typeof withdrawOwnRequest>('post', path, { request }))) await again()
  }
  const tone = state === 'done' ? 'jade' : isLate ? 'amber' : 'plain'
  return (
    <Row
      title={titleOf(asked, words)}
      detail={atStation ? words.atStation : undefined}
      line={standingOf(asked, now, words, language)}
      more={
        <div class="stack stack-tight own-asked">
          <p>
            <Badge tone={tone}>{words.states[state]}</Badge>
          </p>
          {says ? <p>{says}</p> : null}
          {answer ? (
            <p>
              {words.answered}
              {words.separator}
              {answer}
            </p>
          ) : null}
          {state === 'open' ? (
            <form
              method="post"
              action="/my-data/withdraw"
              onSubmit={(event) => {
                event.preventDefault()
                void withdraw()
              }}
            >
              <input type="hidden" name="request" value={request} />
              <Button type="submit" busy={isBusy}>
                {words.withdraw}
              </Button>
            </form>
          ) : null}
          {refusal ? <RefusalStrip refusal={refusal} /> : null}
        </div>
      }
    />
  )
}
