import { useEffect, useRef } from 'preact/hooks'
import { secondMs } from '../../src/kernel/clock.ts'
import { useLive } from '../shell/live.ts'

const pollMs = 15 * secondMs
const togetherMs = secondMs

/**
 * Asks again when anything of the street changed, at most once a second, and by itself every
 * quarter of a minute: clocks run out without anybody doing anything.
 */
export function useStreet(again: () => Promise<unknown>): void {
  const newest = useRef(again)
  newest.current = again
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const askedAt = useRef(-Infinity)
  const ask = () => {
    if (waiting.current !== undefined) return
    const left = Math.max(0, askedAt.current + togetherMs - performance.now())
    waiting.current = setTimeout(() => {
      waiting.current = undefined
      askedAt.current = performance.now()
      void newest.current()
    }, left)
  }
  useLive('street', ask)
  useLive('tasks', ask)
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && ask(), pollMs)
    return () => {
      clearInterval(timer)
      clearTimeout(waiting.current)
    }
  }, [])
}
