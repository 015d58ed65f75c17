import { Type } from 'typebox'
import {
  closed,
  endpoint,
  everyStaff,
  id,
  instant,
  oneOf,
  rowId,
} from '../../../kernel/contract.ts'
import { deviceNames } from './decide.ts'

const who = { account: 'own', resident: 'own', ...everyStaff('own') } as const
const ended = closed({ ended: Type.Integer() })

/** A browser is one of a closed list of words: nothing else of it is kept. */
export const listDevices = endpoint({
  get: '/identity/devices',
  says: 'Where the asker is signed in: which kind of device, since when, how, and used last when',
  who,
  sees: ['account'],
  why: 'own-data',
  input: closed({}),
  output: closed({
    devices: Type.Array(
      closed({
        session: rowId(),
        device: oneOf(deviceNames),
        openedBy: oneOf(['link', 'code', 'passkey', 'oidc']),
        madeAt: instant(),
        seenAt: instant(),
        isThis: Type.Boolean(),
      }),
    ),
    now: instant(),
  }),
})

/** `howProven` lists the streets in which the account is somebody. */
export const chooseStreet = endpoint({
  post: '/identity/street',
  says: 'Which of the asker’s streets is seen in this browser from now on',
  who: { account: 'own' },
  sees: [],
  why: 'own-data',
  input: closed({ street: id('street') }),
  output: closed({ street: id('street') }),
})

export const endDevice = endpoint({
  post: '/identity/devices/end',
  says: 'Signs the asker out on one device, at once',
  who,
  sees: [],
  why: 'own-data',
  input: closed({ session: rowId() }),
  output: ended,
})

export const endOtherDevices = endpoint({
  post: '/identity/devices/end-others',
  says: 'Signs the asker out everywhere but here, at once',
  who,
  sees: [],
  why: 'own-data',
  input: closed({}),
  output: ended,
})
