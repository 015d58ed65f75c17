import type {
  DeviceKind,
  DevicePurpose,
  Format,
  Measure,
  StepAct,
} from '../../../src/watch/devices/types.ts'
import type { Condition, DeviceState, Refusal, Remark } from '../../../src/watch/sensing/types.ts'
import { plural } from '../plural.ts'

type Said = { says: string; toDo: string }

const shortKinds: Record<DeviceKind, string> = {
  'door-access': 'Access',
  'door-contact': 'Door',
  motion: 'Motion',
  smoke: 'Smoke',
  gas: 'Gas',
  'water-leak': 'Leak',
  'water-meter': 'Water',
  electrical: 'Power',
  'sos-button': 'Call',
  'camera-event': 'Camera',
  ground: 'Ground',
}
const states: Record<DeviceState, string> = {
  alive: 'Heard',
  quiet: 'Quiet',
  unknown: 'Unknown',
  'never-reported': 'Never reported',
  revoked: 'Switched off',
}
const stateLines: Record<DeviceState, string> = {
  alive: 'It reports on time.',
  quiet: 'It missed one report. Wait a little: after the third it counts as unknown.',
  unknown:
    'It missed three reports. What happens there now is not known: unknown does not mean fine.',
  'never-reported':
    'It has not reported once since it was registered. First see its power, network and credential.',
  revoked: 'Its credential has ended; nothing it sends is taken.',
}
const conditions: Record<Condition, Said> = {
  'battery-low': {
    says: 'Battery low',
    toDo: 'Bring the same kind of battery; once changed, it reports its new charge by itself.',
  },
  tampered: {
    says: 'Opened or moved',
    toDo: 'Go and see; put it back in its place and close its cover.',
  },
  copied: {
    says: 'Its credential may have been copied',
    toDo: 'One credential speaks from two places, or its numbers jump. Make a new one; the old one ends at once.',
  },
  'clock-wrong': {
    says: 'Its clock is wrong',
    toDo: 'Set the clock of the device or its gateway. Until then messages count from when they arrive.',
  },
}
const refusals: Record<Refusal, Said> = {
  malformed: {
    says: 'Could not be read',
    toDo: 'See whether the device or gateway has the right message format.',
  },
  'too-large': { says: 'Too large', toDo: 'Send one batch as several.' },
  'too-deep': { says: 'Nested too deep', toDo: 'See whether the message format is the right one.' },
  biometric: {
    says: 'Held faces, gaits or other biometrics: never taken',
    toDo: 'Switch this function off on the device, or replace the device.',
  },
  'wrong-kind': {
    says: 'Not of the registered kind',
    toDo: 'See whether the kind was registered wrongly or another device was taken.',
  },
  future: { says: 'Dated later than now', toDo: 'Set the clock of the device or its gateway.' },
  'too-old': {
    says: 'Too old',
    toDo: 'Saved up while it was cut off for too long; nothing needs to be done.',
  },
  duplicate: {
    says: 'Sent before',
    toDo: 'Counted once; nothing needs to be done. If there are many, see why the gateway repeats.',
  },
  'no-consent': {
    says: 'This home has not agreed: movements are not taken',
    toDo: 'This is as it should be; nothing needs to be done.',
  },
  'too-many': {
    says: 'Reports too often and is limited',
    toDo: 'Mostly a loose contact or mount that jumps to and fro. See whether it is fixed well.',
  },
  'foreign-topic': {
    says: 'Sent to another device’s address',
    toDo: 'Set the topic on the device to the one written on this page.',
  },
  'not-listed': {
    says: 'A gateway spoke for a device that is not registered',
    toDo: 'Register the device under this gateway, or remove it in the gateway.',
  },
  'unknown-model': {
    says: 'This model is not known',
    toDo: 'Add the model with the fields it declares, then set it on the device; nothing is guessed.',
  },
  undeclared: {
    says: 'Holds no field that the model declares',
    toDo: 'See whether the model is the right one; if so, add the fields it declares.',
  },
  'too-fine': {
    says: 'Finer than one sum a day: not taken',
    toDo: 'Such a device says one sum a day. Set the device or its gateway to one report a day.',
  },
  'rule-off': {
    says: 'The rule that needs it is switched off: sums are not taken',
    toDo: 'If the rule stays off, take the device away.',
  },
}
const remarks: Record<Remark, Said> = {
  late: {
    says: 'Came late',
    toDo: 'Kept by its own time; mostly a cut network. Nothing needs to be done.',
  },
  'out-of-order': {
    says: 'Out of order',
    toDo: 'Put in order by its own time; nothing needs to be done.',
  },
  'no-clock': {
    says: 'Without a time',
    toDo: 'Counts from when it arrived. If the device can send a time, switch that on.',
  },
  'clock-wrong': {
    says: 'Its clock is wrong',
    toDo: 'Set the clock of the device or its gateway; until then messages count from when they arrive.',
  },
  'counter-restarted': {
    says: 'Counts from the beginning again',
    toDo: 'Mostly a new battery or a restart; nothing needs to be done.',
  },
  'repeated-state': {
    says: 'Said the same state again',
    toDo: 'Counted once; nothing needs to be done.',
  },
  'two-places': {
    says: 'One credential connected from two places',
    toDo: 'Make a new credential, the old one ends at once; then find out who uses it.',
  },
}
const purposes: Record<DevicePurpose, { says: string; kept: string }> = {
  'agreed-care': {
    says: 'Agreed care: movement that the person agreed to',
    kept: 'Raw signals until judged, at most 72 h + 1 h',
  },
  'door-security': {
    says: 'Shared doors: forced, held open, revoked card; never who',
    kept: 'Raw signals until judged, at most 72 h + 1 h',
  },
  'home-safety': { says: 'Alarms: smoke, gas, leaks, electricity', kept: 'Readings 30 days' },
  'emergency-call': { says: 'A call that the person made', kept: 'Readings 30 days' },
  'crowding-check': {
    says: 'One sum a home and day, to find flats that look overcrowded; made where the meter is',
    kept: '30 days',
  },
  'water-and-power': {
    says: 'Shared water and power meters',
    kept: 'Each reading at most 72 h + 1 h, sums of a day 90 days',
  },
  'public-space': {
    says: 'Scenes and objects in public space, no persons',
    kept: 'Readings 30 days',
  },
}
const formats: Record<Format, Said> = {
  canonical: {
    says: 'Lilong’s own',
    toDo: 'For a device or gateway that can write JSON by itself.',
  },
  zigbee2mqtt: {
    says: 'zigbee2mqtt',
    toDo: 'For a small box with a Zigbee stick that runs zigbee2mqtt.',
  },
  chirpstack: {
    says: 'ChirpStack',
    toDo: 'For a LoRaWAN network server, usual for far meters and sensors.',
  },
}
const steps: Record<StepAct, string> = {
  installed: 'Installed',
  moved: 'Moved',
  replaced: 'Replaced by a new device',
  revoked: 'Switched off',
  lent: 'Lent',
  returned: 'Returned',
  'credential-renewed': 'New credential',
  changed: 'Registration changed',
}
const readingStates: Record<string, string> = {
  granted: 'door opened',
  refused: 'not let in',
  'revoked-pass': 'revoked card used',
  forced: 'forced open',
  'held-open': 'held open too long',
  tailgate: 'followed in',
  open: 'open',
  closed: 'closed',
  occupied: 'occupied',
  clear: 'clear',
  alarm: 'alarm',
  test: 'test',
  wet: 'wet',
  dry: 'dry',
  overload: 'overload',
  overheated: 'overheated',
  arc: 'arcing',
  normal: 'normal',
  pressed: 'pressed',
  'e-bike-in-lift': 'e-bike in the lift',
  'fire-lane-blocked': 'fire lane blocked',
  'bin-overflowing': 'bin overflowing',
  free: 'free',
  tilted: 'tilted',
  upright: 'upright',
  moved: 'moved',
  still: 'still',
}
type Unit = { name: string; unit: string; per: number }
const measures: Record<Measure, Unit> = {
  'water-litres': { name: 'Water', unit: 'L', per: 1 },
  'water-level-mm': { name: 'Water level', unit: 'mm', per: 1 },
  'gas-ppm': { name: 'Concentration', unit: 'ppm', per: 1 },
  'current-ma': { name: 'Current', unit: 'A', per: 1_000 },
  'power-w': { name: 'Power', unit: 'W', per: 1 },
  'energy-wh': { name: 'Energy', unit: 'kWh', per: 1_000 },
  'temperature-centi-c': { name: 'Temperature', unit: '°C', per: 100 },
  'angle-centi-degrees': { name: 'Tilt', unit: '°', per: 100 },
  'water-litres-day': { name: 'Water in a day', unit: 'L', per: 1 },
  'door-openings-day': { name: 'Door openings in a day', unit: 'times', per: 1 },
}
const placeLevels = ['', 'a neighbourhood', 'a compound', 'a stair', 'a home']

