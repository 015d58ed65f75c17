import type { TaskKind } from '../types.ts'

export const photoForms = ['image/jpeg', 'image/webp'] as const
export type PhotoForm = (typeof photoForms)[number]

export const photoBytesMax = 1_500_000
export const photoBase64Max = Math.ceil(photoBytesMax / 3) * 4
export const photosMax = 4

/** Kinds whose matter can be a thing. A visit to a person is none. */
export const photographed: ReadonlySet<TaskKind> = new Set([
  'hazard',
  'device-repair',
  'home-check',
])
