/** A moment: whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

/** Where the time comes from. Injected everywhere, so that tests and the demo town can move it. */
export type Clock = { now(): Instant }

export const secondMs = 1_000
export const minuteMs = 60 * secondMs
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
