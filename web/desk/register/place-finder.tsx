import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { listCompounds, stairGrid } from '../../../src/ground/places/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { PlaceCode } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct, useFirst, useIsAlive } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useRegisterWords, useWorkWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/field.tsx'

type Grid = Output<typeof stairGrid>
export type Stair = Grid['stairs'][number]

/** From a compound to a stair of it: places only, nobody who lives there. */
export function StairFinder(props: {
  name: string
  children: (stair: Stair) => ComponentChildren
}) {
  const words = useRegisterWords()
  const { places } = useWorkWords()
  const isAlive = useIsAlive()
  const kept = useFirst<typeof listCompounds>('/places/compounds', {})
  const { isBusy, refusal, run } = useAct()
  const [compound, setCompound] = useState('')
  const [stairs, setStairs] = useState<readonly Stair[] | null>(null)
  const [stair, setStair] = useState<Stair | null>(null)
  const result = kept.result.value
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={kept.again} />
  const ask = (place: string, use: (grid: Grid) => void) =>
    void run(async () => {
      const asked = { place: place as PlaceCode }
      const found = await call<typeof stairGrid>('get', '/places/stairs', asked)
      if (found.ok) use(found.answer)
      return found
    })
  const pickCompound = (code: string) => {
    setCompound(code)
    setStairs(null)
    setStair(null)
    if (code !== '') ask(code, (grid) => setStairs(grid.stairs))
  }
  const pickStair = (code: string) => {
    setStair(null)
    if (code === '') return
    ask(code, (grid) => setStair(grid.stairs.find(({ place }) => place === code) ?? null))
  }
  const choose = { value: '', words: words.choose }
  return (
    <fieldset class="stack" disabled={!isAlive || isBusy}>
      <SelectField
        label={words.compound}
        name={`${props.name} compound`}
        options={[
          choose,
          ...result.answer.compounds.map((one) => ({ value: one.compound, words: one.name })),
        ]}
        value={compound}
        onInput={pickCompound}
      />
      {stairs?.length === 0 ? <p class="note">{words.noStairs}</p> : null}
      {stairs && stairs.length > 0 ? (
        <SelectField
          label={words.stair}
          name={`${props.name} stair`}
          options={[
            choose,
            ...stairs.map((one) => ({
              value: one.place,
              words: `${places.stair(one.number)} · ${places.homes(one.homeCount)}`,
            })),
          ]}
          value={stair?.place ?? ''}
          onInput={pickStair}
        />
      ) : null}
      <RefusalStrip refusal={refusal} />
      {stair ? props.children(stair) : null}
    </fieldset>
  )
}

/** The homes of a stair, the highest floor on top, each to press. */
export function HomeButtons(props: {
  stair: Stair
  busy?: boolean | undefined
  onPick: (home: Stair['homes'][number]) => void
}) {
  const { places } = useWorkWords()
  const { stair, busy, onPick } = props
  const floors = [...Map.groupBy(stair.homes, ({ floor }) => floor)].toSorted(([a], [b]) => b - a)
  return (
    <ul class="stack stack-tight">
      {floors.map(([floor, homes]) => (
        <li class="flow" key={floor}>
          <span class="note home-floor">{places.floor(floor)}</span>
          {homes.map((one) => (
            <Button key={one.home} busy={busy} onClick={() => onPick(one)}>
              {one.room}
            </Button>
          ))}
        </li>
      ))}
    </ul>
  )
}
