import { useNow } from '../shell/shell.tsx'
import { useCentreWords, useLanguage } from '../shell/words.tsx'
import { formatDuration } from '../words/format.ts'
import { Scroll } from './frame.tsx'
import type { OneMatter } from './matters.ts'
import { Name } from './name.tsx'
import { formatMoment } from './story.ts'

/** Sent, delivered and acknowledged apart: none of them stands for another. */
export function Told(props: { told: OneMatter['told'] }) {
  const words = useCentreWords()
  const now = useNow()
  const language = useLanguage()
  const { told } = props
  if (told.length === 0) return null
  const after = (at: number | null, from: number) =>
    at === null ? (
      <span class="muted">{words.notYet}</span>
    ) : (
      `+${formatDuration(at - from, language)}`
    )
  return (
    <div>
      <h3 class="strong">{words.toldTitle}</h3>
      <p class="note">{words.toldLine}</p>
      <Scroll label={words.toldTitle}>
        <table class="told">
          <thead>
            <tr>
              <th scope="col">{words.columns.who}</th>
              <th scope="col">{words.made}</th>
              <th scope="col">{words.attempted}</th>
              <th scope="col">{words.delivered}</th>
              <th scope="col">{words.acknowledged}</th>
            </tr>
          </thead>
          <tbody>
            {told.map((one) => (
              <tr key={`${one.unit} ${one.title} ${one.madeAt}`}>
                <th scope="row">
                  <Name of={`${one.unit} ${one.title}`} />
                </th>
                <td>{formatMoment(one.madeAt, now, language)}</td>
                <td>{after(one.attemptedAt, one.madeAt)}</td>
                <td>{after(one.deliveredAt, one.madeAt)}</td>
                <td class={one.acknowledgedAt === null ? undefined : 'is-jade'}>
                  {after(one.acknowledgedAt, one.madeAt)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </div>
  )
}
