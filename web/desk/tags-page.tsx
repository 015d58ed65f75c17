import { useState } from 'preact/hooks'
import { ChevronLeft, Printer, Tag as TagIcon } from 'lucide'
import type { listBodies } from '../../src/ground/duties/api.ts'
import type { issueTag, stairGrid } from '../../src/ground/places/api.ts'
import type { PlaceCode } from '../../src/kernel/ids.ts'
import { call, type Refusal } from '../shell/call.ts'
import type { Params } from '../shell/pages.ts'
import { useFirst } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useDeskWords, useWorkWords } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { ChoiceGroup } from '../ui/choice.tsx'
import { Column } from '../ui/frames.tsx'
import { codeOf, QrCode } from '../ui/qr.tsx'
import { Desk } from './desk.tsx'
import type { GridStair } from './lit.ts'

/** `spot`: the door as people say it, for whoever sticks it on; it is not printed on the tag. */
type Tag = { place: PlaceCode; spot: string; url: string; svg: string }
type Which = 'stair' | 'homes'

/** Tags for the doors of one stair, on a sheet of A4. What is made here ends what hangs there. */
export function TagsPage(props: { params: Params }) {
  const place = (props.params.place ?? '') as PlaceCode
  const words = useDeskWords()
  const { places } = useWorkWords()
  const kept = useFirst<typeof stairGrid>('/places/stairs', { place })
  const result = kept.result.value
  const stair = result?.ok ? result.answer.stairs.find((one) => one.place === place) : undefined
  return (
    <Desk at="/desk" shows="main" isSheet>
      <Column kind="main" label={words.tagsTitle}>
        <div class="stack stack-wide sheet">
          <div class="no-print stack">
            <LinkButton kind="quiet" icon={ChevronLeft} className="out-left back" href="/desk">
              {words.backToTasks}
            </LinkButton>
            <h1 class="head">
              {words.tagsTitle}
              {stair ? ` · ${places.stair(stair.number)}` : null}
            </h1>
            <p>{words.tagsLine}</p>
          </div>
          {stair ? (
            <OneStair stair={stair} />
          ) : (
            <Unanswered
              refusal={result && !result.ok ? result.refusal : undefined}
              again={kept.again}
            />
          )}
        </div>
      </Column>
    </Desk>
  )
}

function OneStair(props: { stair: GridStair }) {
  const { stair } = props
  const words = useDeskWords()
  const [which, pick] = useState<Which>('stair')
  const { tags, phone, refusal, isBusy, make } = useTags(stair)
  const count = which === 'stair' ? 1 : stair.homes.length
  if (tags.length > 0 && !isBusy) return <Sheet tags={tags} phone={phone} refusal={refusal} />
  return (
    <div class="stack reading">
      <ChoiceGroup
        legend={words.tagsWhich}
        name="which"
        options={[
          { value: 'stair', words: words.tagsStairOnly },
          ...(stair.homes.length > 0 ? [{ value: 'homes', words: words.tagsHomes }] : []),
        ]}
        value={which}
        onPick={(value) => pick(value as Which)}
      />
      <p class="note">{words.tagsMakeLine(count)}</p>
      <RefusalStrip refusal={refusal} />
      <Button kind="primary" icon={TagIcon} wide busy={isBusy} onClick={() => void make(which)}>
        {isBusy ? words.tagsMaking(tags.length, count) : words.tagsMake(count)}
      </Button>
    </div>
  )
}

function useTags(stair: GridStair) {
  const { places } = useWorkWords()
  const [tags, setTags] = useState<readonly Tag[]>([])
  const [phone, setPhone] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isBusy, setBusy] = useState(false)
  const make = async (which: Which) => {
    setBusy(true)
    setPhone(await phoneAt(stair.place))
    const made: Tag[] = []
    for (const { place, room } of which === 'stair' ? [stairDoor(stair)] : homeDoors(stair)) {
      const result = await call<typeof issueTag>('post', '/places/tags', { place })
      if (!result.ok) {
        setRefusal(result.refusal)
        break
      }
      const { url, svg } = result.answer
      const spot = places.spot({ committee: '', compound: null, stair: stair.number, room })
      made.push({ place, spot, url, svg })
      setTags([...made])
    }
    setBusy(false)
  }
  return { tags, phone, refusal, isBusy, make }
}

type Door = { place: PlaceCode; room: string | null }

function stairDoor({ place }: GridStair): Door {
  return { place, room: null }
}

function homeDoors({ homes }: GridStair): Door[] {
  return homes.map(({ home, room }) => ({ place: home, room }))
}

/** The committee's own: what a resident who finds the tag may call. */
async function phoneAt(place: PlaceCode): Promise<string | null> {
  const result = await call<typeof listBodies>('get', '/duties/bodies', {})
  if (!result.ok) return null
  const body = result.answer.bodies.find(
    ({ committee }) => committee !== null && place.startsWith(`${committee}-`),
  )
  return body?.phone ?? null
}

function Sheet(props: { tags: readonly Tag[]; phone: string | null; refusal: Refusal | null }) {
  const words = useDeskWords()
  return (
    <>
      <div class="no-print stack">
        <RefusalStrip refusal={props.refusal} />
        <p class="strong" role="status">
          {words.tagsMade(props.tags.length)}
        </p>
        <div>
          <Button kind="primary" icon={Printer} onClick={() => print()}>
            {words.print}
          </Button>
        </div>
      </div>
      <ul class="labels tags">
        {props.tags.map((tag) => (
          <OneTag key={tag.place} tag={tag} phone={props.phone} />
        ))}
      </ul>
    </>
  )
}

/** The address stands outside the line along which it is cut: the tag itself names no home. */
function OneTag(props: { tag: Tag; phone: string | null }) {
  const { tag, phone } = props
  const words = useDeskWords()
  const code = codeOf(tag.svg)
  return (
    <li>
      <p class="note tag-spot">{tag.spot}</p>
      <div class="label">
        {code ? <QrCode code={code} label={tag.url} /> : null}
        <span class="label-words">
          <b>{words.tagScan}</b>
          <span class="label-scan">{words.tagSmall}</span>
          {phone ? <span class="label-scan">{words.tagPhone(phone)}</span> : null}
        </span>
      </div>
    </li>
  )
}
