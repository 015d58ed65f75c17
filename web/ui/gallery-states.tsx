import { useState } from 'preact/hooks'
import { LayoutGrid, List as ListIcon, User, WifiOff } from 'lucide'
import { formatInstant } from '../words/format.ts'
import { useLanguage, useWords } from '../shell/words.tsx'
import { Button } from './button.tsx'
import { PersonCard } from './card.tsx'
import { Bar, Legend, LooksChart, type Paint } from './charts.tsx'
import { DaysChart } from './days-chart.tsx'
import { Dialog, DialogBody, Toast } from './dialog.tsx'
import { BackLink, Brand, Tabs, Views } from './frames.tsx'
import { Group } from './gallery-group.tsx'
import type { GalleryWords } from './gallery-words.ts'
import { Stat, Steps, Timeline } from './progress.tsx'
import { SilenceChart } from './silence-chart.tsx'
import { Cell, StairGrid, type Stair } from './stairs.tsx'
import { State, Strip } from './state.tsx'
import { LanguageSwitch, ReadAloud, ViewSwitch } from './switches.tsx'

type Given = { words: GalleryWords }

const hourMs = 60 * 60 * 1000
const now = Date.parse('2026-07-09T09:42:00+08:00')

/** How far things are, homes, figures and pictures. */
export function ChartGroups({ words }: Given) {
  return (
    <>
      <Group name={words.groups.progress}>
        <ProgressExample words={words} />
        <AskedExample words={words} />
      </Group>
      <Group name={words.groups.homes}>
        <Homes words={words} />
      </Group>
      <Group name={words.groups.figures}>
        <Figures words={words} />
      </Group>
      <Group name={words.groups.silence}>
        <SilentExample words={words} />
        <SeenExample words={words} />
        <LostExample words={words} />
      </Group>
      <Group name={words.groups.looks}>
        <LooksExample words={words} />
      </Group>
      <Group name={words.groups.days}>
        <DaysExample words={words} />
      </Group>
      <Group name={words.groups.person}>
        <PersonExample words={words} />
      </Group>
    </>
  )
}

function ProgressExample({ words }: Given) {
  return (
    <Timeline
      steps={[
        { state: 'next', title: words.others, note: words.othersNote, spoken: words.steps.next },
        { state: 'now', title: words.acting, line: words.actingLine, spoken: words.steps.now },
        { state: 'failed', title: words.returned, spoken: words.steps.failed },
        {
          state: 'done',
          title: words.accepted,
          note: words.acceptedNote,
          spoken: words.steps.done,
        },
      ]}
    />
  )
}

export function AskedExample({ words }: Given) {
  const last = words.askedSteps.length - 1
  return (
    <Steps
      label={words.asked}
      steps={words.askedSteps.map(([title, note], at) => ({
        state: at === last ? 'now' : 'done',
        title,
        note,
      }))}
    />
  )
}

function Homes({ words }: Given) {
  return (
    <>
      <div class="flow">
        <Cell cell={{ home: '101' }} />
        <Cell cell={{ home: '102', word: words.moved, tone: 'jade', href: '#102' }} />
        <Cell cell={{ home: '201', word: words.away, tone: 'amber', href: '#201' }} />
        <Cell cell={{ home: '202', word: words.overdue, tone: 'signal', href: '#202' }} />
        <Cell cell={{ home: '301', word: words.unknown, tone: 'unknown', href: '#301' }} />
        <Cell cell={{ home: '302', word: words.own, own: true, href: '#302' }} />
      </div>
      <p class="note">{words.blank}</p>
      <GridExample words={words} />
    </>
  )
}

export function GridExample({ words }: Given) {
  const stairs = [23, 24, 25, 26, 27].map((number): Stair => {
    const homes = (floor: number) =>
      [1, 2].map((door) => {
        const home = `${floor}0${door}`
        const lit = number === 26 && home === '501'
        return lit
          ? {
              home,
              word: words.overdue,
              tone: 'signal' as const,
              href: '#quiet',
              current: true,
            }
          : { home }
      })
    return {
      name: words.stair(number),
      floors: [6, 5, 4, 3, 2, 1].filter((floor) => number !== 27 || floor < 6).map(homes),
      lit: number === 25 ? { words: words.gas, tone: 'amber', href: '#homes' } : undefined,
      foot:
        number === 24
          ? { words: words.cut, tone: 'unknown' }
          : { words: words.online, tone: 'jade' },
    }
  })
  return (
    <StairGrid
      label={words.gridLabel}
      floorNames={[6, 5, 4, 3, 2, 1].map(words.floor)}
      footName={words.gateway}
      stairs={stairs}
    />
  )
}

function Figures({ words }: Given) {
  const paints: Paint[] = ['jade', 'amber', 'unknown', 'none']
  const shares = [0.6, 0.14, 0.16, 0.1]
  return (
    <>
      <Stat number="3,212.40" unit="m²" label={words.areaLabel} href="#homes" />
      <Bar
        label={words.barLabel}
        parts={paints.map((paint, at) => ({ paint, share: shares[at] ?? 0 }))}
      />
      <Legend items={paints.map((paint, at) => ({ paint, words: words.barWords[at] ?? '' }))} />
      <Bar label={words.voteBar} parts={[{ paint: 'brick', share: 0.6596 }]} mark={2 / 3} />
      <p class="note">{words.voteBar}</p>
    </>
  )
}

function useAt() {
  const language = useLanguage()
  return (at: number) => formatInstant(at, now, language)
}

