import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bakePng } from '../../core/baked-png.ts'
import { bakeSvg } from '../../core/baked-svg.ts'
import { png, svg } from '../core/badge-images.ts'
import { anchoredBatch, type Stage, setStage } from './stage.ts'

let stage: Stage
let first: readonly string[]
let pdf: Uint8Array
beforeAll(async () => {
  stage = await setStage({
    settings: { BODY_LIMIT: '60000', VERIFY_BULK_RATE_LIMIT: '0', VERIFY_BULK_LIMIT: '600' },
  })
  const { credentials } = await anchoredBatch(stage, 6)
  first = await Promise.all(
    credentials.map(async (id) => (await stage.ask(`GET /credentials/${id}`)).text),
  )
  pdf = (await stage.ask(`GET /credentials/${credentials[2]}/credential.pdf`)).bytes
}, 120_000)
afterAll(() => stage?.close())

const send = async (raw: Uint8Array, query = '', type = 'application/zip') => {
  const answer = await stage.ask(`POST /verify/bulk${query}`, { raw, type })
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/x-ndjson'])
  const lines = answer.text.split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line))
}
const said = (answers: Awaited<ReturnType<typeof send>>) =>
  answers.map(
    ({ line, file = '', verdict, reason, error }) =>
      `${line} ${file} ${error?.code ?? `${verdict} ${reason}`}`,
  )
const one = (i: number) => first[i] as string

describe('an archive', () => {
  it('gets an answer for each file, in their order and by name, whatever stands beside them', async () => {
    const files: Zippable = {
      'z/first.json': strToU8(JSON.stringify(JSON.parse(one(0)), null, 2)),
      'z/': new Uint8Array(),
      '__MACOSX/z/._first.json': strToU8('junk'),
      'badge.png': bakePng(png(), one(1)),
      'badge.svg': strToU8(bakeSvg(svg(''), one(5))),
      'sheet.pdf': pdf,
      'altered.json': strToU8(one(3).replace('Data', 'Doctor')),
      '../../etc/passwd': strToU8('root:x:0:0'),
      'long.json': strToU8(`{"a":"${'x'.repeat(70_000)}"}`),
      'bomb.json': new Uint8Array(9_000_000),
      'inner.zip': zipSync({ 'a.json': strToU8(one(0)) }),
      'empty.json': new Uint8Array(),
      'two, "quoted"\n.json': strToU8(one(4)),
    }
    expect(said(await send(zipSync(files)))).toEqual([
      '1 z/first.json valid valid',
      '2 badge.png valid valid',
      '3 badge.svg valid valid',
      '4 sheet.pdf valid valid',
      '5 altered.json invalid tampered',
      '6 ../../etc/passwd json_malformed',
      '7 long.json too_large',
      '8 bomb.json too_large',
      '9 inner.zip utf8_invalid',
      '10 empty.json empty',
      '11 two, "quoted"\n.json valid valid',
    ])
  })

  it('gets whole reports where they are wanted, and says so of itself where it is broken', async () => {
    const archive = zipSync({ 'a.json': strToU8(one(0)), 'b.json': strToU8(one(1)) })
    const [a, b, end] = await send(archive.subarray(0, -30), '?report=full')
    expect([a.file, a.report.verdict, b.file, b.report.verdict]).toEqual([
      'a.json',
      'valid',
      'b.json',
      'valid',
    ])
    expect(end).toMatchObject({ line: 3, error: { code: 'zip_malformed' } })
    expect(end).not.toHaveProperty('file')
    expect(said(await send(strToU8('{"not":"an archive"}')))).toEqual(['1  zip_malformed'])
  })

  it('is answered as it comes, before all of it is there', async () => {
    const files = Object.fromEntries(first.map((text, i) => [`${i}.json`, strToU8(text)]))
    const archive = zipSync(files, { level: 0 })
    const sending = request(new URL('/verify/bulk', await stage.listen()), {
      method: 'POST',
      headers: { 'content-type': 'application/zip' },
    })
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>
    const half = archive.length / 2
    sending.write(archive.subarray(0, half))
    const [response] = await answered
    const reading = response[Symbol.asyncIterator]()
    expect(String((await reading.next()).value)).toMatch(
      /^\{"line":1,"file":"0.json","verdict":"valid"/,
    )
    sending.end(archive.subarray(half))
    let rest = ''
    for await (const piece of reading) rest += piece
    expect(rest).toContain('"file":"5.json","verdict":"valid"')
  })

  it('of hundreds is answered by threads, and no more than a request may have', async () => {
    const files = (count: number) =>
      Object.fromEntries([...Array(count).keys()].map((i) => [`${i}.json`, strToU8(one(i % 6))]))
    const answers = await send(zipSync(files(600)), '', 'Application/X-Zip-Compressed')
    expect(said(answers)).toEqual(
      [...Array(600).keys()].map((i) => `${i + 1} ${i}.json valid valid`),
    )
    const most = await send(zipSync(files(610)))
    expect(said(most.slice(-2))).toEqual(['600 599.json valid valid', '601  items_too_many'])
  })

  it('of large pictures is answered, though they are not all held at once', async () => {
    const badge = bakePng(png(), one(1))
    const large = new Uint8Array(39_000)
    large.set(badge)
    const files: Zippable = {}
    for (let i = 0; i < 300; i++) files[`${i}.png`] = [i % 2 ? badge : large, { level: 0 }]
    const answers = await send(zipSync(files))
    expect(answers.filter(({ verdict }) => verdict === 'valid').length).toBeGreaterThanOrEqual(150)
    expect(answers.map(({ file }) => file)).toEqual(Object.keys(files))
  })
})
