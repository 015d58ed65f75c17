/**
 * Instants, lengths of time and numbers as words. Pure: `now` is an argument, the clock is
 * Shanghai's.
 */

import { dayMs, hourMs, minuteMs, secondMs, type Instant } from '../../src/kernel/clock.ts'
import type { Language } from './index.ts'

/** China has kept UTC+8 without summer time since 1991; every instant shown here is later. */
const shanghaiOffsetMs = 8 * hourMs

/** "17:30" */
export function formatTime(at: Instant): string {
  const { hour, minute } = parts(at)
  return `${two(hour)}:${two(minute)}`
}

/** "17:30:05" */
export function formatClock(at: Instant): string {
  return `${formatTime(at)}:${two(new Date(at).getUTCSeconds())}`
}

/** "今天", "昨天", "7月7日 星期二"; "Today", "Yesterday", "Tue 7 Jul". */
export function formatDay(at: Instant, now: Instant, language: Language): string {
  const near = says[language].nearDays[dayNumber(at) - dayNumber(now) + 1]
  return near ?? formatDateWithWeekday(at, language, now)
}

/** "7月9日 星期四", "Thu 9 Jul"; `now` decides whether the year is said. */
export function formatDateWithWeekday(at: Instant, language: Language, now = at): string {
  const weekday = says[language].weekdays[parts(at).weekday] ?? ''
  const date = formatDate(at, now, language)
  return language === 'en' ? `${weekday} ${date}` : `${date} ${weekday}`
}

/** "7月7日", and "2025年7月7日" in another year; "7 Jul", "7 Jul 2025". */
export function formatDate(at: Instant, now: Instant, language: Language): string {
  const { year, month, day } = parts(at)
  const sameYear = year === parts(now).year
  if (language === 'en') {
    const date = `${day} ${englishMonths[month - 1]}`
    return sameYear ? date : `${date} ${year}`
  }
  return sameYear ? `${month}月${day}日` : `${year}年${month}月${day}日`
}

/** "今天 17:30", "昨天 09:40", "7月7日 05:50"; "Today 17:30". */
export function formatInstant(at: Instant, now: Instant, language: Language): string {
  const near = says[language].nearDays[dayNumber(at) - dayNumber(now) + 1]
  return `${near ?? formatDate(at, now, language)} ${formatTime(at)}`
}

/** "今天 14:00–16:00"; both ends in full where they lie on different days. */
export function formatSpan(from: Instant, to: Instant, now: Instant, language: Language): string {
  const end = dayNumber(from) === dayNumber(to) ? formatTime(to) : formatInstant(to, now, language)
  const dash = dayNumber(from) === dayNumber(to) ? '–' : ' – '
  return `${formatInstant(from, now, language)}${dash}${end}`
}

/**
 * "42 秒", "35 分", "2 小时 40 分", "49 小时", and days from three days on: "3 天 5 小时".
 * Rounded down: what is left or has passed is never said to be more than it is.
 */
export function formatDuration(ms: number, language: Language): string {
  const { units } = says[language]
  const left = Math.max(0, ms)
  if (left < minuteMs) return units.second(Math.floor(left / secondMs))
  if (left < hourMs) return units.minute(Math.floor(left / minuteMs))
  if (left < 3 * dayMs) {
    return pair(units.hour, Math.floor(left / hourMs), units.minute, (left % hourMs) / minuteMs)
  }
  return pair(units.day, Math.floor(left / dayMs), units.hour, (left % dayMs) / hourMs)
}

/** "还剩 35 分", "还剩 3 天", "刚到期", "超 2 小时"; "35 min left", "2 h late". */
export function formatLeft(due: Instant, now: Instant, language: Language): string {
  const words = says[language]
  const left = due - now
  if (left > 0) return words.left(coarse(left, language))
  return left > -minuteMs ? words.dueNow : words.late(coarse(-left, language))
}

/** How long is left while that is short (two hours) or over, the moment itself while it is far. */
export function formatDue(due: Instant, now: Instant, language: Language): string {
  return due - now <= 2 * hourMs
    ? formatLeft(due, now, language)
    : formatInstant(due, now, language)
}

/** "1,234,567": grouped by three in both languages, as forms and ledgers are. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** "门牌、联系人电话"; "door number, contact's phone". */
export function formatList(items: readonly string[], language: Language): string {
  return items.join(language === 'en' ? ', ' : '、')
}

function coarse(ms: number, language: Language): string {
  return ms < 3 * dayMs
    ? formatDuration(ms, language)
    : says[language].units.day(Math.floor(ms / dayMs))
}

function pair(
  large: (count: number) => string,
  largeCount: number,
  small: (count: number) => string,
  smallCount: number,
): string {
  const rest = Math.floor(smallCount)
  return rest === 0 ? large(largeCount) : `${large(largeCount)} ${small(rest)}`
}

function parts(at: Instant) {
  const local = new Date(at + shanghaiOffsetMs)
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: local.getUTCDay(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  }
}

function dayNumber(at: Instant): number {
  return Math.floor((at + shanghaiOffsetMs) / dayMs)
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

const englishMonths = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
]

const says = {
  'zh-CN': {
    nearDays: ['昨天', '今天', '明天'],
    weekdays: ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'],
    units: {
      second: (count: number) => `${count} 秒`,
      minute: (count: number) => `${count} 分`,
      hour: (count: number) => `${count} 小时`,
      day: (count: number) => `${count} 天`,
    },
    left: (length: string) => `还剩 ${length}`,
    late: (length: string) => `超 ${length}`,
    dueNow: '刚到期',
  },
  en: {
    nearDays: ['Yesterday', 'Today', 'Tomorrow'],
    weekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
    units: {
      second: (count: number) => `${count} s`,
      minute: (count: number) => `${count} min`,
      hour: (count: number) => `${count} h`,
      day: (count: number) => (count === 1 ? '1 day' : `${count} days`),
    },
    left: (length: string) => `${length} left`,
    late: (length: string) => `${length} late`,
    dueNow: 'Due now',
  },
}
