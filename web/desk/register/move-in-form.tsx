import { useState } from 'preact/hooks'
import type { addPerson } from '../../../src/ground/people/api.ts'
import type { Relation, Tenure } from '../../../src/ground/people/homes/types.ts'
import type { registerMove } from '../../../src/ground/people/keeping/api.ts'
import { dayOf } from '../../../src/kernel/calendar.ts'
import type { HomeCode } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckGroup, ChoiceGroup } from '../../ui/choice.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { keysOf } from './frame.tsx'
import type { OnRecord } from './find-page.tsx'
import type { Home } from './home-panel.tsx'
import { PersonFinder, type Picked } from './person-finder.tsx'

type Part = { entry: Home; record: OnRecord; written: (says: string) => void }

/** Somebody moves in: one who is in the register, or one who is not yet. */
export function MoveInForm(props: Part) {
  const words = useRegisterWords()
  const [who, setWho] = useState<'known' | 'new'>('known')
  return (
    <details>
      <summary class="button button-quiet out-left">{words.moveIn}</summary>
      <div class="stack">
        <ChoiceGroup
          legend={words.moveInWho}
          name="moves in"
          options={keysOf(words.moveInWhos).map((value) => ({
            ...{ value, words: words.moveInWhos[value] },
          }))}
          value={who}
          onPick={(value) => setWho(value as typeof who)}
        />
        {who === 'known' ? <KnownForm {...props} /> : <NewForm {...props} />}
      </div>
    </details>
  )
}

type Living = { tenure: Tenure | ''; relation: Relation | ''; livesAlone: boolean }

function useLiving() {
  const [living, set] = useState<Living>({ tenure: '', relation: '', livesAlone: false })
  const asked = {
    ...{ tenure: living.tenure || null, relation: living.relation || null },
    livesAlone: living.livesAlone,
  }
  return { living, set, asked }
}

function LivingFields(props: { living: Living; set: (living: Living) => void }) {
  const { living, set } = props
  const words = useRegisterWords()
  const unknown = { value: '', words: words.unknown }
  return (
    <>
      <SelectField
        label={words.tenure}
        name="tenure"
        options={[
          unknown,
          ...keysOf(words.tenures).map((value) => ({ value, words: words.tenures[value] })),
        ]}
        value={living.tenure}
        onInput={(value) => set({ ...living, tenure: value as Tenure | '' })}
      />
      <SelectField
        label={words.relation}
        name="relation"
        options={[
          unknown,
          ...keysOf(words.relations).map((value) => ({ value, words: words.relations[value] })),
        ]}
        value={living.relation}
        onInput={(value) => set({ ...living, relation: value as Relation | '' })}
      />
      <CheckGroup
        legend={words.livesAlone}
        name="alone"
        options={[{ value: 'alone', words: words.alone }]}
        values={living.livesAlone ? ['alone'] : []}
        onPick={(values) => set({ ...living, livesAlone: values.length > 0 })}
      />
    </>
  )
}

function KnownForm({ entry, record, written }: Part) {
  const words = useRegisterWords()
  const today = dayOf(useNow())
  const { isBusy, refusal, run } = useAct()
  const [picked, pick] = useState<Picked | null>(null)
  const [on, setOn] = useState(today)
  const [household, setHousehold] = useState<'first' | 'new'>('first')
  const { living, set, asked } = useLiving()
  if (picked === null) {
    return (
      <PersonFinder
        request={record.request}
        name="who moves in"
        label={words.moveInFind}
        onPick={pick}
      />
    )
  }
  const put = async () => {
    const move = {
      ...{ person: picked.person, what: 'moved-in' as const, on },
      ...{ home: entry.home.place as string as HomeCode, ...asked },
      ...(household === 'new' ? { household } : {}),
    }
    if (await run(() => call<typeof registerMove>('post', '/people/moves', move))) {
      written(words.moveInDone(picked.name))
    }
  }
  return (
    <div class="stack">
      <div class="flow">
        <p class="strong">{words.moveInChosen(picked.name)}</p>
        <Button kind="quiet" onClick={() => pick(null)}>
          {words.moveInOther}
        </Button>
      </div>
      <TextField
        label={words.moveOn}
        name="moves in on"
        type="date"
        max={today}
        value={on}
        onInput={setOn}
      />
      <LivingFields living={living} set={set} />
      {entry.residents.length > 0 ? (
        <ChoiceGroup
          legend={words.whichHousehold}
          name="household"
          options={[
            { value: 'first', words: words.householdFirst },
            { value: 'new', words: words.householdNew },
          ]}
          value={household}
          onPick={(value) => setHousehold(value as typeof household)}
        />
      ) : null}
      <RefusalStrip refusal={refusal} />
      <div>
        <Button busy={isBusy} disabled={on === ''} onClick={() => void put()}>
          {words.moveInDo}
        </Button>
      </div>
    </div>
  )
}

const nothing = { name: '', bornOn: '', idNumber: '', phone: '' }

function NewForm({ entry, written }: Part) {
  const words = useRegisterWords()
  const today = dayOf(useNow())
  const { isBusy, refusal, run } = useAct()
  const [said, say] = useState(nothing)
  const { living, set, asked } = useLiving()
  const put = async () => {
    const name = said.name.trim()
    const made = {
      ...{ name, bornOn: said.bornOn || null, phone: said.phone.trim() || null, ...asked },
      ...{ idNumber: said.idNumber.trim() || null },
      home: entry.home.place as string as HomeCode,
    }
    if (await run(() => call<typeof addPerson>('post', '/people', made))) {
      say(nothing)
      written(words.moveInDone(name))
    }
  }
  const field = (name: keyof typeof nothing) => ({
    ...{ name: `new ${name}`, autoComplete: 'off', value: said[name] },
    onInput: (value: string) => say({ ...said, [name]: value }),
  })
  const optionalWord = words.optional
  return (
    <div class="stack">
      <TextField label={words.newName} maxLength={60} {...field('name')} />
      <TextField
        label={words.newBornOn}
        type="date"
        max={today}
        optionalWord={optionalWord}
        {...field('bornOn')}
      />
      <TextField
        label={words.newIdNumber}
        help={words.newIdNumberHelp}
        maxLength={30}
        optionalWord={optionalWord}
        {...field('idNumber')}
      />
      <TextField
        label={words.newPhone}
        type="tel"
        maxLength={20}
        optionalWord={optionalWord}
        {...field('phone')}
      />
      <LivingFields living={living} set={set} />
      <RefusalStrip refusal={refusal} />
      <div>
        <Button busy={isBusy} disabled={said.name.trim() === ''} onClick={() => void put()}>
          {words.newDo}
        </Button>
      </div>
    </div>
  )
}
