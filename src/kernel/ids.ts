import { Type, type TString, type TUnsafe } from 'typebox'

declare const brand: unique symbol

/** An id that cannot be taken for another's: a version 7 UUID as text. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind }

/** The 9-digit code of a street-level unit in the register of divisions, e.g. 310104011. */
export type StreetCode = Id<'street'>
/** The 12-digit code of a neighbourhood committee, e.g. 310104011013. */
export type CommitteeCode = Id<'committee'>
/** A home's code: committee, compound, stair, room, e.g. 310104011013-01-26-501. */
export type HomeCode = Id<'home'>
/** A place's code, as long as it is exact: committee, compound, stair or home. */
export type PlaceCode = Id<'place'> | HomeCode | CommitteeCode
export type PersonId = Id<'person'>
export type PostId = Id<'post'>
export type TaskId = Id<'task'>
export type DeviceId = Id<'device'>
export type GatewayId = Id<'gateway'>
export type ConsentId = Id<'consent'>
export type PlanId = Id<'plan'>
export type NoteId = Id<'note'>
/** Who signs in, across streets; holds a person in each. */
export type AccountId = Id<'account'>

const uuid = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
const codes: Record<string, string> = {
  street: '^[0-9]{9}$',
  committee: '^[0-9]{12}$',
  home: '^[0-9]{12}-[0-9]{2,3}-[0-9A-Za-z]{1,8}-[0-9A-Za-z]{1,8}$',
  place: '^[0-9]{12}(-[0-9]{2,3}(-[0-9A-Za-z]{1,8}(-[0-9A-Za-z]{1,8})?)?)?$',
}

type IdOf<Kind extends string> = Kind extends 'place' ? PlaceCode : Id<Kind>

/** The shape of an id in a contract: branded for the compiler, a pattern for the validator. */
export function id<Kind extends string>(kind: Kind): TUnsafe<IdOf<Kind>> {
  return Type.Unsafe<IdOf<Kind>>(Type.String({ pattern: codes[kind] ?? uuid, maxLength: 36 }))
}

/** A row's id that no other room takes: the same shape without a brand. */
export function rowId(): TString {
  return Type.String({ pattern: uuid, maxLength: 36 })
}
