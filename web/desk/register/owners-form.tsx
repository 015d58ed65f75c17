import { useState } from 'preact/hooks'
import { Plus, Trash2 } from 'lucide'
import type { AreaSource, OwnerKind } from '../../../src/ground/people/homes/types.ts'
import type { setOwnership } from '../../../src/ground/people/keeping/api.ts'
import { dayOf } from '../../../src/kernel/calendar.ts'
import type { HomeCode, PersonId } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ChoiceGroup } from '../../ui/choice.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { keysOf } from './frame.tsx'
import type { OnRecord } from './find-page.tsx'
import type { Home } from './home-panel.tsx'
import { PersonFinder, type Picked } from './person-finder.tsx'
import { leftOf, partIn } from './shares.ts'

const ownersMax = 50
const yes = 'registered'
const no = 'in-possession'

type Written = {
  key: number
  kind: OwnerKind
  person: string
  firm: string
  part: string
  whole: string
  state: typeof yes | typeof no
}

const nobody: Omit<Written, 'key'> = {
  ...{ kind: 'person', person: '', firm: '', part: '1', whole: '1', state: yes },
}

type Part = {
  entry: Home
  record: OnRecord
  written: (says: string) => void
}

/** The owners as they are being written, until all shares are the whole. */
function useOwners({ entry, written }: Part, today: string) {
  const words = useRegisterWords()
  const { isBusy, refusal, run } = useAct()
  const [owners, set] = useState<readonly Written[]>(() => writtenOf(entry))
  const [found, find] = useState<readonly Picked[]>([])
  const [on, setOn] = useState(today)
  const [source, setSource] = useState<AreaSource>('register')
  const change = (key: number, more: Partial<Written>) =>
    set(owners.map((one) => (one.key === key ? { ...one, ...more } : one)))
  const add = (more: Partial<Written> = {}) =>
    set([...owners, { ...nobody, ...more, key: Math.max(0, ...owners.map(({ key }) => key)) + 1 }])
  const shares = sharesIn(owners)
  return {
    ...{ owners, on, setOn, source, setSource, shares, isBusy, refusal, change, add },
    isWhole: shares !== null && leftOf(shares) === 'whole',
    known: knownIn(entry, found, words.child),
    remove: (gone: number) => set(owners.filter(({ key }) => key !== gone)),
    pick(picked: Picked) {
      find([...found, picked])
      const free = owners.find((one) => one.kind === 'person' && one.person === '')
      if (free) change(free.key, { person: picked.person })
      else add({ person: picked.person })
    },
    async put() {
      if (shares === null) return
      const asked = {
        ...{ home: entry.home.place as string as HomeCode, on },
        owners: shares.map((one) => ({ ...one, source })),
      }
      if (await run(() => call<typeof setOwnership>('post', '/people/ownership', asked))) {
        written(words.ownersDone)
      }
    },
  }
}

/** All owners of a home at once, with shares that are the whole together. */
export function OwnersForm(props: Part) {
  const words = useRegisterWords()
  const today = dayOf(useNow())
  const form = useOwners(props, today)
  const { owners } = form
  return (
    <details>
      <summary class="button button-quiet out-left">{words.ownersChange}</summary>
      <div class="stack">
        <p class="note">{words.ownersLine}</p>
        {owners.map((one, n) => (
          <OneOwner
            key={one.key}
            n={n + 1}
            owner={one}
            known={form.known}
            change={(more) => form.change(one.key, more)}
            onRemove={owners.length > 1 ? () => form.remove(one.key) : undefined}
          />
        ))}
        <div>
          <Button icon={Plus} disabled={owners.length >= ownersMax} onClick={() => form.add()}>
            {words.ownerAdd}
          </Button>
        </div>
        <details>
          <summary class="button button-quiet out-left">{words.ownerFind}</summary>
          <PersonFinder
            request={props.record.request}
            name="an owner"
            label={words.ownerFind}
            onPick={form.pick}
          />
        </details>
        <SelectField
          label={words.ownersSource}
          name="owners source"
          options={keysOf(words.areaSources).map((value) => ({
            ...{ value, words: words.areaSources[value] },
          }))}
          value={form.source}
          onInput={(value) => form.setSource(value as AreaSource)}
        />
        <TextField
          label={words.ownersOn}
          name="owners on"
          type="date"
          max={today}
          value={form.on}
          onInput={form.setOn}
        />
        <p class={form.isWhole ? 'strong' : 'strong is-signal'} role="status">
          {sumSaid(form.shares, words)}
        </p>
        <RefusalStrip refusal={form.refusal} />
        <div>
          <Button
            busy={form.isBusy}
            disabled={!form.isWhole || form.on === ''}
            onClick={() => void form.put()}
          >
            {words.ownersDo}
          </Button>
        </div>
      </div>
    </details>
  )
}

