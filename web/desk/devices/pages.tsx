import { urlOf } from '../../shell/call.ts'
import type { Page } from '../../shell/pages.ts'
import { AddPage } from './add-page.tsx'
import { DevicePage } from './device-page.tsx'
import { filterOf, inputOf, startPath } from './filter.ts'
import { GatewaysPage } from './gateways-page.tsx'
import { LabelsPage } from './labels-page.tsx'
import { ListPage } from './list-page.tsx'

const list: Omit<Page, 'path'> = {
  front: 'desk',
  needs: (params) => [urlOf('/sensing/devices', inputOf(filterOf(params)))],
  title: (words) => words.sensing.devicesTitle,
  show: ListPage,
}

/** What a street has hung up and what carries its messages. The first that fits a path is it. */
export const devicePages: readonly Page[] = [
  { ...list, path: startPath },
  { ...list, path: '/desk/devices/of/:committee/:kind/:state' },
  {
    path: '/desk/devices/add',
    front: 'desk',
    needs: () => [],
    title: (words) => words.sensing.addTitle,
    show: AddPage,
  },
  {
    path: '/desk/devices/labels',
    front: 'desk',
    needs: () => [],
    title: (words) => words.sensing.labelsTitle,
    show: LabelsPage,
  },
  {
    // what a label's code says, too
    path: '/desk/devices/:device',
    front: 'desk',
    needs: (params) => [
      urlOf('/sensing/device', { device: params.device }),
      urlOf('/devices/story', { source: params.device }),
    ],
    title: (words) => words.sensing.deviceTitle,
    show: DevicePage,
  },
  {
    path: '/desk/gateways',
    front: 'desk',
    needs: () => [urlOf('/sensing/gateways')],
    title: (words) => words.sensing.gatewaysTitle,
    show: GatewaysPage,
  },
]
