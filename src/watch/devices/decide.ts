import { never } from '../../kernel/asker.ts'
import { dayMs } from '../../kernel/clock.ts'
import type { DeviceId, GatewayId, HomeCode, PlaceCode, StreetCode } from '../../kernel/ids.ts'
import type { Device, DeviceKind, DevicePurpose, Format, Gateway, Model } from './types.ts'
import { dailySums, measures, readingStates } from './types.ts'

export const heartbeatSecondsDefault = 300

/** MQTT's topic of one device: one street, one device, one direction. */
export function topicOf(device: { street: StreetCode; device: DeviceId }): string {
  return `lilong/${device.street}/${device.device}/event`
}

/** What stands before every topic that a gateway may publish to. */
export function gatewayTopicOf(gateway: { street: StreetCode; gateway: GatewayId }): string {
  return `lilong/${gateway.street}/${gateway.gateway}`
}

export function isHome(place: PlaceCode): place is HomeCode {
  return place.split('-').length === 4
}

export function streetOf(place: PlaceCode): StreetCode {
  return place.slice(0, 9) as StreetCode
}

type Fitting = readonly DevicePurpose[]
/**
 * What a device may be there for, by kind; the first where nobody says. A home and everywhere else
 * are two worlds: what tells that somebody moved in a home is agreed care or is not there. A sum of
 * a whole day tells nothing of anybody's hours; it is taken for the crowding check alone.
 */
const fitting: Record<DeviceKind, { home: Fitting; elsewhere: Fitting }> = {
  'door-access': { home: ['agreed-care', 'crowding-check'], elsewhere: ['door-security'] },
  'door-contact': { home: ['agreed-care'], elsewhere: ['door-security'] },
  motion: { home: ['agreed-care'], elsewhere: ['door-security'] },
  'water-meter': { home: ['agreed-care', 'crowding-check'], elsewhere: ['water-and-power'] },
  smoke: { home: ['home-safety'], elsewhere: ['home-safety'] },
  gas: { home: ['home-safety'], elsewhere: ['home-safety'] },
  'water-leak': { home: ['home-safety'], elsewhere: ['home-safety', 'public-space'] },
  electrical: { home: ['home-safety'], elsewhere: ['home-safety', 'water-and-power'] },
  'sos-button': { home: ['emergency-call'], elsewhere: ['emergency-call'] },
  'camera-event': { home: [], elsewhere: ['public-space'] },
  ground: { home: [], elsewhere: ['public-space'] },
}

/** Null where such a device has no business: a camera or a ground sensor in a home. */
export function purposeFor(kind: DeviceKind, place: PlaceCode): DevicePurpose | null {
  return purposesFor(kind, place)[0] ?? null
}

export function purposesFor(kind: DeviceKind, place: PlaceCode): Fitting {
  return fitting[kind][isHome(place) ? 'home' : 'elsewhere']
}

/** The purpose that holds at the place: the wished, else the present one if it fits there. */
export function purposeGiven(
  kind: DeviceKind,
  place: PlaceCode,
  wished: DevicePurpose | undefined,
  present?: DevicePurpose,
): { purpose: DevicePurpose } | { wrong: 'place' | 'purpose' } {
  const purposes = purposesFor(kind, place)
  const purpose = wished ?? purposes.find((one) => one === present) ?? purposes[0]
  if (purposes.length === 0 || !purpose) return { wrong: 'place' }
  return purposes.includes(purpose) ? { purpose } : { wrong: 'purpose' }
}

/** The gateway decodes for it: it has no credential of its own and is known by its name there. */
export function speaksByGateway(format: Format | null): boolean {
  return format === 'zigbee2mqtt' || format === 'chirpstack'
}

const z2mOwn = /^bridge(\/|$)|^\/|\/$|\/(availability|get|set)$/
/**
 * The name that the gateway knows a device by, or the field that is wrong. A device EUI is written
 * small; a friendly name may hold `/`, but not end like one of zigbee2mqtt's own topics.
 */
