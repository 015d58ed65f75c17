import type { ComponentChildren } from 'preact'
import type { whoAmI } from '../../../src/desks/identity/api.ts'
import { useFirst } from '../../shell/shell.tsx'
import { useRegisterWords } from '../../shell/words.tsx'
import { Views } from '../../ui/frames.tsx'
import { ReadingPage } from '../reading-page.tsx'

export const registerPaths = {
  find: '/desk/register',
  proofs: '/desk/register/proofs',
  import: '/desk/register/import',
  export: '/desk/register/export',
  reviews: '/desk/register/reviews',
  counts: '/desk/register/counts',
  keeper: '/desk/register/keeper',
  purposes: '/desk/register/purposes',
} as const
export type RegisterPath = (typeof registerPaths)[keyof typeof registerPaths]

/** A page of the register, under the row of its pages. */
export function RegisterPage(props: {
  at: RegisterPath
  title: string
  line: string
  children: ComponentChildren
}) {
  const words = useRegisterWords()
  const isOfficer = useIsOfficer()
  const views = [
    { href: registerPaths.find, words: words.viewFind },
    { href: registerPaths.proofs, words: words.viewProofs },
    { href: registerPaths.import, words: words.viewImport },
    { href: registerPaths.export, words: words.viewExport },
    { href: registerPaths.reviews, words: words.viewReviews },
    { href: '/desk/questions', words: words.viewQuestions },
    ...(isOfficer
      ? [
          { href: registerPaths.counts, words: words.viewCounts },
          { href: registerPaths.keeper, words: words.viewKeeper },
          { href: registerPaths.purposes, words: words.purposes.view },
        ]
      : []),
  ]
  return (
    <ReadingPage
      at="/desk/register"
      title={props.title}
      line={props.line}
      views={
        <Views
          label={words.views}
          views={views.map((view) => ({ ...view, current: view.href === props.at }))}
        />
      }
    >
      <div class="stack stack-wide register">{props.children}</div>
    </ReadingPage>
  )
}

export function useIsOfficer(): boolean {
  const me = useFirst<typeof whoAmI>('/identity/me', {}).result.value
  return me?.ok === true && me.answer.role === 'street'
}

/** The words of a closed list say what is in it, in their order. */
export function keysOf<Key extends string>(words: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(words) as Key[]
}
