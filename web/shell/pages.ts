import type { ComponentType } from 'preact'
import type { Instant } from '../../src/kernel/clock.ts'
import type { Language } from '../words/index.ts'
import type { WorkWords } from '../words/work.ts'
import type { View } from './page.ts'

/** `centre`: the street's duty seat, for its officers. */
export type Front = 'resident' | 'desk' | 'centre' | 'open'
export type Params = Readonly<Record<string, string>>

/** A page that stands for another: nobody is signed in, nothing is there, something failed. */
export type Status =
  | 'not-found'
  | 'sign-in'
  | 'not-allowed'
  /** Came by the owner's link: nothing is open before the guide has been gone through. */
  | 'beginning'
  | 'failed'
  | 'enter'
  | 'link-used'
  /** A chosen contact's link: it was answered now, or opens nothing any more. */
  | 'answered'
  | 'answer-gone'

/** What was written in a plain form that was refused; secrets are not in it. */
export type Written = {
  /** Where it was sent. */
  form: string
  said: Readonly<Record<string, string>>
  /** The field that the refusal names. */
  marks?: string
}

/** What the server gives a page and the browser starts from; `first` is by API address. */
export type PageRequest = {
  path: string
  params: Params
  language: Language
  view: View
  isDemo: boolean
  first: Readonly<Record<string, unknown>>
  now: number
  /** Where it can be opened, where it answers a form that stands at another address. */
  at?: string
  /** What is told from then on is newer than `first`. */
  heardTo?: string
  /** Pages of the same sign-in share one live stream by it. */
  signIn?: string
  status?: Status
  /** Drawn without a network from what the device has kept, as it was then. */
  keptAt?: Instant
}

/**
 * `path` as routers write it, `/desk/tasks/:task`. Each address in `needs` is a look; `now` is the
 * server's.
 */
export type PageSpec = {
  path: string
  front: Front
  needs: (params: Params, now: Instant) => string[]
  /** Opens, too, for whoever has only proven a telephone. */
  forAccounts?: true
  /** Opens, too, for whoever owns a home here and lives in none. */
  forOwners?: true
  /** Opens, too, for whoever only works here: it is about them as well. */
  forStaff?: true
  /** Holds nobody's data, opens for everybody: a device keeps it for when there is no network. */
  isShell?: true
}

/** A page as the web side knows it. */
export type Page = PageSpec & {
  title: (words: WorkWords) => string
  show: ComponentType<{ params: Params }>
}

/** The page of a path with what its `:names` stand for. */
export function findPage(
  pages: readonly Page[],
  path: string,
): { page: Page; params: Params } | undefined {
  for (const page of pages) {
    const params = paramsOf(page.path, path)
    if (params) return { page, params }
  }
  return undefined
}

function paramsOf(pattern: string, path: string): Params | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':') && value !== '') params[part.slice(1)] = value
    else if (part !== value) return undefined
  }
  return params
}
