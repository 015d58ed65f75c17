import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { dayMs } from '../../../kernel/clock.ts'
import { opened } from '../testing/open.ts'
import { formOf } from './decide.ts'
import { photoBytesMax, photosMax } from '../types.ts'

const text = (words: string) => Buffer.from(words, 'latin1')
const segment = (marker: number, body: Buffer) =>
  Buffer.concat([
    Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]),
    body,
  ])
const jfif = segment(0xe0, text('JFIF\0\x01\x02\0\0\x01\0\x01\0\0'))
const table = segment(0xdb, Buffer.alloc(65, 7))
const scan = Buffer.concat([
  segment(0xda, Buffer.alloc(10)),
  Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 5]),
])
const end = Buffer.from([0xff, 0xd9])
const jpeg = (...parts: Buffer[]) => Buffer.concat([Buffer.from([0xff, 0xd8]), ...parts])
const plain = jpeg(jfif, table, scan, end)

const chunk = (word: string, body: Buffer) => {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  return Buffer.concat([text(word), length, body, Buffer.alloc(body.length % 2)])
}
const webp = (...chunks: Buffer[]) => chunk('RIFF', Buffer.concat([text('WEBP'), ...chunks]))
const picture = chunk('VP8 ', Buffer.alloc(31, 3))

describe('a picture', () => {
  test.each<[string, Buffer]>([
    ['a JPEG as a canvas writes it', plain],
    ['with a colour profile', jpeg(jfif, segment(0xe2, text('ICC_PROFILE\0\x01\x01x')), scan, end)],
    ['with Adobe’s mark', jpeg(segment(0xee, text('Adobe\0d\0\0\0\0\0')), table, scan, end)],
    ['in several scans', jpeg(jfif, scan, table, scan, end)],
    ['with fill bytes', jpeg(Buffer.from([0xff, 0xff]), jfif.subarray(1), scan, end)],
  ])('is taken: %s', (_what, bytes) => {
    expect(formOf(bytes)).toBe('image/jpeg')
  })

  test.each<[string, Buffer]>([
    ['a WebP as a canvas writes it', webp(picture)],
    [
      'with alpha and a profile',
      webp(
        chunk('VP8X', Buffer.alloc(10)),
        chunk('ICCP', text('abc')),
        chunk('ALPH', text('a')),
        picture,
      ),
    ],
    ['without loss', webp(chunk('VP8L', Buffer.alloc(5)))],
  ])('is taken: %s', (_what, bytes) => {
    expect(formOf(bytes)).toBe('image/webp')
  })

  test.each<[string, Buffer]>([
    ['Exif', jpeg(segment(0xe1, text('Exif\0\0MM\0*GPS')), table, scan, end)],
    ['Exif behind JFIF', jpeg(jfif, segment(0xe1, text('Exif\0\0')), scan, end)],
    ['XMP', jpeg(segment(0xe1, text('http://ns.adobe.com/xap/1.0/\0<x/>')), scan, end)],
    ['IPTC', jpeg(segment(0xed, text('Photoshop 3.0\0')), scan, end)],
    ['a place in APP2', jpeg(segment(0xe2, text('MPF\0GPS')), scan, end)],
    ['a thumbnail of JFIF’s extension', jpeg(segment(0xe0, text('JFXX\0')), scan, end)],
    ['Exif in another number', jpeg(segment(0xe5, text('Exif\0\0')), scan, end)],
    ['a comment', jpeg(jfif, segment(0xfe, text('31.2N 121.4E')), scan, end)],
    ['Exif between scans', jpeg(jfif, scan, segment(0xe1, text('Exif\0\0')), scan, end)],
    ['what stands behind its end', Buffer.concat([plain, text('a video, with a place')])],
    ['a WebP with Exif', webp(picture, chunk('EXIF', text('GPS')))],
    ['a WebP with XMP', webp(picture, chunk('XMP ', text('<x/>')))],
    ['a WebP with a chunk that nobody knows', webp(chunk('loca', text('here')), picture)],
    ['a moving WebP', webp(chunk('ANIM', Buffer.alloc(6)), picture)],
    ['a WebP with something behind it', Buffer.concat([webp(picture), text('here')])],
  ])('that tells where it was taken is refused: %s', (_what, bytes) => {
    expect(formOf(bytes)).toEqual({ fault: 'picture-tells', field: 'bytes' })
  })

  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['text', text('hello')],
    ['a PNG', text('\x89PNG\r\n\x1a\n')],
    ['an SVG', text('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['HEIC', text('\0\0\0\x18ftypheic')],
    ['a JPEG that is cut', plain.subarray(0, -5)],
    ['a JPEG without a picture', jpeg(jfif, end)],
    ['a segment longer than the file', jpeg(Buffer.from([0xff, 0xdb, 0xff, 0xff, 1]))],
    ['a WebP that is cut', webp(picture).subarray(0, -4)],
    ['a WebP without a picture', webp(chunk('VP8X', Buffer.alloc(10)))],
  ])('is no picture: %s', (_what, bytes) => {
    expect(formOf(bytes)).toEqual({ fault: 'not-a-picture', field: 'bytes' })
  })

  test('of any bytes at all an answer comes, and Exif never passes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(10), (noise, at) => {
        for (const begin of [
          Buffer.alloc(0),
          plain.subarray(0, plain.length - at),
          webp(picture),
        ]) {
          expect(formOf(Buffer.concat([begin, noise]))).toBeDefined()
        }
        const exif = segment(0xe1, Buffer.concat([text('Exif\0\0'), noise]))
        expect(formOf(jpeg(jfif, exif, table, scan, end))).toMatchObject({ fault: 'picture-tells' })
      }),
    )
  })
})

