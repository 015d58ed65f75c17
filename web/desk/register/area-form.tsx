import { useState } from 'preact/hooks'
import type { AreaSource } from '../../../src/ground/people/homes/types.ts'
import type { setArea } from '../../../src/ground/people/keeping/api.ts'
import { dayOf } from '../../../src/kernel/calendar.ts'
import type { HomeCode } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { keysOf } from './frame.tsx'
import type { Home } from './home-panel.tsx'

/** Written as people write it and sent as text: the server keeps whole hundredths. */
export function AreaForm(props: { entry: Home; written: (says: string) => void }) {
  const { entry, written } = props
  const words = useRegisterWords()
  const today = dayOf(useNow())
  const { isBusy, refusal, run } = useAct()
  const [source, setSource] = useState<AreaSource>('register')
  const [text, setText] = useState('')
  const [since, setSince] = useState(today)
  const [isWrong, setWrong] = useState(false)
  const put = async () => {
    const area = text.normalize('NFKC').trim()
    const isArea = /^(0|[1-9][0-9]{0,6})(\.[0-9]{1,2})?$/.test(area) && Number(area) > 0
    setWrong(!isArea)
    if (!isArea) return
    await run(async () => {
      const home = entry.home.place as string as HomeCode
      const asked = { home, source, area, since }
      const result = await call<typeof setArea>('post', '/people/area', asked)
      if (result.ok) {
        const { counts } = result.answer
        setText('')
        written(words.areaDone(counts.area, words.areaSources[counts.source]))
      }
      return result
    })
  }
  return (
    <details>
      <summary class="button button-quiet out-left">{words.areaChange}</summary>
      <div class="stack">
        <SelectField
          label={words.areaSource}
          name="area source"
          options={keysOf(words.areaSources).map((value) => ({
            ...{ value, words: words.areaSources[value] },
          }))}
          value={source}
          onInput={(value) => setSource(value as AreaSource)}
        />
        <TextField
          label={words.areaText}
          name="area"
          inputMode="decimal"
          autoComplete="off"
          maxLength={12}
          help={words.areaTextHelp}
          problem={isWrong ? words.areaProblem : undefined}
          value={text}
          onInput={setText}
        />
        <TextField
          label={words.areaSince}
          name="area since"
          type="date"
          max={today}
          value={since}
          onInput={setSince}
        />
        <RefusalStrip refusal={refusal} />
        <div>
          <Button busy={isBusy} disabled={text === '' || since === ''} onClick={() => void put()}>
            {words.areaDo}
          </Button>
        </div>
      </div>
    </details>
  )
}
