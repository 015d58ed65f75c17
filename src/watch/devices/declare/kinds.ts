import { deviceKinds, measures, type DeviceKind, type Field } from '../types.ts'

/** The kinds that these fields can say something of, in the order of the list of kinds. */
export function kindsOf(fields: readonly Field[]): DeviceKind[] {
  const said = new Set(
    fields.flatMap((field) => {
      if (field.reads === 'state') return field.kind
      return field.reads === 'measure' ? measures[field.measure] : []
    }),
  )
  return deviceKinds.filter((kind) => said.has(kind))
}
