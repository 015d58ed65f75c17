import type { ComponentChildren } from 'preact'
import type { whoAmI } from '../../../src/desks/identity/api.ts'
import { useFirst } from '../../shell/shell.tsx'
import { useDeviceWords, useWorkWords } from '../../shell/words.tsx'
import { Column, Views } from '../../ui/frames.tsx'
import { Desk } from '../desk.tsx'

type Door = '/desk/devices' | '/desk/gateways' | '/desk/devices/add'

/** The frame of the device pages: their lists beside each other over what is shown. */
export function DevicesFrame(props: {
  at: Door | null
  label: string
  isSheet?: boolean
  children: ComponentChildren
}) {
  const { sensing } = useWorkWords()
  const { views } = useDeviceWords()
  const mayAdd = useIsOfficer()
  const view = (href: Door, words: string) => ({ href, words, current: props.at === href })
  return (
    <Desk at="/desk/devices" shows="main" isSheet={props.isSheet}>
      <Column kind="main" label={props.label}>
        <div class="no-print">
          <Views
            label={views}
            views={[
              view('/desk/devices', sensing.devicesTitle),
              view('/desk/gateways', sensing.gatewaysTitle),
              ...(mayAdd ? [view('/desk/devices/add', sensing.addTitle)] : []),
            ]}
          />
        </div>
        {props.children}
      </Column>
    </Desk>
  )
}

/** The registry is changed by the street alone. */
export function useIsOfficer(): boolean {
  const me = useFirst<typeof whoAmI>('/identity/me', {}).result.value
  return me?.ok === true && me.answer.role === 'street'
}
