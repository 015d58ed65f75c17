import { modelIdOf } from '../decide.ts'
import { formats, type Format, type Model } from '../types.ts'
import { checkFields } from './check.ts'
import { kindsOf } from './kinds.ts'

/** One row of `data/device-models.json`; its id and its kinds follow from the rest. */
export type ModelRow = Pick<Model, 'vendor' | 'model' | 'fields' | 'source'> & { format: Format }

/**
 * The models of the parsed `data/device-models.json`: `{models: [{vendor, model, format, source,
 * fields}]}`. What ships is right or nothing starts: a row that is wrong is thrown.
 */
export function shippedModels(file: unknown): Model[] {
  const rows = (file as { models?: unknown } | null)?.models
  if (!Array.isArray(rows)) throw new TypeError('device models: no list of models')
  return rows.map((row) => modelOf(row as ModelRow))
}

function modelOf({ vendor, model, format, source, fields }: ModelRow): Model {
  const id = modelIdOf({ format, vendor, model })
  if (!formats.includes(format)) throw new TypeError(`device models: ${id}: ${format}`)
  const checked = checkFields(fields)
  if (!Array.isArray(checked)) {
    throw new TypeError(`device models: ${id}: ${checked.field}: ${checked.because}`)
  }
  return { id, vendor, model, format, kinds: kindsOf(checked), fields: checked, source }
}
