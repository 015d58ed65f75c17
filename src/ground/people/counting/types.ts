/** The only cells there are: nobody asks for finer ones. Of unknown birthday: '18-59'. */
export const ageBands = ['0-17', '18-59', '60-79', '80+'] as const
export type AgeBand = (typeof ageBands)[number]

export const tenures = ['owner', 'family', 'tenant', 'staff-flat', 'other'] as const
export type Tenure = (typeof tenures)[number]

export type Cell = { committee: string; ageBand: AgeBand; tenure: Tenure }
/** What a report says of a cell; null: fewer than ten, or nobody. */
export type Figure = Cell & { shown: number | null }
