const strokes = [
  'M2 87.5h182M14 40v47M170 40v47M6 40l16-18h140l16 18z',
  'M38 30v-8l10-9 10 9v8M44 30v-6h8v6M126 30v-8l10-9 10 9v8',
  'M132 30v-6h8v6M88 22V10h8v12M86 10h12',
  'M36 87V64h24v23M32 64h32M37 64a11 9 0 0 1 22 0M48 64v23M124 87V64h24v23',
  'M120 64h32M125 64a11 9 0 0 1 22 0M136 64v23',
  'M22 48h6v12h-6zM68 48h6v12h-6zM110 48h6v12h-6zM156 48h6v12h-6zM82 46h20v14H82zM92 46v14',
  'M66 70h52M72 70l-3 4 3 1v8h8v-8l3-1-3-4M88 70v12h8V70M102 70l1 11h3l1-6 1 6h3l1-11',
]

/** A line drawing of the lane's houses with their washing, for a place that is empty anyway. */
export function LanePicture() {
  return (
    <svg class="lane-picture" viewBox="0 0 184 88" aria-hidden="true" focusable="false">
      {strokes.map((stroke) => (
        <path key={stroke} d={stroke} />
      ))}
    </svg>
  )
}
