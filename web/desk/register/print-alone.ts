import { useEffect } from 'preact/hooks'

/** A sheet to sign or to post: printed, it holds nothing of the page around it. */
export function usePrintsAlone(): void {
  useEffect(() => {
    document.body.classList.add('prints-alone')
    return () => document.body.classList.remove('prints-alone')
  }, [])
}
