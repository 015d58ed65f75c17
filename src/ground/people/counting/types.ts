/** The only cells there are: nobody asks for finer ones. Of unknown birthday: '18-59'. */
export const ageBands = ['0-17', '18-59', '60-79', '80+'] as const
export type AgeBand = (typeof ageBands)[number]

export const tenures = ['owner', 'family', 'tenant', 'staff-flat', 'other'] as const
export type Tenure = (typeof tenures)[number]

/** The smallest group behind a figure, and behind the difference of any two (rules §15.2). */
export const smallest = 10

export type Cell = { committee: string; ageBand: AgeBand; tenure: Tenure }
/** A count from which a figure was made; whatever comes within ten of it is shown the same. */
export type Basis = { counted: number; shown: number }
/** What a report says of a cell; null: fewer than ten, or nobody. */
export type Figure = Cell & { shown: number | null }
