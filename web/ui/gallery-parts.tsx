import { useState } from 'preact/hooks'
import { Bell, Camera, Check, Landmark, LockKeyhole, Phone, Stethoscope, Users } from 'lucide'
import { Badge } from './badge.tsx'
import { Button, LinkButton } from './button.tsx'
import { Act, Keys } from './card.tsx'
import { CheckGroup, ChoiceGroup } from './choice.tsx'
import { Clock } from './clock.tsx'
import { SelectField, TextField } from './field.tsx'
import { FileField } from './file-field.tsx'
import { Group } from './gallery-group.tsx'
import type { GalleryWords } from './gallery-words.ts'
import { CardRow, Entry, List, ListHead, Row } from './list.tsx'

type Given = { words: GalleryWords; sheet: string }

/** What is pressed, written, chosen and read in rows. */
export function PartGroups(props: Given) {
  return (
    <>
      <Buttons {...props} />
      <Fields {...props} />
      <Choices {...props} />
      <Marks {...props} />
      <Rows {...props} />
      <Work {...props} />
      <Acts {...props} />
    </>
  )
}

function Buttons({ words }: Given) {
  return (
    <Group name={words.groups.buttons}>
      <div class="flow">
        <Button kind="primary">{words.vote}</Button>
        <Button>{words.handOver}</Button>
        <Button kind="quiet">{words.undo}</Button>
      </div>
      <div class="flow">
        <Button kind="danger">{words.withdraw}</Button>
        <Button disabled>{words.closed}</Button>
        <Button busy>{words.sending}</Button>
      </div>
      <LinkButton href="tel:02100000000" icon={Phone} wide>
        {words.callFirst}
      </LinkButton>
    </Group>
  )
}

function Fields({ words, sheet }: Given) {
  return (
    <Group name={words.groups.fields}>
      <TextField
        label={words.where}
        name={`${sheet}-where`}
        value={words.whereValue}
        help={words.whereHelp}
      />
      <TextField
        label={words.area}
        name={`${sheet}-area`}
        value="58.126"
        inputMode="decimal"
        problem={words.areaProblem}
      />
      <SelectField
        label={words.which}
        name={`${sheet}-which`}
        value="1"
        options={words.kinds.map((kind, at) => ({ value: String(at), words: kind }))}
      />
      <TextField label={words.note} name={`${sheet}-note`} rows={2} disabled value={words.closed} />
      <FileField
        label={words.file}
        name={`${sheet}-file`}
        accept=".xlsx"
        help={words.fileHelp}
        onPick={() => undefined}
      />
    </Group>
  )
}

function Choices({ words, sheet }: Given) {
  const [answer, pickAnswer] = useState('0')
  const [reach, pickReach] = useState(['1'])
  const options = (list: readonly string[]) =>
    list.map((one, at) => ({ value: String(at), words: one }))
  return (
    <Group name={words.groups.choices}>
      <ChoiceGroup
        legend={words.answer}
        name={`${sheet}-answer`}
        options={options(words.answers)}
        value={answer}
        onPick={pickAnswer}
      />
      <ChoiceGroup
        legend={words.answer}
        name={`${sheet}-problem`}
        options={options(words.answers).map((one) => ({ ...one, disabled: one.value === '2' }))}
        problem={words.answerProblem}
      />
      <CheckGroup
        legend={words.reach}
        name={`${sheet}-reach`}
        column
        options={options(words.reaches).map((one, at) =>
          at === 1 ? { ...one, line: words.reachLine } : one,
        )}
        values={reach}
        onPick={pickReach}
      />
    </Group>
  )
}

