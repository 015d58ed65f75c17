// The scenario kernel: the only judge of silence. It is told what sensors say and what time it is,
// and finds agreed-care plans that are silent and sensors and gateways that are lost. It is pure:
// no I/O, no clock; main saves `changedSince` and `changedSensors` and gives them back at a start.
//
// Only time that every sensor of a home covered counts as silence. A lost sensor makes its plan
// unknown: never seen, never silent. Silence is told once every sensor has spoken at or after the
// moment at which it was reached, and carries that moment, whenever somebody looked. Timers look a
// second time before they speak, so a message only writes when its sensor was heard.
export { createKernel } from './kernel.ts'
export type {
  AgreedPlan,
  Batch,
  Gap,
  Judgement,
  Kernel,
  KernelFinding,
  Loss,
  NamelessPlan,
  NamelessSensor,
  PlanState,
  SensorState,
  WatchedSensor,
} from './types.ts'
export type * from './street-types.ts'
export { createStreetKernel, type ReplayKernel, type StreetOptions } from './street/index.ts'
