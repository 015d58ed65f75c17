import { useDeviceWords } from '../../shell/words.tsx'
import { TextField } from '../../ui/field.tsx'

const committee = '[0-9]{12}'
const compound = `${committee}-[0-9]{2,3}`
const stair = `${compound}-[0-9A-Za-z]{1,8}`
const home = `${stair}-[0-9A-Za-z]{1,8}`
const levels = [committee, compound, stair, home].map((pattern) => new RegExp(`^${pattern}$`))

/** How exact a place's code is: 1 a neighbourhood to 4 a home; 0 is no code. */
export function placeLevel(code: string): number {
  return levels.findIndex((level) => level.test(code)) + 1
}

/** A code as people write it: blanks and long dashes are no fault. */
export function placeCode(written: string): string {
  return written
    .trim()
    .replaceAll(/\s/g, '')
    .replaceAll(/[–—－]/g, '-')
}

/** Where something stands, by the code of the place, as long as it is exact. */
export function PlaceField(props: {
  label: string
  value: string
  problem?: string | undefined
  onInput: (value: string) => void
}) {
  const words = useDeviceWords()
  const level = placeLevel(placeCode(props.value))
  return (
    <TextField
      label={props.label}
      name="place"
      autoComplete="off"
      maxLength={60}
      help={level === 0 ? words.placeHelp : words.placeRead(level)}
      problem={props.problem}
      value={props.value}
      onInput={props.onInput}
    />
  )
}
