import { useWorkWords, useDeviceWords } from '../../shell/words.tsx'
import { State } from '../../ui/state.tsx'
import { AddMany } from './add-many.tsx'
import { AddOne } from './add-one.tsx'
import { DevicesFrame, useIsOfficer } from './frame.tsx'

/** One device by a form, or many by a table. */
export function AddPage() {
  const { sensing, ui } = useWorkWords()
  const words = useDeviceWords()
  const isOfficer = useIsOfficer()
  return (
    <DevicesFrame at="/desk/devices/add" label={sensing.addTitle}>
      <div class="stack stack-wide sheet">
        <h1 class="head">{sensing.addTitle}</h1>
        {isOfficer ? (
          <div class="beside">
            <AddOne />
            <AddMany />
          </div>
        ) : (
          <State kind="not-allowed" title={ui.notAllowed} line={words.addOnly} />
        )}
      </div>
    </DevicesFrame>
  )
}
