/** One key further into a definition: `when` and `minutes` are `when.minutes`. */
export function under(field: string, key: string | number): string {
  return field === '' ? String(key) : `${field}.${key}`
}
