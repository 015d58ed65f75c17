/**
 * devices: the registry. What stands where and why, who looks after it, through which gateway it
 * speaks, and by which declared fields its messages are read. Credentials are made here and kept
 * as digests; what devices say is the matter of `sensing`.
 * Keeps: devices, gateways and their steps while the street keeps its registry. Nobody's name.
 */
export {
  dailySums,
  deviceKinds,
  devicePurposes,
  measures,
  moments,
  readingStates,
} from './types.ts'
export type {
  Device,
  DeviceKind,
  DevicePurpose,
  Field,
  Format,
  Gateway,
  Measure,
  Model,
} from './types.ts'
export { gatewayTopicOf, inletOf, isHome, purposesFor, speaksByGateway, topicOf } from './decide.ts'
export {
  deviceNamed,
  devicesAt,
  devicesIn,
  devicesWithDigests,
  gatewayNamed,
  gatewaysWithDigests,
  replacementOf,
} from './store.ts'
export { shippedModels } from './declare/index.ts'
export { addDeclaredModel, importModels, modelsNamed, type Declared } from './models/index.ts'
export type { MayAdd } from './permits/index.ts'
export { openRoutes } from './routes.ts'
