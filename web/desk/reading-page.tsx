import type { ComponentChildren } from 'preact'
import { Column } from '../ui/frames.tsx'
import { Desk, type DeskDoor } from './desk.tsx'

/** A page of one column at reading width, under one heading. */
export function ReadingPage(props: {
  at: DeskDoor
  title: string
  line?: string | undefined
  views?: ComponentChildren
  children: ComponentChildren
}) {
  return (
    <Desk at={props.at} shows="main">
      <Column kind="main" label={props.title}>
        <div class="stack stack-wide reading">
          <div class="stack stack-tight">
            <h1 class="head">{props.title}</h1>
            {props.line ? <p class="note">{props.line}</p> : null}
          </div>
          {props.views}
          {props.children}
        </div>
      </Column>
    </Desk>
  )
}
