import { useDeskWords } from '../shell/words.tsx'
import { Views } from '../ui/frames.tsx'

/** Mine, what colleagues are on, what was closed. */
export function WorkViews(props: {
  at: '/desk' | '/desk/colleagues' | '/desk/closed'
  mine?: number | undefined
}) {
  const words = useDeskWords()
  const views = [
    { href: '/desk', words: words.viewMine(props.mine) },
    { href: '/desk/colleagues', words: words.viewColleagues },
    { href: '/desk/closed', words: words.viewClosed },
  ]
  return (
    <Views
      label={words.views}
      views={views.map((view) => ({ ...view, current: view.href === props.at }))}
    />
  )
}