export function SilentExample({ words }: Given) {
  const at = useAt()
  const lastSeenAt = Date.parse('2026-07-07T05:50:00+08:00')
  const from = now - 31 * hourMs
  return (
    <SilenceChart
      lastSeenAt={lastSeenAt}
      now={now}
      gaps={[{ from, to: from + (2 + 2 / 3) * hourMs }]}
      tone="amber"
      words={{ ...words.silence, at }}
    />
  )
}

function SeenExample({ words }: Given) {
  const at = useAt()
  return (
    <SilenceChart
      lastSeenAt={now - 3 * hourMs}
      now={now}
      gaps={[]}
      tone="jade"
      words={{ ...words.silence, gap: undefined, ...words.seen, at }}
    />
  )
}

function LostExample({ words }: Given) {
  const at = useAt()
  return (
    <SilenceChart
      lastSeenAt={now - 30 * hourMs}
      now={now}
      gaps={[{ from: now - 20 * hourMs, to: now }]}
      tone="unknown"
      words={{ ...words.silence, ...words.lost, at }}
    />
  )
}

const looks = new Map([
  [3, 1],
  [11, 1],
  [19, 1],
  [27, 2],
  [29, 2],
])

export function LooksExample({ words }: Given) {
  return (
    <div class="looks">
      <Stat number={words.looksNumber} unit={words.looksUnit} label={words.looksLine} />
      <div class="grow">
        <LooksChart
          label={words.looksSentence}
          dayWord={words.day}
          countWord={words.times}
          days={Array.from({ length: 30 }, (_, at) => ({
            label: at === 29 ? words.today : dayLabel(at),
            count: looks.get(at) ?? 0,
          }))}
        />
      </div>
    </div>
  )
}

/** Bars of one version, the line of another, and two days that really happened. */
function DaysExample({ words }: Given) {
  const days = Array.from({ length: 30 }, (_, at) => ({
    ...{ key: String(at), label: at === 29 ? words.today : dayLabel(at) },
    ...{ bar: (at * 5) % 9, line: (at * 3) % 5, isSimulated: at < 28 },
  }))
  return (
    <>
      <DaysChart days={days} limit={6} label={words.daysSentence} hasLine />
      <Legend items={[{ paint: 'unknown', words: words.daysSimulated }]} />
    </>
  )
}

function dayLabel(at: number): string {
  return at < 21 ? `6/${at + 10}` : `7/${at - 20}`
}

export function PersonExample({ words }: Given) {
  return (
    <PersonCard
      label={words.cardLabel}
      why={words.cardWhy}
      facts={words.facts.map(([name, says]) => ({ name: name ?? '', says }))}
    />
  )
}

/** Why there is nothing, what was just done, and the ways elsewhere. */
export function StateGroups({ words }: Given) {
  return (
    <>
      <Group name={words.groups.nothing}>
        <State kind="empty" title={words.empty} line={words.emptyLine} />
        <State kind="loading" title={words.loading} />
      </Group>
      <Group name={words.groups.failed}>
        <State
          kind="failed"
          title={words.notSent}
          line={words.notSentLine}
          act={<Button>{words.again}</Button>}
        />
        <State kind="offline" title={words.offline} line={words.offlineLine} />
        <Strip tone="amber" icon={WifiOff}>
          {words.offlineStrip}
        </Strip>
        <Strip>{words.example}</Strip>
        <Strip tone="signal">{words.alarm}</Strip>
      </Group>
      <Group name={words.groups.refused}>
        <State
          kind="not-allowed"
          title={words.refused}
          line={words.refusedLine}
          act={<Button>{words.apply}</Button>}
        />
      </Group>
      <Group name={words.groups.second}>
        <DialogExample words={words} />
      </Group>
      <Group name={words.groups.undo}>
        <Toast undoWord={words.undo}>{words.toast}</Toast>
      </Group>
      <Group name={words.groups.navigation}>
        <NavigationExample words={words} />
      </Group>
    </>
  )
}

function DialogExample({ words }: Given) {
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const inside = {
    title: words.withdrawAsk,
    children: <p>{words.withdrawLine}</p>,
    acts: (
      <>
        <Button onClick={close}>{words.keep}</Button>
        <Button kind="danger" onClick={close}>
          {words.takeBack}
        </Button>
      </>
    ),
  }
  return (
    <>
      <div class="dialog">
        <DialogBody {...inside} />
      </div>
      <div>
        <Button onClick={() => setOpen(true)}>{words.openDialog}</Button>
      </div>
      <Dialog {...inside} open={open} onClose={close} />
    </>
  )
}

function NavigationExample({ words }: Given) {
  const { ui } = useWords()
  const language = useLanguage()
  return (
    <>
      <Brand words={words.who} line={words.onDuty} />
      <div>
        <BackLink href="#me" words={words.me} />
      </div>
      <Views
        label={words.viewsLabel}
        views={[
          { href: '#mine', words: words.mine, current: true },
          { href: '#colleagues', words: words.colleagues },
          { href: '#finished', words: words.finished },
        ]}
      />
      <div class="flow">
        <ViewSwitch href="?view=elder" words={ui.elderView} />
        <LanguageSwitch
          href="?language=en"
          lang={language === 'en' ? 'zh-CN' : 'en'}
          words={ui.otherLanguage}
          label={ui.otherLanguageLabel}
        />
        <ReadAloud
          text={words.helloLine}
          lang={language === 'en' ? 'en' : 'zh'}
          readWord={ui.readAloud}
          stopWord={ui.stopReading}
        />
      </div>
      <Tabs
        label={words.navigation}
        doors={[
          { href: '#tasks', words: words.tasks, icon: ListIcon, current: true },
          { href: '#grid', words: words.grid, icon: LayoutGrid },
          { href: '#me', words: words.me, icon: User },
        ]}
      />
    </>
  )
}
