import type { Sentence } from '../start-refusal.ts'

/** What the operator is told of an outside broker. Never its password. */
export const said = {
  badUrl: {
    zh: 'LILONG_MQTT_URL 看不懂，请写 mqtt://用户名:密码@主机:端口 或 mqtts://…。',
    en: 'LILONG_MQTT_URL is not understood. Write mqtt://user:password@host:port, or mqtts://….',
  },
  away: (host: string, why: string): Sentence => ({
    zh: `外部消息服务器 ${host} 连不上（${why}）；会一直重试，期间的设备显示为未知。`,
    en: `The outside broker ${host} is away (${why}). We keep trying; until then devices show as unknown.`,
  }),
  refused: (host: string, code: number): Sentence => ({
    zh: `外部消息服务器 ${host} 拒绝登录（代码 ${code}），请检查 LILONG_MQTT_URL 里的用户名和密码。`,
    en: `The outside broker ${host} refuses the sign-in (code ${code}). Check the user and password in LILONG_MQTT_URL.`,
  }),
  deaf: (host: string, topics: string): Sentence => ({
    zh: `外部消息服务器 ${host} 不许订阅 ${topics}，请在那边允许本程序读取。`,
    en: `The outside broker ${host} refuses the subscription to ${topics}. Allow it there.`,
  }),
  back: (host: string): Sentence => ({
    zh: `外部消息服务器 ${host} 又连上了；它暂存的消息会补来。`,
    en: `The outside broker ${host} is back. What it kept for us is coming now.`,
  }),
}
