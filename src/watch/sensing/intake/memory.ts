import type { Instant } from '../../../kernel/clock.ts'
import type { ConsentId, DeviceId, HomeCode } from '../../../kernel/ids.ts'
import type { Consented } from '../../../ground/privacy/index.ts'
import { aheadMsMax } from '../decide.ts'
import type { Device } from '../types.ts'
import type { Agreement, Known } from './intake.ts'
import { marksFrom } from './marks.ts'

/** What is known of every device, and which homes agree. Rebuilt at start; kept up by events. */
export function openMemory() {
  const known = new Map<DeviceId, Known>()
  const agreed = new Map<HomeCode, Agreement>()

  return {
    get: (device: string) => known.get(device as DeviceId),
    all: () => known.values(),
    size: () => known.size,
    put(
      device: Device,
      passwordDigest: Buffer,
      stream: { heardAt: Instant; sequences: number[] } | undefined,
    ): Known {
      const before = known.get(device.device)
      const made: Known = {
        device,
        passwordDigest,
        consent: agreed.get(device.home) ?? null,
        marks: before?.marks ?? marksFrom(stream?.sequences ?? []),
        heardAt: before?.heardAt ?? stream?.heardAt ?? null,
        // Saved is when it was heard; what it said may have lain so much ahead.
        newestAt: before?.newestAt ?? (stream ? stream.heardAt + aheadMsMax : null),
        isChanged: before?.isChanged ?? false,
        minute: 0,
        inMinute: 0,
      }
      known.set(device.device, made)
      return made
    },
    agree(consent: Consented<'agreed-care'>): void {
      const { consent: id, person, givenAt: since, until } = consent
      const live = { id, person, since, until }
      agreed.set(consent.home, live)
      for (const each of known.values()) {
        if (each.device.home === consent.home) each.consent = live
      }
    },
    /** Nothing personal is taken in from this moment on. */
    endAgreement(consent: ConsentId): void {
      for (const [home, live] of agreed) if (live.id === consent) agreed.delete(home)
      for (const each of known.values()) if (each.consent?.id === consent) each.consent = null
    },
  }
}
