import { resolve } from 'node:path'
import { StartRefusal } from './platform/start-refusal.ts'

/** Everything the environment may say, read once. Ports: 0 takes a free one. */
export type Config = Readonly<{
  httpPort: number
  mqttPort: number
  bindAddress: string
  dataDir: string
  town: 'demo' | 'empty'
}>

export function readConfig(env: NodeJS.ProcessEnv): Config {
  return Object.freeze({
    httpPort: port(env, 'LILONG_HTTP_PORT', 8080),
    mqttPort: port(env, 'LILONG_MQTT_PORT', 1883),
    bindAddress: env['LILONG_BIND'] ?? '127.0.0.1',
    dataDir: resolve(env['LILONG_DATA_DIR'] ?? '.lilong/data'),
    town: town(env['LILONG_TOWN'] ?? 'demo'),
  })
}

function port(env: NodeJS.ProcessEnv, name: string, usual: number): number {
  const given = env[name]
  if (given === undefined || given === '') return usual
  if (/^[0-9]{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given)
  throw new StartRefusal({
    zh: `${name}=${given} 不是端口号，请写 0 到 65535 的整数。`,
    en: `${name}=${given} is not a port. Write a whole number from 0 to 65535.`,
  })
}

function town(given: string): Config['town'] {
  if (given === 'demo' || given === 'empty') return given
  throw new StartRefusal({
    zh: `LILONG_TOWN=${given} 不认识，请写 demo 或 empty。`,
    en: `LILONG_TOWN=${given} is unknown. Write demo or empty.`,
  })
}
