/** A code as it is read out: in groups, each said as one digit after the other. */
export function Digits(props: { of: string; by: number }) {
  const groups = groupsOf(props.of, props.by)
  return (
    <p class="code-digits" role="img" aria-label={[...props.of].join(' ')}>
      {groups.map((group, at) => (
        <span key={at}>{group}</span>
      ))}
    </p>
  )
}

/** The digits of a code as people write it: spaced, dashed, full-width; null: not so many. */
export function digitsIn(written: string, count: number): string | null {
  const digits = written.normalize('NFKC').replace(/[\s\-–—·.]/g, '')
  return /^\d+$/.test(digits) && digits.length === count ? digits : null
}

function groupsOf(code: string, by: number): string[] {
  return code.match(new RegExp(`.{1,${by}}`, 'g')) ?? []
}
