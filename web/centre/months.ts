import { hourMs, type Instant } from '../../src/kernel/clock.ts'
import type { Language } from '../words/index.ts'

/** 'YYYY-MM' in Shanghai. */
export function monthAt(at: Instant): string {
  return new Date(at + 8 * hourMs).toISOString().slice(0, 7)
}

/** 'YYYY-MM-DD' in Shanghai. */
export function dayAt(at: Instant): string {
  return new Date(at + 8 * hourMs).toISOString().slice(0, 10)
}

/** The month and those before it, newest first. */
export function monthsBefore(month: string, count: number): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return Array.from({ length: count }, (_, back) => {
    const at = year * 12 + number - 1 - back
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}

const english = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "2026年7月", "Jul 2026" */
export function formatMonth(month: string, language: Language): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return language === 'en' ? `${english[number - 1] ?? ''} ${year}` : `${year}年${number}月`
}
