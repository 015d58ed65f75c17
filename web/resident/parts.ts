import type { Page } from '../shell/pages.ts'

/** Each page by itself, under the path of its entry in `pages.tsx`. */
export const parts: Readonly<Record<string, () => Promise<Page['show']>>> = {
  '/home': async () => (await import('./home-page.tsx')).HomePage,
  '/visitors': async () => (await import('./visitors-page.tsx')).VisitorsPage,
  '/report': async () => (await import('./report-page.tsx')).ReportPage,
  '/helpers': async () => (await import('./acting-page.tsx')).ActingPage,
  '/my-home': async () => (await import('./my-home-page.tsx')).MyHomePage,
  '/care': async () => (await import('./care-page.tsx')).CarePage,
  '/consents': async () => (await import('./consents-page.tsx')).ConsentsPage,
  '/my-data': async () => (await import('./my-data-page.tsx')).MyDataPage,
  '/care/looks': async () => (await import('./looks-page.tsx')).LooksPage,
}

export function partOf(path: string): Promise<Page['show']> | undefined {
  return Object.hasOwn(parts, path) ? parts[path]?.() : undefined
}
