import { useCentreWords } from '../shell/words.tsx'
import { Bar, type Paint } from '../ui/charts.tsx'
import { allOf, type Health } from './matters.ts'

const paints: readonly (readonly [keyof Health, Paint])[] = [
  ['alive', 'jade'],
  ['quiet', 'amber'],
  ['unknown', 'unknown'],
  ['neverReported', 'none'],
]
/** A few of many would be a hair: what is there can be seen. */
const leastShare = 0.02

/** How the devices are, as shares; what is unknown or was never heard has its own. */
export function DeviceBar(props: { of: Health; isSaid?: boolean | undefined }) {
  const words = useCentreWords()
  const { of } = props
  const all = allOf(of)
  if (all === 0) return null
  const raised = paints.map(([name, paint]) => ({
    share: of[name] === 0 ? 0 : Math.max(leastShare, of[name] / all),
    paint,
  }))
  const whole = raised.reduce((sum, { share }) => sum + share, 0)
  const parts = raised
    .filter(({ share }) => share > 0)
    .map(({ share, paint }) => ({ share: share / whole, paint }))
  const bar = (
    <Bar label={words.deviceBar(of.alive, of.quiet, of.unknown, of.neverReported)} parts={parts} />
  )
  return props.isSaid === false ? <span aria-hidden="true">{bar}</span> : bar
}
