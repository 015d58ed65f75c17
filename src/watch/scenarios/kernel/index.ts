// The scenario kernel: the only judge of silence. It is told what sensors say and what time it is,
// and finds agreed-care plans that are silent and sensors and gateways that are lost. It is pure:
// no I/O, no clock; main saves `changedSince` and `changedSensors` and gives them back at a start.
//
// Only time that every sensor of a home covered counts as silence. A lost sensor makes its plan
// unknown: never seen, never silent. Timers look a second time before they speak, so a message
// only writes when its sensor was heard.
export { createKernel } from './kernel.ts'
export type {
  AgreedPlan,
  Gap,
  Judgement,
  Kernel,
  KernelFinding,
  Loss,
  PlanState,
  SensorState,
  WatchedSensor,
} from './types.ts'
