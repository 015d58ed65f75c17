import { dayOf } from '../../../kernel/calendar.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Given } from '../../../platform/given.ts'
import { dayKinds } from '../../../ground/rules/index.ts'

export type Calendar = Awaited<ReturnType<typeof openCalendar>>

/** Working days and days off, for all kernels. A year's table may come while the town runs. */
export async function openCalendar({ db }: Given) {
  const read = () => db.asOwner((tx) => dayKinds(tx))
  let kindOf = await read()
  return {
    dayKind: (day: string) => kindOf(day),
    async look(now: Instant): Promise<void> {
      if (kindOf(dayOf(now)) === undefined) kindOf = await read()
    },
  }
}
