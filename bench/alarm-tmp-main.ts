import { benchAlarm } from './alarm-tmp.ts'
await benchAlarm(['--without-browser'])
