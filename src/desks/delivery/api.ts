import { Type } from 'typebox'
import { closed, endpoint, id, instant, maybe, oneOf, everyStaff } from '../../kernel/contract.ts'
import { sayingKeys } from '../../kernel/saying.ts'

const everybody = { resident: 'own', ...everyStaff('own') } as const

/**
 * The page says which notes it has shown: delivered is a fact of its own, apart from sent and
 * acknowledged.
 */
export const noteShown = endpoint({
  post: '/delivery/shown',
  says: 'Tells that notes of the asker’s inbox were shown, on a page or as a notification',
  who: everybody,
  sees: [],
  why: 'task',
  input: closed({
    notes: Type.Array(id('note'), { maxItems: 100 }),
    by: Type.Optional(oneOf(['page', 'push'])),
  }),
  output: closed({ shown: Type.Integer() }),
})

/** Null: this installation wakes nobody. */
export const pushKey = endpoint({
  get: '/delivery/push',
  says: 'What a browser needs to be woken, and how many of the asker’s are',
  who: everybody,
  sees: [],
  why: 'task',
  input: closed({}),
  output: closed({ key: maybe(Type.String()), browsers: Type.Integer() }),
})

const endpointUrl = Type.String({ pattern: '^https?://[!-~]+$', maxLength: 1_000 })

/** The same browser again is no second one; of more than five the oldest goes. */
export const wakeBrowser = endpoint({
  post: '/delivery/wake',
  says: 'Wakes this browser of the asker when there is something for them',
  who: everybody,
  sees: [],
  why: 'task',
  input: closed({
    endpoint: endpointUrl,
    /** An uncompressed point of P-256 and 16 bytes, base64url (RFC 8291). */
    p256dh: Type.String({ pattern: '^[A-Za-z0-9_-]{87}$' }),
    auth: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }),
    language: oneOf(['zh-CN', 'en']),
  }),
  output: closed({ browsers: Type.Integer() }),
})

export const letSleep = endpoint({
  post: '/delivery/let-sleep',
  says: 'Wakes this browser of the asker no more',
  who: everybody,
  sees: [],
  why: 'task',
  input: closed({ endpoint: endpointUrl }),
  output: closed({ browsers: Type.Integer() }),
})

/** What a provider would have been given. To the street's officers only in the example town. */
export const outbox = endpoint({
  get: '/delivery/outbox',
  says: 'Messages that would have been sent, where no provider is there; numbers are masked',
  who: { street: 'street', operator: 'city' },
  sees: [],
  why: 'operation',
  input: closed({}),
  output: closed({
    messages: Type.Array(
      closed({
        at: instant(),
        channel: oneOf(['sms', 'wecom', 'voice']),
        phone: Type.String(),
        says: oneOf(sayingKeys),
        urgency: oneOf(['emergency', 'usual']),
        link: maybe(Type.String()),
        /** Of a sign-in; over within minutes. */
        code: Type.Optional(Type.String()),
      }),
    ),
  }),
})
