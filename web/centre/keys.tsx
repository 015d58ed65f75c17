import { useEffect, useRef, useState } from 'preact/hooks'
import type { TaskId } from '../../src/kernel/ids.ts'
import { useCentreWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

export type Keys = {
  isOpen: boolean
  open: () => void
  close: () => void
  areOn: boolean
  turn: (on: boolean) => void
}

const kept = 'lilong-centre-keys'

/**
 * One letter each, never while somebody writes or a dialog is open, and to be switched off: who
 * speaks to their computer says letters without meaning them.
 */
export function useKeys(chosen: TaskId | null): Keys {
  const [isOpen, setOpen] = useState(false)
  const [areOn, setOn] = useState(true)
  useEffect(() => setOn(localStorage.getItem(kept) !== 'off'), [])
  const current = useRef({ chosen, areOn })
  current.current = { chosen, areOn }
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!current.current.areOn || isElsewhere(event)) return
      if (actOn(event.key, current.current.chosen, () => setOpen(true))) event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  return {
    isOpen,
    open: () => setOpen(true),
    close: () => setOpen(false),
    areOn,
    turn(on) {
      setOn(on)
      localStorage.setItem(kept, on ? 'on' : 'off')
    },
  }
}

function isElsewhere(event: KeyboardEvent): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return true
  if (document.querySelector('dialog[open]')) return true
  const node = event.target
  return node instanceof HTMLElement && node.closest('input, textarea, select') !== null
}

function actOn(key: string, chosen: TaskId | null, help: () => void): boolean {
  switch (key) {
    case 'j':
      return step(1, chosen)
    case 'k':
      return step(-1, chosen)
    case 'ArrowDown':
      return isInList() && step(1, chosen)
    case 'ArrowUp':
      return isInList() && step(-1, chosen)
    case 'd':
      return focusOn('#matter [data-first] .button')
    case 'o':
      return focusOn('#matter .key-oversee')
    case '?':
      help()
      return true
    default:
      return false
  }
}

function isInList(): boolean {
  return document.activeElement?.matches('.matter') ?? false
}

/** From the row one stands on, else from the chosen one. Enter opens it, being a link. */
function step(by: 1 | -1, chosen: TaskId | null): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('.matter')]
  if (rows.length === 0) return false
  const standing = rows.findIndex((row) => row === document.activeElement)
  const from = standing >= 0 ? standing : rows.findIndex((row) => row.dataset['task'] === chosen)
  const to = from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + by))
  rows[to]?.focus()
  return true
}

function focusOn(what: string): boolean {
  const node = document.querySelector<HTMLElement>(what)
  node?.focus()
  return node !== null
}

export function KeysDialog(props: { keys: Keys }) {
  const words = useCentreWords()
  const { keys } = props
  const rows = [
    ['j / k · ↓ / ↑', words.keysMove],
    ['Enter', words.keysOpen],
    ['d', words.keysDispatch],
    ['o', words.keysOversee],
    ['?', words.keysThis],
    ['Esc', words.keysClose],
  ] as const
  return (
    <Dialog
      open={keys.isOpen}
      onClose={keys.close}
      title={words.keysTitle}
      acts={
        <Button kind="primary" onClick={keys.close}>
          {words.keysClose}
        </Button>
      }
    >
      <dl class="keys-table">
        {rows.map(([key, says]) => (
          <div key={key} class="keys-row">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
      <label class="choice">
        <input
          type="checkbox"
          checked={keys.areOn}
          onChange={(event) => keys.turn(event.currentTarget.checked)}
        />
        <span class="choice-words">{words.keysOn}</span>
      </label>
      <p class="note">{words.keysLine}</p>
    </Dialog>
  )
}
