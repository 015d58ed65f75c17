/** Larger files are refused by the server: in base64 they grow by a third. */
export const fileBytesMax = 2_900_000

/** What is in a file, as base64. Rejects where the browser cannot read it. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : ''
      resolve(url.slice(url.indexOf(',') + 1))
    }
    reader.onerror = () => reject(reader.error ?? new Error('the file could not be read'))
    reader.readAsDataURL(file)
  })
}

/** Gives a file to the person, as a download. */
export function saveFile(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type: excel }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), keptMs)
}

const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** A slow disk still reads from it while the person chooses where to save. */
const keptMs = 60_000
