/** Longest side of what is sent, and how long its base64 may be: the server takes no more. */
const sideMax = 1_600
const lettersMax = 2_000_000
const qualities = [0.8, 0.65, 0.5, 0.35]

/**
 * Draws a file anew at most 1600 pixels wide or high. What comes out is a plain JPEG: where, when
 * and with what it was taken is not in it. null: no picture that this browser can read.
 */
export async function redrawn(file: Blob): Promise<HTMLCanvasElement | null> {
  // as it was held: the turn is written beside the picture, and that is left behind
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!bitmap) return null
  const scale = Math.min(1, sideMax / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return canvas
}

/** The JPEG as base64, as fine as fits. */
export async function jpegOf(canvas: HTMLCanvasElement): Promise<string | null> {
  for (const quality of qualities) {
    const blob = await new Promise<Blob | null>((done) =>
      canvas.toBlob(done, 'image/jpeg', quality),
    )
    if (!blob) return null
    const base64 = base64Of(new Uint8Array(await blob.arrayBuffer()))
    if (base64.length < lettersMax) return base64
  }
  return null
}

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  }
  return btoa(text)
}

/** What the server keeps, onto a canvas: the policy lets no picture in by a made-up address. */
export async function drawInto(
  canvas: HTMLCanvasElement,
  { bytes, form }: { bytes: string; form: string },
): Promise<void> {
  const raw = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))
  const drawn = await redrawn(new Blob([raw], { type: form }))
  if (!drawn) return
  canvas.width = drawn.width
  canvas.height = drawn.height
  canvas.getContext('2d')?.drawImage(drawn, 0, 0)
}