export const devices: typeof import('../zh-CN/devices.ts').devices = {
  shortKind: (kind) => shortKinds[kind],
  state: (state) => states[state],
  stateLine: (state) => stateLines[state],
  condition: (condition) => conditions[condition],
  refusal: (reason) => refusals[reason],
  remark: (remark) => remarks[remark],
  purpose: (purpose) => purposes[purpose],
  format: (format) => formats[format],
  step: (act) => steps[act],
  readingState: (state) => readingStates[state] ?? state,
  measure: (state) => (measures as Record<string, Unit | undefined>)[state],
  measured: (amount, unit) => `${amount} ${unit}`,

  views: 'Lists of devices',
  wait: 'Loading',

  streetLine: (count) => `${count} devices in the street`,
  ownLine: (unit, count) => `${unit}, ${count} devices`,
  unknownFirst: (count) => `${count} unknown: that does not mean fine`,
  noneUnknown: 'No device is unknown',
  counts: {
    alive: 'Heard',
    quiet: 'Quiet',
    unknown: 'Unknown',
    neverReported: 'Never',
  },
  matrixTitle: 'Neighbourhood × kind',
  matrixLine: 'Press a square, and only its devices are listed below.',
  byKind: 'By kind',
  byCommittee: 'By neighbourhood',
  committee: 'Neighbourhood',
  whole: 'All',
  cellSays: (count, said) => `${count} devices, ${said}`,
  stateCount: (state, count) => `${state} ${count}`,
  listTitle: 'List of devices',
  pickState: 'Which state to list',
  all: 'All',
  showAll: 'Show the whole street, every kind',
  showAllOwn: 'Show every kind',
  listed: (count) => `${count} listed`,
  cut: (shown, total) =>
    `There are ${total}, the first ${shown} are listed; press a square to narrow it.`,
  inHomes: (count) => `${count} more stand in homes: counted, not listed.`,
  search: 'Find by the last six of the code',
  searchHelp: 'The short number on the label, such as 3F9-A21; only among shared devices.',
  searchNone: 'No device ends in these',
  listEmpty: 'There is no such device here',
  listEmptyLine: 'Choose another state, or all.',
  printLabels: 'Print these labels',
  noDevices: 'No devices yet',
  noDevicesLine: 'First add a gateway, then devices.',
  overdue: 'Overdue',
  lent: 'Lent',

  since: (at, ago) => `Last message: ${at}, ${ago} ago.`,
  neverHeard: 'No message yet.',
  facts: 'Registration',
  model: 'Model',
  noModel: 'Not given',
  purposeName: 'Purpose',
  kept: 'Kept for',
  heartbeat: 'Should report every',
  perMinute: 'Taken a minute, at most',
  messages: (count) => `${count} messages`,
  battery: 'Battery',
  batteryNone: 'Not reported',
  percent: (count) => `${count}%`,
  gateway: 'Gateway',
  noGateway: 'None',
  nameAtGateway: 'Its name at the gateway',
  keeper: 'Looked after by',
  keeperNone: 'Not given',
  installed: 'Installed',
  revoked: 'Switched off',
  replaces: 'The old device it replaced',
  replacedBy: 'The new device in its place',
  topic: 'Topic',
  code: 'Code',
  shortNumber: 'Short number',
  lentUntil: (date) => `Lent until ${date}`,
  lentOverdue: (date, days) =>
    `Lent until ${date}, ${plural(days, 'day', 'days')} overdue. Please ask about it.`,
  conditionSince: (at) => `Since ${at}`,
  openTask: 'See its task',
  noOpenTask: 'Its task has not reached anybody yet.',
  othersTask: 'A colleague has its task.',

  coverageTitle: 'Last 14 days',
  coverageSays: (share, length) =>
    `It worked ${share} of the time; about the other ${length} nothing is known.`,
  coverageFull: 'It worked all the time.',
  coverageNone: 'There is no moment at which it is known to have worked.',
  homeTitle: 'All sensors of the home together',
  homeLine: 'Only time in which all of them worked counts; where one is missing, nothing is known.',
  working: 'working',
  nothingKnown: 'nothing known',
  notYet: 'not installed yet',
  showTable: 'Show as a table',
  day: 'Day',
  workingFor: 'Working',
  unknownFor: 'Nothing known',

  refusedTitle: 'Messages refused, last 14 days',
  refusedLine: 'Received but not stored: only day, reason and count are kept.',
  refusedNone: 'Nothing was refused in the last 14 days.',
  remarksTitle: 'Taken, though something was odd',
  reasonCount: (count, last) => `${count} ${count === '1' ? 'time' : 'times'}, last ${last}`,
  byDay: 'Day by day',
  count: 'Count',

  readingsTitle: 'Readings a day',
  readingsNone: 'No readings in the last 14 days.',
  readingsGone:
    'Readings of this purpose go as soon as they are judged; they are not counted by day.',
  newestTitle: 'Newest readings',
  eventAt: 'Happened',
  arrivedAt: 'Arrived',
  atOnce: 'at once',
  said: 'What it said',
  neverContents:
    'Its purpose has to do with people, so this page says whether it works and never what it sensed.',

  tasksTitle: 'Tasks',
  taskRaised: 'Waiting to be taken',
  tasksNone: 'There has been no task.',
  storyTitle: 'Its story',
  storyNone: 'Nothing has been noted yet.',
  storyBy: (when, unit, title) => `${when} · ${title}, ${unit}`,
  spokenDone: 'Done:',
  spokenNow: 'Latest:',

  actsTitle: 'What can be done',
  actsLine: 'Every step is noted in its story below.',
  move: 'Move',
  moveLine:
    'From now on its messages count for the new place; earlier ones stay with the old. In a home its person has to agree, else movements are not taken.',
  moveWhere: 'Where to',
  moveDo: 'Move it',
  replace: 'Replace',
  replaceLine:
    'The new device takes the old one’s place, kind, purpose and gateway, with a code and credential of its own. The old one is switched off at once.',
  replaceDo: 'Replace it',
  revoke: 'Switch off',
  revokeLine:
    'Its credential ends at once and nothing it sends is taken. This cannot be undone; to use it again it has to be registered anew.',
  revokeAsk: 'I know that this cannot be undone',
  revokeDo: 'Switch off',
  lend: 'Lend to a home',
  lendLine: 'Lending has an end: if it is not back by that day, this page says “overdue”.',
  lendHome: 'To which home',
  lendUntil: 'Until which day',
  lendDo: 'Lend it',
  giveBack: 'Take back',
  giveBackLine: 'The home has given it back: say where it is now. Its messages count for there.',
  giveBackWhere: 'Where it is now',
  giveBackDo: 'Note its return',
  renew: 'New credential',
  renewLine:
    'The old password ends at once; the device connects only with the new one. Until it has it, it becomes “unknown”.',
  renewDo: 'Make a new one',
  printLabel: 'Print its label',
  words: 'Why, and who did it',
  wordsHelp: 'At most 200 characters, kept in its story. No names or illnesses of residents.',
  done: 'Done.',
  dayNeeded: 'Please choose a day after today.',

  onceTitle: 'Shown this once',
  onceLine:
    'Write it down or copy it into the device now. Once closed, nobody can see it again; one can only make a new one.',
  noCredential: 'Its gateway speaks for it; it has no credential of its own.',
  username: 'User name',
  password: 'Password',
  example: 'What a message looks like',
  settings: 'Settings for the gateway',
  copy: 'Copy',
  copied: 'Copied',
  selected: 'Selected: press Ctrl+C to copy',
  copyOf: (what) => `Copy: ${what}`,
  onceKept: 'I have written it down',

  place: 'Where it stands (code of the place)',
  placeHelp:
    'As long as it is exact: neighbourhood 310104011013, compound 310104011013-01, stair 310104011013-01-26, home 310104011013-01-26-501.',
  placeRead: (level) => `Read as ${placeLevels[level] ?? ''}`,
  placeProblem:
    'This is no code of a place. A neighbourhood is 12 digits; compound, stair and room follow with hyphens, such as 310104011013-01-26.',
  homeProblem: 'It has to name a home, such as 310104011013-01-26-501.',
  notFound: 'There is no such place; please look at the code again.',

  gatewaysLine:
    'A gateway speaks for the devices registered under it; when it is cut off, all of them are unknown.',
  heardOf: (devices, heard) => `${heard} of ${devices} devices are heard`,
  noDevicesBelow: 'No device is registered under it yet',
  connected: 'Connected',
  connectedSilent: 'Connected, nothing heard',
  disconnected: 'Not connected',
  gatewayHeard: (at) => `Last message: ${at}`,
  gatewayNever: 'No message yet',
  gatewayCopied:
    'This gateway’s credential is used from two places and may have been copied. Please make a new one, then find out who uses it.',
  gatewayRefused: 'Refused',
  gatewayRenewLine:
    'The old password ends at once. Until the gateway has the new one, all devices under it become unknown, so do this while somebody stands beside it.',
  gatewayRevokeLine: (count) =>
    `Its credential ends at once, and nothing more is heard of the ${count} devices under it. This cannot be undone.`,
  of: (act, name) => `${act}: ${name}`,
  gatewaysNone: 'No gateways yet',
  gatewaysNoneLine:
    'Add a small box or a network server as a gateway first, then register devices under it.',
  addGateway: 'Add a gateway',
  gatewayName: 'Name',
  gatewayNameHelp: 'Only once in the street: letters, digits and hyphens, such as gw-tl12-26.',
  gatewayNameTaken: 'A gateway of the street has that name already.',
  gatewayNameProblem: 'Please use 1 to 40 letters, digits or hyphens.',
  maker: 'Maker',
  formatName: 'How it speaks',
  gatewayPlace: 'Where the gateway stands (code of the place)',

  addOnly: 'Adding devices, switching them off and new credentials are the street officer’s.',
  addOne: 'Add one',
  addOneLine: 'Afterwards it has a code and a credential; the credential is shown once.',
  kind: 'Kind',
  kindPick: 'Please choose a kind.',
  modelSearch: 'Model',
  modelSearchHelp:
    'Write a part of its name, then choose from what is found. It may stay empty: then messages are taken in Lilong’s own format.',
  modelFound: (count, total) =>
    total > count ? `${total} found, ${count} of them listed` : `${count} found`,
  modelNone: 'No such model. One that is not known has to be added first; nothing is guessed.',
  modelPick: 'Choose a model',
  modelSkip: 'No model',
  throughGateway: 'Through which gateway',
  directly: 'None: it connects by itself',
  nameAtGatewayHelp: 'The friendly name in zigbee2mqtt, or the DevEUI in ChirpStack.',
  nameAtGatewayProblem:
    'Behind such a gateway its name there has to be given; a DevEUI of ChirpStack has 16 hexadecimal digits.',
  nameAtGatewayTaken: 'A device under this gateway has that name already.',
  modelProblem: 'This model does not fit the kind or the gateway’s format. Please choose another.',
  placeUnfit: 'Cameras and ground sensors have no business in a home.',
  label: 'Words on the label',
  labelHelp: 'Such as “second floor”. No names of residents.',
  keeperHelp: 'A firm or a post, never a resident.',
  heartbeatMinutes: 'Should report every (minutes)',
  heartbeatProblem: 'Please write 1 to 1440 minutes; left empty, what is usual for its kind.',
  addDo: 'Add it',
  added: (kind) => `Added: ${kind}`,
  openPage: 'See its page',
  addAnother: 'Add another',
  addMany: 'Add many by Excel',
  addManyLine:
    'Take the template, fill it in and let it be read: nothing is written, you are told which rows to mend. When all are right they are added, all or none.',
  template: 'Download the template',
  missingColumn: (name) => `The missing column: ${name}`,
  file: 'The Excel file (.xlsx)',
  fileHelp: 'At most 2.9 MB and 5,000 rows.',
  fileTooLarge: 'This file is larger than 2.9 MB and was not sent. Please make several of it.',
  fileUnread: 'This file could not be opened. Please choose it again.',
  dryRun: 'Try reading it',
  dryGood: (count) => `All ${count} rows are right and can be added`,
  dryBad: (bad, good) => `${bad} rows have to be mended, ${good} are right`,
  dryEmpty: 'There is no device in this file.',
  dryLine: 'Nothing has been written yet.',
  row: (number) => `Row ${number}`,
  wrong: 'To be mended',
  fine: 'Right',
  moreRows: (count) => `${count} more rows are not listed`,
  goodRows: (count) => `See the ${count} that are right`,
  importDo: (count) => `Add these ${count}`,
  imported: (count) => `${count} were added`,
  importedNone: 'None was added: please mend the marked rows first.',
  credentials: 'Download the credentials',
  credentialsLine:
    'The passwords are in this file only, and this once. Save it before you leave, and delete it when all are installed.',

  labelsLine:
    '24 fit on a sheet of A4 (3 × 8). A label says number and kind, nothing of residents.',
  labelsCount: (count, sheets) =>
    `${plural(count, 'label', 'labels')}, ${plural(sheets, 'sheet', 'sheets')}`,
  labelsNone: 'There are no labels to print',
  labelsNoneLine: 'First narrow the list of devices, or open one device.',
  labelScan: 'Scan to see this device',
  print: 'Print',
}
