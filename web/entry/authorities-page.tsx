import { Landmark } from 'lucide'
import type { countAuthority } from '../../src/ground/privacy/authority/api.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import { urlOf } from '../shell/call.ts'
import { Open } from '../shell/open-frame.tsx'
import type { Page } from '../shell/pages.ts'
import { useEntryWords, useWords } from '../shell/words.tsx'
import { LinkButton } from '../ui/button.tsx'
import { List, Row } from '../ui/list.tsx'
import { useAnswer } from './frame.tsx'

const countsUrl = urlOf('/privacy/authority/counts')

/** How often authorities asked for somebody's data: for everybody to read, signed in or not. */
export const authoritiesPage: Page = {
  path: '/authorities',
  front: 'open',
  needs: () => [countsUrl],
  title: (words) => words.privacy.authorities,
  show: Authorities,
}

function Authorities() {
  const words = useEntryWords()
  const { privacy, identity } = useWords()
  const quarters = useAnswer<Output<typeof countAuthority>>(countsUrl)?.quarters ?? []
  return (
    <Open heading={privacy.authorities} icon={Landmark}>
      <p>{words.authoritiesLine}</p>
      {quarters.length === 0 ? (
        <p class="strong">{words.authoritiesNone}</p>
      ) : (
        <List label={privacy.authorities}>
          {quarters.map(({ quarter, ...counts }) => (
            <Row
              key={quarter}
              title={words.quarter(quarter)}
              detail={words.authoritiesAsked(counts.asked)}
              line={words.authoritiesBecame(counts)}
            />
          ))}
        </List>
      )}
      <p class="small">{words.authoritiesTold}</p>
      <div>
        <LinkButton href="/numbers">{privacy.numbers}</LinkButton>
      </div>
      <div>
        <LinkButton href="/">{identity.toStart}</LinkButton>
      </div>
    </Open>
  )
}