function Marks({ words }: Given) {
  return (
    <Group name={words.groups.marks}>
      <div class="flow">
        <Badge tone="jade" icon={Check}>
          {words.done}
        </Badge>
        <Badge tone="brick">{words.acting}</Badge>
        <Badge tone="amber">{words.soon}</Badge>
        <Badge tone="signal">{words.over}</Badge>
        <Badge>{words.ordinary}</Badge>
        <Badge tone="unknown">{words.unknown}</Badge>
        <Badge tone="none">{words.never}</Badge>
      </div>
      <div class="flow flow-wide">
        <Clock words={words.left} spent={0.7} tone="amber" />
        <Clock words={words.tomorrow} spent={0.25} />
        <Clock words={words.gasClock} spent={0.65} tone="signal" />
        <Clock words={words.late} spent={1} tone="signal" />
      </div>
    </Group>
  )
}

function Rows({ words }: Given) {
  return (
    <Group name={words.groups.rows}>
      <List label={words.whoLooked}>
        <ListHead>{words.today}</ListHead>
        <Row
          title={words.who}
          detail={words.whatSeen}
          line={words.whySeen}
          side={
            <>
              <span class="note">09:31</span>
              <Button kind="quiet">{words.undo}</Button>
            </>
          }
        />
        <ListHead>{words.earlier}</ListHead>
        <Row
          title={words.who}
          detail={words.whatSeen}
          side={<Badge tone="jade">{words.answered}</Badge>}
        />
        <Row icon={Landmark} title={words.bikes} line={words.bikesLine} href="#bikes" />
        <Row
          title={words.backDoor}
          line={words.backDoorLine}
          side={<Button>{words.verify}</Button>}
        />
      </List>
      <CardRow
        icon={LockKeyhole}
        title={words.consents}
        line={words.consentsLine}
        href="#consents"
      />
    </Group>
  )
}

function Work({ words }: Given) {
  return (
    <Group name={words.groups.work}>
      <WorkList words={words} acts />
    </Group>
  )
}

/** The work of the example day; each entry with its act, or as a link to the next column. */
export function WorkList(props: { words: GalleryWords; acts: boolean }) {
  const { words, acts } = props
  const link = (href: string) => (acts ? {} : { href })
  return (
    <List label={words.workLabel}>
      <Entry
        {...link('#gas')}
        edge="signal"
        badge={<Badge tone="signal">{words.gas}</Badge>}
        clock={<Clock words={words.gasClock} spent={0.65} tone="signal" />}
        title={words.gasPlace}
        line={words.gasLine}
        act={acts ? <Button kind="primary">{words.go}</Button> : null}
      />
      <Entry
        {...link('#quiet')}
        edge="amber"
        current={!acts}
        badge={<Badge tone="amber">{words.quiet}</Badge>}
        clock={<Clock words={words.left} spent={0.7} tone="amber" />}
        title={words.quietPlace}
        line={words.quietLine}
        act={acts ? <Button>{words.visit}</Button> : null}
      />
      <Entry
        {...link('#verify')}
        badge={<Badge>{words.verify}</Badge>}
        clock={<Clock words={words.tomorrow} spent={0.3} />}
        title={words.backDoor}
        line={words.backDoorLine}
        act={acts ? <Button>{words.verify}</Button> : null}
      />
      <Entry
        {...link('#device')}
        badge={<Badge tone="unknown">{words.device}</Badge>}
        clock={<Clock words={words.deviceClock} spent={0.1} />}
        title={words.devicePlace}
        line={words.deviceLine}
        act={acts ? <Button>{words.repair}</Button> : null}
      />
    </List>
  )
}

function Acts({ words }: Given) {
  const icons = [Camera, Users, Stethoscope]
  return (
    <Group name={words.groups.acts}>
      <div class="acts">
        <Act icon={Bell} title={words.seeNotice} line={words.seeNoticeLine} href="#notice" />
        <Act icon={Camera} title={words.report} line={words.reportLine} href="#report" />
      </div>
      <Keys
        label={words.keysLabel}
        keys={words.keys.map((key, at) => ({
          icon: icons[at] ?? Camera,
          words: key,
          href: `#key-${at}`,
          first: at === 0,
        }))}
      />
    </Group>
  )
}
