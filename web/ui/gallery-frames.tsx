import { Bell, Camera, LayoutGrid, List as ListIcon, Megaphone, Phone, Route, User } from 'lucide'
import type { View } from '../shell/page.ts'
import { useLanguage, useWords } from '../shell/words.tsx'
import { Badge } from './badge.tsx'
import { Button, LinkButton } from './button.tsx'
import { Act, Heading } from './card.tsx'
import { Brand, Column, DeskFrame, PhoneFrame, Views, type Door } from './frames.tsx'
import { WorkList } from './gallery-parts.tsx'
import { AskedExample, GridExample, PersonExample, SilentExample } from './gallery-states.tsx'
import type { GalleryWords } from './gallery-words.ts'
import { LanePicture } from './lane-picture.tsx'
import { Strip } from './state.tsx'
import { ReadAloud, ViewSwitch } from './switches.tsx'

type Given = { words: GalleryWords }

/** A resident's page: the frame with a head, acts and a call that never scrolls away. */
export function PhoneExample({ words, view }: Given & { view: View }) {
  const isElder = view === 'elder'
  const { ui } = useWords()
  const language = useLanguage()
  return (
    <PhoneFrame
      skipWords={ui.skipToContent}
      navigationWords={ui.mainNavigation}
      head={
        <>
          <Brand words={words.place} />
          <span class="push out-right">
            <ViewSwitch
              href={isElder ? '?page=phone' : '?page=phone&view=elder'}
              words={isElder ? ui.normalView : ui.elderView}
            />
          </span>
        </>
      }
      foot={
        <>
          <LinkButton kind="primary" icon={Phone} wide tall href="tel:02100000000">
            {words.call}
          </LinkButton>
          <p class="small centre above-2">{words.callLine}</p>
        </>
      }
    >
      <div class="line under-4">
        <div class="grow">
          <h1 class="head">{words.hello}</h1>
          <p>{words.helloLine}</p>
        </div>
        <LanePicture />
      </div>
      <div class="under-4">
        <ReadAloud
          text={words.helloLine}
          lang={language === 'en' ? 'en' : 'zh'}
          readWord={ui.readAloud}
          stopWord={ui.stopReading}
          wide
        />
      </div>
      <nav class="acts" aria-label={words.keysLabel}>
        <Act icon={Bell} title={words.seeNotice} line={words.seeNoticeLine} href="#notice" />
        <Act icon={Route} title={words.bikes} line={words.bikesLine} href="#bikes" />
        <Act icon={Camera} title={words.report} line={words.reportLine} href="#report" />
      </nav>
    </PhoneFrame>
  )
}

/** A worker's page: rail, the list, the house, the opened task. */
export function DeskExample({ words }: Given) {
  const { ui } = useWords()
  const doors: Door[] = [
    { href: '#tasks', words: words.tasks, icon: ListIcon, current: true },
    { href: '#grid', words: words.grid, icon: LayoutGrid },
    { href: '#notices', words: words.notices, icon: Megaphone },
    { href: '#me', words: words.me, icon: User, last: true },
  ]
  return (
    <DeskFrame
      title={words.workLabel}
      brandWords={ui.product}
      skipWords={ui.skipToContent}
      navigationWords={ui.mainNavigation}
      doors={doors}
      shows="list"
      strip={<Strip flat>{words.example}</Strip>}
    >
      <Column kind="list" label={words.workLabel}>
        <Heading level={2} line={words.onDuty}>
          {words.workLabel}
        </Heading>
        <WorkList words={words} acts={false} />
        <p class="note above-4">{`${words.colleagues} · ${words.finished}`}</p>
      </Column>
      <Column kind="main" label={words.grid}>
        <Heading level={2}>{words.gridLabel}</Heading>
        <Views
          label={words.grid}
          views={[
            { href: '#notices', words: words.notices },
            { href: '#quiet', words: words.moved, current: true },
            { href: '#vote', words: words.vote },
          ]}
        />
        <GridExample words={words} />
        <p class="note above-4">{words.onlyMine}</p>
      </Column>
      <Column kind="aside" label={words.quietPlace}>
        <OpenTask words={words} />
      </Column>
    </DeskFrame>
  )
}

function OpenTask({ words }: Given) {
  return (
    <div class="stack stack-wide">
      <div>
        <Badge tone="amber">{words.quiet}</Badge>
        <h2 class="head above-1">{words.quietPlace}</h2>
        <p>{words.quietLine}</p>
      </div>
      <SilentExample words={words} />
      <div>
        <h3 class="small-strong under-2">{words.asked}</h3>
        <AskedExample words={words} />
      </div>
      <div class="line">
        <Button kind="primary" className="grow">
          {words.go}
        </Button>
        <LinkButton href="tel:02100000000" icon={Phone}>
          {words.callFirst}
        </LinkButton>
        <Button>{words.handOver}</Button>
      </div>
      <PersonExample words={words} />
      <div>
        <h3 class="small-strong under-2">{words.results}</h3>
        <div class="flow">
          {words.resultWords.map((word) => (
            <Button key={word} disabled>
              {word}
            </Button>
          ))}
        </div>
      </div>
    </div>
  )
}
