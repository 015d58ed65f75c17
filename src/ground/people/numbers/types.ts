export const kinds = ['phone', 'id-number'] as const
export type NumberKind = (typeof kinds)[number]
