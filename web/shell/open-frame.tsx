import type { ComponentChildren } from 'preact'
import { Brand, PhoneFrame } from '../ui/frames.tsx'
import { Icon, type IconNode } from '../ui/icon.tsx'
import { LanePicture } from '../ui/lane-picture.tsx'
import { LanguageLink } from './language-link.tsx'
import { useShell } from './shell.tsx'
import { ExampleTown } from './strips.tsx'
import { useWords } from './words.tsx'

/** A page for whoever is not signed in, or of a plain form. */
export function Open(props: {
  heading: string
  icon?: IconNode
  /** Over everything: for whom one acts. */
  over?: ComponentChildren
  foot?: ComponentChildren
  children: ComponentChildren
}) {
  const words = useWords()
  const { isDemo } = useShell()
  return (
    <PhoneFrame
      skipWords={words.ui.skipToContent}
      navigationWords={words.ui.mainNavigation}
      strip={
        <>
          {isDemo ? <ExampleTown /> : null}
          {props.over}
        </>
      }
      foot={props.foot}
      head={
        <>
          <Brand words={words.ui.product} />
          <span class="push">
            <LanguageLink />
          </span>
        </>
      }
    >
      <div class="open-page">
        {props.icon ? <Icon of={props.icon} className="open-icon" /> : <LanePicture />}
        <h1 class="head">{props.heading}</h1>
        {props.children}
      </div>
    </PhoneFrame>
  )
}
