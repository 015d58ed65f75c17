import { useEffect, useState } from 'preact/hooks'
import type { findModels } from '../../../src/watch/devices/api.ts'
import { useFirst } from '../../shell/shell.tsx'
import { useDeviceWords, useWorkWords } from '../../shell/words.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'

/** Whoever writes is not asked about every letter. */
const patienceMs = 300

/** A model by a part of its name, then one of those found: hundreds are known. */
export function ModelField(props: {
  model: string
  problem: string | undefined
  onPick: (model: string) => void
}) {
  const words = useDeviceWords()
  const { ui } = useWorkWords()
  const [text, setText] = useState('')
  const [asked, ask] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => ask(text.trim()), patienceMs)
    return () => clearTimeout(timer)
  }, [text])
  const found = useFirst<typeof findModels>(
    '/devices/models',
    asked === '' ? null : { text: asked },
  ).result.value
  const models = asked !== '' && found?.ok ? found.answer.models : null
  return (
    <>
      <TextField
        label={words.modelSearch}
        name="model-search"
        type="search"
        optionalWord={ui.optional}
        autoComplete="off"
        maxLength={60}
        help={
          models === null
            ? words.modelSearchHelp
            : models.length === 0
              ? words.modelNone
              : words.modelFound(models.length, found?.ok ? found.answer.total : 0)
        }
        value={text}
        onInput={setText}
      />
      {models === null || models.length === 0 ? null : (
        <SelectField
          label={words.modelPick}
          name="model"
          value={props.model}
          problem={props.problem}
          options={[
            { value: '', words: words.modelSkip },
            ...models.map((one) => ({ value: one.id, words: `${one.vendor} ${one.model}` })),
          ]}
          onInput={props.onPick}
        />
      )}
    </>
  )
}
