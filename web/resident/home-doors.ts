/** The doors of a resident's home page, in the order in which they are wanted. */

import {
  DoorOpen,
  Eye,
  FileText,
  HandHelping,
  HeartPulse,
  House,
  MessageSquareWarning,
  MonitorSmartphone,
} from 'lucide'
import type { IconNode } from '../ui/icon.tsx'
import type { ResidentWords } from '../words/resident.ts'

export type Door = {
  href: string
  icon: IconNode
  title: string
  line: string
  /** Something is done there; the others are looked up. */
  isDone: boolean
  /** Big in the elder view. */
  isFirst: boolean
}

/** Whoever has only proven a telephone, or lives elsewhere, finds what opens without a home. */
export function doorsOf(
  asking: { isResident: boolean; isOwner: boolean; isActing: boolean; careLine: string },
  words: ResidentWords['home'],
): Door[] {
  const { isResident, isOwner, isActing, careLine } = asking
  const acting = {
    ...{ href: '/helpers', icon: HandHelping, isDone: true, isFirst: true },
    ...{ title: words.helpers, line: words.helpersLine },
  }
  const myHome = {
    ...{ href: '/my-home', icon: House, isDone: true, isFirst: false },
    ...{ title: words.myHome, line: words.myHomeLine },
  }
  const devices = {
    ...{ href: '/me/keys', icon: MonitorSmartphone, isDone: false, isFirst: false },
    ...{ title: words.devices, line: words.devicesLine },
  }
  const report = {
    ...{ href: '/report', icon: MessageSquareWarning, isDone: true, isFirst: false },
    ...{ title: words.report, line: words.reportLine },
  }
  const looks = {
    ...{ href: '/care/looks', icon: Eye, isDone: false, isFirst: true },
    ...{ title: words.looks, line: words.looksLine },
  }
  const myData = {
    ...{ href: '/my-data', icon: FileText, isDone: false, isFirst: false },
    ...{ title: words.myData, line: words.myDataLine },
  }
  const own = { ...myHome, isFirst: true }
  if (isOwner) return [own, acting, report, looks, myData, devices]
  if (!isResident) return [own, acting, myData, devices]
  return [
    {
      ...{ href: '/care', icon: HeartPulse, isDone: false, isFirst: true },
      ...{ title: words.care, line: careLine },
    },
    {
      ...{ href: '/visitors', icon: DoorOpen, isDone: true, isFirst: true },
      ...{ title: words.visitors, line: words.visitorsLine },
    },
    acting,
    report,
    myHome,
    looks,
    // Whoever acts for somebody has devices of their own, and sees none of that person's.
    ...(isActing ? [] : [myData, devices]),
  ]
}
