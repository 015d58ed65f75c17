import { sql, type Selectable } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { DeviceId, GatewayId } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { DevicesTables } from '../tables.gen.ts'
import type { DeviceKind, Field, Format, Model } from '../types.ts'

function modelOf(row: Selectable<DevicesTables['devices.model']>): Model {
  const { id, vendor, model, source } = row
  const fields = row.fields as Field[]
  const kinds = row.kinds as DeviceKind[]
  return { id, vendor, model, format: row.format as Format, kinds, fields, source }
}

/** All models, or those of the ids. */
export async function modelsNamed(tx: Tx, ids?: readonly string[]): Promise<Model[]> {
  if (ids?.length === 0) return []
  let query = tables<DevicesTables>(tx).selectFrom('devices.model').selectAll()
  if (ids) query = query.where('id', 'in', [...ids])
  return (await query.orderBy('id').execute()).map(modelOf)
}

/** Models whose name holds the text, in any case, and how many there are in all. */
export async function modelsLike(
  tx: Tx,
  text: string,
  limit: number,
): Promise<{ models: Model[]; total: number }> {
  const like = `%${text.replaceAll(/[\\%_]/g, (one) => `\\${one}`)}%`
  const found = tables<DevicesTables>(tx)
    .selectFrom('devices.model')
    .where((eb) => eb(sql`vendor || ' ' || model || ' ' || id`, 'ilike', like))
  const rows = await found.selectAll().orderBy('id').limit(limit).execute()
  const { n } = await found
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return { models: rows.map(modelOf), total: n }
}

/**
 * Adds and replaces; rows that are so already are left alone, and so are those of another source
 * where only the same source may replace its own. Answers the ids that changed.
 */
export async function saveModels(
  tx: Tx,
  models: readonly Model[],
  at: Instant,
  replaces: 'any' | 'same-source' = 'any',
): Promise<string[]> {
  if (models.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    insert into devices.model (id, vendor, model, format, kinds, fields, source, added_at)
    select id, vendor, model, format,
      array(select json_array_elements_text(kinds)), fields, source, ${toDate(at)}
    from json_to_recordset(${JSON.stringify(models)}::json) as row (id text, vendor text,
      model text, format text, kinds json, fields jsonb, source text)
    on conflict (id) do update set vendor = excluded.vendor, model = excluded.model,
      format = excluded.format, kinds = excluded.kinds, fields = excluded.fields,
      source = excluded.source
    where (model.vendor, model.model, model.format, model.kinds, model.fields, model.source)
      is distinct from (excluded.vendor, excluded.model, excluded.format, excluded.kinds,
        excluded.fields, excluded.source)
      and (${replaces} = 'any' or model.source = excluded.source)
    returning id
  `.execute(tx)
  return rows.map((row) => row.id)
}

export async function setModel(tx: Tx, device: DeviceId, model: string): Promise<void> {
  await tables<DevicesTables>(tx)
    .updateTable('devices.device')
    .set({ model })
    .where('id', '=', device)
    .execute()
}

/** The gateways behind which some device is read by the model. */
export async function gatewaysReading(tx: Tx, model: string): Promise<GatewayId[]> {
  const rows = await tables<DevicesTables>(tx)
    .selectFrom('devices.device')
    .select('gateway')
    .distinct()
    .where('model', '=', model)
    .where('gateway', 'is not', null)
    .execute()
  return rows.map((row) => row.gateway as GatewayId)
}
