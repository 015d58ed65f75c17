/** Full years on a day, both 'YYYY-MM-DD'. Born on 29 February: a year older on 1 March. */
export function ageOn(bornOn: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4))
  return day.slice(5) < bornOn.slice(5) ? years - 1 : years
}

/** The oldest person of whom there is proof lived 122 years. */
const ageMax = 130

/** A real day, not after today and within a human life. 30 February is none. */
export function isBirthday(bornOn: string, today: string): boolean {
  const date = new Date(`${bornOn}T00:00:00Z`)
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === bornOn
  return isDay && bornOn <= today && ageOn(bornOn, today) <= ageMax
}
