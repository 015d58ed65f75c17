/** Every test's database is a clone of this one; nobody is ever connected to it. */
export const template = 'template_lilong'

declare module 'vitest' {
  interface ProvidedContext {
    ownerUrl: string
    appUrl: string
    /** folder of the unpacked browser */
    shelf: string
  }
}