describe('the picture of a matter', () => {
  let town: Streets
  beforeAll(async () => {
    town = await openStreets()
  })
  afterAll(() => town[Symbol.asyncDispose]())

  const add = (task: string, bytes: Buffer, who = town.a.worker) =>
    who.post('/api/tasks/photo', { task, says: '楼道里的水管', bytes: bytes.toString('base64') })
  const hazard = () => opened(town, { kind: 'hazard', rule: 'water-leak', person: null })

  test('is seen by those concerned and by nobody else', async () => {
    const { worker, deputy } = town.a
    const task = await hazard()
    const { body } = await add(task, plain)
    const { photos, mayPhotograph } = (await worker.get(`/api/tasks/one?task=${task}`)).body
    expect(mayPhotograph).toBe(true)
    expect(photos).toEqual([{ photo: body.photo, takenAt: town.clock.now(), says: '楼道里的水管' }])
    const shown = await worker.get(`/api/tasks/photo?photo=${body.photo}`)
    expect(shown.body).toEqual({
      ...{ form: 'image/jpeg', says: '楼道里的水管', bytes: plain.toString('base64') },
    })
    for (const who of [deputy, town.a.officer, town.b.worker]) {
      expect((await who.get(`/api/tasks/photo?photo=${body.photo}`)).status).toBe(404)
      expect((await add(task, plain, who)).status).toBe(404)
    }
    await worker.post('/api/tasks/act', { task, act: 'decline', from: 'raised' })
    expect((await worker.get(`/api/tasks/photo?photo=${body.photo}`)).status).toBe(404)
    expect((await deputy.get(`/api/tasks/photo?photo=${body.photo}`)).status).toBe(200)
  })

  test('is kept once though a telephone sends it twice, also at the same moment', async () => {
    const { worker, deputy } = town.a
    const task = await hazard()
    const key = randomUUID()
    const body = { task, says: '楼道里的水管', bytes: plain.toString('base64'), key }
    const sent = await Promise.all([1, 2, 3].map(() => worker.post('/api/tasks/photo', body)))
    const later = await worker.post('/api/tasks/photo', body)
    for (const one of [...sent, later]) expect(one).toMatchObject({ body: { photo: key } })
    const { photos } = (await worker.get(`/api/tasks/one?task=${task}`)).body
    expect(photos).toHaveLength(1)
    // another's number names nothing of theirs
    const other = await hazard()
    expect(await worker.post('/api/tasks/photo', { ...body, task: other })).toMatchObject({
      ...{ status: 400, body: { fault: 'bad-input', field: 'key' } },
    })
    expect((await deputy.post('/api/tasks/photo', body)).status).toBe(404)
  })

  test('that waited for a network is of when it was taken, as far as that can be', async () => {
    const { worker } = town.a
    const task = await hazard()
    const openedAt = town.clock.now()
    town.clock.set({ at: openedAt + dayMs / 2 })
    const says = '楼道里的水管'
    const add = (takenAt: number) =>
      worker.post('/api/tasks/photo', { task, says, bytes: plain.toString('base64'), takenAt })
    // taken meanwhile, before there was a task, and tomorrow
    for (const takenAt of [openedAt + 1, openedAt - 1, openedAt + dayMs]) await add(takenAt)
    const { photos } = (await worker.get(`/api/tasks/one?task=${task}`)).body
    const heard = town.clock.now()
    expect(photos.map(({ takenAt }: any) => takenAt)).toEqual([openedAt + 1, heard, heard])
  })

  test('is of a matter and not of a visit to somebody', async () => {
    const visit = await opened(town)
    expect(await add(visit, plain)).toMatchObject({ status: 403 })
    const { body } = await town.a.worker.get(`/api/tasks/one?task=${visit}`)
    expect(body.mayPhotograph).toBe(false)
    const check = await opened(town, { kind: 'home-check', rule: 'overcrowding', person: null })
    expect((await add(check, webp(picture))).status).toBe(200)
  })

  test('is small, plain and one of four', async () => {
    const task = await hazard()
    const body = Buffer.alloc(photoBytesMax + 1 - plain.length, 1)
    const large = jpeg(jfif, table, scan.subarray(0, -1), body, Buffer.from([1]), end)
    expect(large.length).toBe(photoBytesMax + 1)
    expect(await add(task, large)).toMatchObject({ status: 400, body: { field: 'bytes' } })
    const largest = jpeg(jfif, table, scan.subarray(0, -1), body.subarray(1), Buffer.from([1]), end)
    expect((await add(task, largest)).status).toBe(200)
    const exif = jpeg(segment(0xe1, text('Exif\0\0')), scan, end)
    expect(await add(task, exif)).toMatchObject({ status: 400, body: { fault: 'picture-tells' } })
    expect(await add(task, randomBytes(99))).toMatchObject({ body: { fault: 'not-a-picture' } })
    for (let i = 1; i < photosMax; i++) expect((await add(task, plain)).status).toBe(200)
    expect((await add(task, plain)).status).toBe(429)
  })

  test('goes with its task: a year after closing, and at once with a check that was nothing', async () => {
    const { worker } = town.a
    const close = async (task: string, outcome: string) => {
      const act = (done: string, from: string, more: object = {}) =>
        worker.post('/api/tasks/act', { task, act: done, from, ...more })
      await act('acknowledge', 'raised')
      expect((await act('find', 'acknowledged', { outcome })).status).toBe(200)
    }
    const held = async (task: string) =>
      (await town.owner('select 1 from tasks.photo where task = $1', [task])).length
    const check = await opened(town, {
      ...{ kind: 'home-check', rule: 'overcrowding', person: null, subject: randomUUID() },
    })
    await add(check, plain)
    await close(check, 'hazard-false')
    expect(await held(check)).toBe(0)
    const task = await hazard()
    await add(task, plain)
    await close(task, 'hazard-false')
    expect((await add(task, plain)).status).toBe(409)
    await town.settled()
    const start = town.clock.now()
    town.clock.set({ at: start + 365 * dayMs })
    await town.program.letGo()
    expect(await held(task)).toBe(1)
    town.clock.set({ at: start + 365 * dayMs + 1 })
    await town.program.letGo()
    expect(await held(task)).toBe(0)
    expect(await town.owner('select 1 from tasks.concerned where task = $1', [task])).toEqual([])
  })
})