type Known = { value: string; words: string }[]

function OneOwner(props: {
  n: number
  owner: Written
  known: Known
  change: (more: Partial<Written>) => void
  onRemove: (() => void) | undefined
}) {
  const { n, owner, known, change, onRemove } = props
  const words = useRegisterWords()
  const name = (field: string) => `owner ${owner.key} ${field}`
  return (
    <Card sunk label={words.ownerNumber(n)}>
      <div class="stack stack-tight">
        <div class="flow">
          <h3 class="strong grow">{words.ownerNumber(n)}</h3>
          {onRemove ? (
            <Button kind="quiet" icon={Trash2} onClick={onRemove}>
              {words.ownerRemove(n)}
            </Button>
          ) : null}
        </div>
        <SelectField
          label={words.ownerKind}
          name={name('kind')}
          options={keysOf(words.ownerKinds).map((value) => ({
            ...{ value, words: words.ownerKinds[value] },
          }))}
          value={owner.kind}
          onInput={(value) => change({ kind: value as OwnerKind })}
        />
        {owner.kind === 'person' ? (
          <SelectField
            label={words.ownerPerson}
            name={name('person')}
            options={[{ value: '', words: words.choose }, ...known]}
            value={owner.person}
            onInput={(person) => change({ person })}
          />
        ) : (
          <TextField
            label={words.ownerFirm}
            name={name('firm')}
            maxLength={80}
            value={owner.firm}
            onInput={(firm) => change({ firm })}
          />
        )}
        <ShareFields owner={owner} name={name} change={change} />
        <ChoiceGroup
          legend={words.ownerState}
          name={name('state')}
          options={[
            { value: yes, words: words.ownerRegistered },
            { value: no, words: words.ownerInPossession },
          ]}
          value={owner.state}
          onPick={(state) => change({ state: state as Written['state'] })}
        />
      </div>
    </Card>
  )
}

/** A part of the whole, as the certificate writes it: 1 / 2. */
function ShareFields(props: {
  owner: Written
  name: (field: string) => string
  change: (more: Partial<Written>) => void
}) {
  const { owner, name, change } = props
  const words = useRegisterWords()
  const field = (key: 'part' | 'whole') => ({
    ...{ name: name(key), maxLength: 5, value: owner[key] },
    onInput: (value: string) => change({ [key]: value }),
  })
  return (
    <div class="pair">
      <TextField label={words.ownerPart} inputMode="numeric" {...field('part')} />
      <TextField label={words.ownerWhole} inputMode="numeric" {...field('whole')} />
    </div>
  )
}

function writtenOf({ owners }: Home): Written[] {
  if (owners.length === 0) return [{ ...nobody, key: 1 }]
  return owners.slice(0, ownersMax).map((one, n) => ({
    ...{ key: n + 1, kind: one.kind, person: one.person ?? '' },
    ...{ firm: one.person ? '' : (one.name ?? ''), part: String(one.part) },
    ...{ whole: String(one.whole), state: one.isRegistered ? yes : no },
  }))
}

/** Whoever owns it or lives there, and whoever was found: a child without a name is called one. */
function knownIn({ owners, residents }: Home, found: readonly Picked[], child: string): Known {
  const all = new Map<string, string>()
  for (const { person, name } of [...owners, ...residents, ...found]) {
    if (person) all.set(person, name ?? child)
  }
  return [...all].map(([value, name]) => ({ value, words: name }))
}

/** As they are sent; null: something of them is not written yet. */
function sharesIn(owners: readonly Written[]) {
  const shares = owners.map(({ kind, person, firm, part, whole, state }) => {
    const isPerson = kind === 'person'
    const of = { part: partIn(part), whole: partIn(whole) }
    const isNamed = isPerson ? person !== '' : firm.trim().length >= 2
    if (!isNamed || of.part === undefined || of.whole === undefined) return null
    return {
      ...{ kind, person: isPerson ? (person as PersonId) : null, isRegistered: state === yes },
      ...{ firm: isPerson ? null : firm.trim(), part: of.part, whole: of.whole },
    }
  })
  return shares.every((one) => one !== null) ? shares : null
}

function sumSaid(
  shares: ReturnType<typeof sharesIn>,
  words: ReturnType<typeof useRegisterWords>,
): string {
  if (shares === null) return words.sharesOpen
  const left = leftOf(shares)
  if (left === 'whole') return words.sharesWhole
  return left.isMore ? words.sharesMore(left.left) : words.sharesLess(left.left)
}
