declare module 'fontverter' {
  /** Converts between woff2, woff, sfnt and truetype. */
  export function convert(font: Buffer, to: 'truetype' | 'woff2'): Promise<Buffer>
}
