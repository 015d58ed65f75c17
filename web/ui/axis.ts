/** Where an axis ends and where its lines stand: three to five even steps from nought. */
export function axisOf(most: number): { top: number; marks: number[] } {
  const wanted = Math.max(1, most)
  const steps = [1, 2, 3, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_500, 5_000, 10_000]
  const step = steps.find((one) => one * 5 >= wanted) ?? Math.ceil(wanted / 5)
  const count = Math.max(2, Math.ceil(wanted / step))
  return {
    top: step * count,
    marks: Array.from({ length: count + 1 }, (_, at) => at * step),
  }
}

/** "5.1", "17.9", "24": one digit after the point where there is one. */
export function shortNumber(value: number): string {
  return String(Math.round(value * 10) / 10)
}
