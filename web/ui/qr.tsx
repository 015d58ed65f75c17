/** A code to scan, from the SVG text that the server made: its size and the path of its squares. */
export type Code = { viewBox: string; path: string }

/**
 * Reads the picture instead of putting it into the page as it is: the policy forbids that, and
 * nothing but a path can come of it. null: not a picture of ours.
 */
export function codeOf(svg: string): Code | null {
  const viewBox = /\bviewBox="([0-9 .]+)"/.exec(svg)?.[1]
  // the first path is the white ground, the last one holds the squares
  const path = [...svg.matchAll(/\bd="([MmHhVvLlZz0-9 .,-]+)"/g)].at(-1)?.[1]
  return viewBox !== undefined && path !== undefined ? { viewBox, path } : null
}

export function QrCode(props: { code: Code; label: string }) {
  return (
    <svg
      class="qr"
      viewBox={props.code.viewBox}
      role="img"
      aria-label={props.label}
      shape-rendering="crispEdges"
    >
      <path d={props.code.path} />
    </svg>
  )
}
