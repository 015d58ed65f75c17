import { useEffect, useRef } from 'preact/hooks'
import type { noteShown } from '../../src/desks/delivery/api.ts'
import type { NoteId } from '../../src/kernel/ids.ts'
import { call } from './call.ts'
import { useShell } from './shell.tsx'
import type { Topic } from './wire.ts'

/** Asks again when the server says that something of `topic` changed, and after a break. */
export function useLive(topic: Topic, again: () => unknown): void {
  const { wire } = useShell()
  const newest = useRef(again)
  newest.current = again
  useEffect(() => {
    const listener = (told: Topic | 'all') => {
      if (told === topic || told === 'all') newest.current()
    }
    wire.listeners.add(listener)
    return () => void wire.listeners.delete(listener)
  }, [topic])
}

/**
 * Says which notes were on a visible page, each once: shown is a fact apart from sent. The answers
 * name only those that were not shown yet.
 */
export function useShown(notes: readonly (NoteId | null)[]): void {
  const told = useRef(new Set<NoteId>())
  // Told anew, a note comes back into the answer, and is shown anew.
  const present = new Set(notes)
  for (const note of told.current) if (!present.has(note)) told.current.delete(note)
  const fresh = notes.filter((note) => note !== null && !told.current.has(note)) as NoteId[]
  useEffect(() => {
    const tell = async () => {
      if (document.visibilityState !== 'visible' || fresh.length === 0) return
      const now = fresh.slice(0, 100)
      for (const note of now) told.current.add(note)
      const result = await call<typeof noteShown>('post', '/delivery/shown', { notes: now })
      if (!result.ok) for (const note of now) told.current.delete(note)
    }
    void tell()
    document.addEventListener('visibilitychange', tell)
    return () => document.removeEventListener('visibilitychange', tell)
  }, [fresh.join()])
}