export function nameAt(
  format: Format | null,
  name: string | undefined,
): { name: string | null } | { wrong: 'gateway' | 'nameAtGateway' } {
  if (name === undefined) {
    return speaksByGateway(format) ? { wrong: 'nameAtGateway' } : { name: null }
  }
  const plain = name.normalize('NFC')
  if (format !== null && /[+#]/.test(plain)) return { wrong: 'nameAtGateway' }
  switch (format) {
    case null:
      return { wrong: 'gateway' }
    case 'canonical':
      return { name: plain }
    case 'chirpstack':
      return /^[0-9a-f]{16}$/i.test(plain)
        ? { name: plain.toLowerCase() }
        : { wrong: 'nameAtGateway' }
    case 'zigbee2mqtt':
      return z2mOwn.test(plain) ? { wrong: 'nameAtGateway' } : { name: plain }
    default:
      return never(format)
  }
}

/** Its messages are read by the model's fields, so both must be of one format and kind. */
export function misfitOf(model: Model, kind: DeviceKind, format: Format | null): boolean {
  if (!model.kinds.includes(kind)) return true
  return speaksByGateway(format) && model.format !== format
}

const lendingDaysMax = 366
/** From today on, for a year at most. Both as `2026-07-09`. */
export function isLendingDay(until: string, today: string): boolean {
  const days = (Date.parse(until) - Date.parse(today)) / dayMs
  return days >= 0 && days <= lendingDaysMax && new Date(until).toISOString().startsWith(until)
}

/** What to copy into the gateway's own settings, as its maker writes them. */
export function settingsOf(gateway: Gateway, mqttUrl: string, at: string): string {
  const prefix = gatewayTopicOf(gateway)
  const { gateway: user, format } = gateway
  switch (format) {
    case 'zigbee2mqtt':
      return [
        ...['mqtt:', `  base_topic: ${prefix}`, `  server: ${mqttUrl}`, `  user: ${user}`],
        ...['  password: （上面的密码）', 'availability:', '  enabled: true', 'advanced:'],
        ...['  last_seen: ISO_8601', ''],
      ].join('\n')
    case 'chirpstack':
      return [
        ...['[integration]', '  enabled = ["mqtt"]', '', '  [integration.mqtt]'],
        `    event_topic = "${prefix}/{{dev_eui}}/event/{{event}}"`,
        `    command_topic = "${prefix}/{{application_id}}/{{dev_eui}}/command/{{command}}"`,
        ...[`    server = "${mqttUrl.replace(/^mqtts:/, 'ssl:').replace(/^mqtt:/, 'tcp:')}/"`],
        ...['    json = true', `    username = "${user}"`, '    password = "（上面的密码）"'],
        ...['    qos = 1', '    clean_session = false', `    client_id = "${user}"`, ''],
      ].join('\n')
    case 'canonical':
      return `${prefix}/batch\n${JSON.stringify([{ device: '…', seq: 1, at, state: 'open' }])}\n`
    default:
      return never(format)
  }
}

/** Where a device's messages come in: its own topic, or its name below the gateway's. */
export function inletOf(device: Device, gateway: Gateway | null): string {
  if (!gateway || !speaksByGateway(gateway.format)) return topicOf(device)
  const prefix = gatewayTopicOf(gateway)
  const name = device.nameAtGateway ?? ''
  return gateway.format === 'chirpstack' ? `${prefix}/${name}/event/up` : `${prefix}/${name}`
}

/** One message as the device would say it. A meter says a number with its unit's name. */
export function exampleOf(kind: DeviceKind, purpose: DevicePurpose, at: string): string {
  const sum = dailySums.find((one) => measures[one] === kind)
  if (purpose === 'crowding-check' && sum) {
    return JSON.stringify({ seq: 1, at, state: sum, value: 180 })
  }
  const [state] = readingStates[kind]
  if (state) return JSON.stringify({ seq: 1, at, state })
  return JSON.stringify({ seq: 1, at, state: 'water-litres', value: 12_345 })
}

/** The last six hexadecimal digits, in two groups: what somebody reads aloud on the telephone. */
export function shortNumberOf(device: DeviceId): string {
  const last = device.slice(-6).toUpperCase()
  return `${last.slice(0, 3)}-${last.slice(3)}`
}

/** A model's key: the same model in two formats declares two things. */
export function modelIdOf(model: { format: Format; vendor: string; model: string }): string {
  return `${model.format}/${model.vendor}/${model.model}`.normalize('NFC').slice(0, 120)
}
