/** An English count with its noun: plural(1, 'home', 'homes') is "1 home". */
export function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
