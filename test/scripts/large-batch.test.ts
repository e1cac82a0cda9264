import { existsSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BatchSummary } from '../../core/batch.ts'
import { parseBatchFile } from '../../core/batch-file.ts'
import type { BatchTerms } from '../../core/credential.ts'
import { digestOf } from '../../core/digest.ts'
import type { Learner } from '../../core/learner.ts'
import { parseProofs } from '../../core/proof.ts'
import { leafOf, rootFrom } from '../../core/tree-path.ts'
import { fillFolder } from '../../scripts/batch-folder.ts'
import { makeBatch } from '../../scripts/batch-making.ts'
import { readBatch } from '../../scripts/batch-source.ts'
import { writeCredentials } from '../../scripts/credential-files.ts'
import { outputFor } from '../../scripts/output.ts'
import { readPieces } from '../../scripts/pieces.ts'
import { readRoster } from '../../scripts/roster-file.ts'
import { openShuffle } from '../../scripts/shuffle.ts'
import { cohortRequest } from '../core/cohort.ts'
import { rejectionOf } from '../core/thrown.ts'

const size = 3000
const output = outputFor(true)
const silent = { step: () => {}, stop: () => {} }
const { achievement, issuer, account, registry, validFrom } = cohortRequest(0)
const terms: BatchTerms = {
  batchId: 'b1',
  achievement: { ...achievement, id: 'urn:example:achievement' },
  issuer,
  account,
  registry,
  baseUrl: 'https://badges.example',
  validFrom,
  validUntil: undefined,
}
// Four kilobytes each: more than a shuffle keeps in memory.
const longDid = (i: number) => `did:key:z${'6Mk'.repeat(650)}${i}`
const roster: readonly Learner[] = Array.from({ length: size }, (_, i) => ({
  name: `${'Zoë 山田 👩🏽‍🔬 '.repeat(24)}${i}`,
  did: longDid(i),
  email: `learner${i}@example.org`,
}))
const nothing = undefined

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rootmark-large-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function shuffled(): Promise<readonly Learner[]> {
  const shuffle = openShuffle(folder)
  for (let at = 0; at < size; at += 100) await shuffle.take(roster.slice(at, at + 100))
  const piles = await Array.fromAsync(shuffle.piles())
  await shuffle.close()
  return piles.flat()
}

describe('a shuffle of more learners than memory takes', () => {
  it('gives each of them once, in another order every time, and leaves no file', async () => {
    const [first, second] = [await shuffled(), await shuffled()]
    const names = (learners: readonly Learner[]) => learners.map(({ name }) => name)
    expect(new Set(names(first))).toEqual(new Set(names(roster)))
    expect(first).toHaveLength(size)
    expect(names(first)).not.toEqual(names(second))
    expect(names(first)).not.toEqual(names(roster))
    expect((await readdir(folder)).filter((name) => name.startsWith('learners'))).toEqual([])
  })

  it('brings every learner to every place equally often', async () => {
    const few = roster.slice(0, 4).map(({ name }, i) => ({ name, result: String(i) }))
    const counts = Array.from({ length: 16 }, () => 0)
    for (let round = 0; round < 2000; round++) {
      const shuffle = openShuffle(folder)
      await shuffle.take(few)
      const order = (await Array.fromAsync(shuffle.piles())).flat()
      for (const [place, { result }] of order.entries()) {
        const cell = place * 4 + Number(result)
        counts[cell] = (counts[cell] as number) + 1
      }
    }
    // 500 each; nine standard deviations of a binomial are 174.
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(174)
  })
})

describe('a batch that is made from the command line', () => {
  let plain: BatchSummary
  const path = () => join(folder, 'batch.ndjson')
  const zipped = () => join(folder, 'batch.ndjson.gz')

  beforeAll(async () => {
    const make = async (target: string, isZipped: boolean) => {
      const shuffle = openShuffle(folder)
      await shuffle.take(roster)
      const file = { path: target, isZipped }
      const made = await makeBatch(terms, shuffle.piles(), size, file, silent)
      await shuffle.close()
      return made
    }
    plain = await make(path(), false)
    await make(zipped(), true)
  })

  it('is a batch file like any other, of all learners, and leads to its root', async () => {
    const parsed = parseBatchFile(await readFile(path(), 'utf8'))
    expect({ root: parsed.root, tree: parsed.tree }).toEqual({ root: plain.root, tree: plain.tree })
    const subjects = parsed.entries.map(
      ({ credential }) => (credential['credentialSubject'] as { id: string }).id,
    )
    expect(subjects.toSorted()).toEqual(roster.map(({ did }) => did).toSorted())
    expect(subjects).not.toEqual(roster.map(({ did }) => did))
    expect(new Set(parsed.entries.map(({ salt }) => Buffer.from(salt).toString('hex'))).size).toBe(
      size,
    )
  })

  it('is read as a stream, packed or not, from a file or a service', async () => {
    expect(await readBatch(path(), nothing)).toEqual(plain)
    const packed = await readFile(zipped())
    const text = gunzipSync(packed).toString('utf8')
    const { root } = parseBatchFile(text)
    expect((await readBatch(zipped(), nothing)).root).toBe(root)
    const asked: unknown[] = []
    const server = createServer((request, response) => {
      asked.push(request.headers.authorization)
      response.end(packed)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
    const { port } = server.address() as AddressInfo
    expect((await readBatch(`http://127.0.0.1:${port}/file`, 'key')).root).toBe(root)
    expect(asked).toEqual(['Bearer key'])
    server.close()
  })

  it('gives credentials with proofs, all or some', async () => {
    const some = join(folder, 'some')
    await mkdir(some)
    const known = { source: path(), apiKey: nothing, summary: plain }
    expect(await writeCredentials(known, new Set([0, 7, size - 1]), some, output)).toBe(3)
    const indexes = []
    for (const name of await readdir(some)) {
      const credential = JSON.parse(await readFile(join(some, name), 'utf8'))
      expect(name).toBe(`${credential.id.slice('urn:uuid:'.length)}.json`)
      const { anchor } = parseProofs(credential)
      if (!anchor) throw new Error('no anchor proof')
      const leaf = leafOf(digestOf(credential, anchor.salt), anchor.statusIndex)
      expect(Buffer.from(rootFrom(leaf, anchor.siblings)).toString('hex')).toBe(plain.root.slice(2))
      indexes.push(anchor.statusIndex)
    }
    expect(indexes.toSorted((a, b) => a - b)).toEqual([0, 7, size - 1])
  })

  it('gives none where the file is another by then, and writes nowhere else whatever an id says', async () => {
    const text = await readFile(path(), 'utf8')
    const into = async (altered: string, name: string, summary = plain) => {
      const source = join(folder, `${name}.ndjson`)
      await writeFile(source, altered)
      const target = join(folder, name)
      await mkdir(target)
      return writeCredentials({ source, apiKey: nothing, summary }, new Set([2]), target, output)
    }
    const lines = text.split('\n')
    const changed = lines.with(3, (lines[3] as string).replace('"name":"', '"name":"x'))
    expect((await rejectionOf(into(changed.join('\n'), 'changed'))).code).toBe('file_changed')
    const short = [...lines.slice(0, 9), ''].join('\n')
    expect((await rejectionOf(into(short, 'short'))).code).toBe('file_changed')

    const climbing = lines.map((line) => line.replace(/urn:uuid:[0-9a-f-]{36}/, '../../out'))
    const said = JSON.parse(climbing[0] as string)
    const source = join(folder, 'climbing-first.ndjson')
    await writeFile(source, climbing.join('\n'))
    const { message } = await rejectionOf(readBatch(source, nothing))
    said.root = /give (0x[0-9a-f]{64})/.exec(message)?.[1]
    const honest = climbing.with(0, JSON.stringify(said)).join('\n')
    await writeFile(source, honest)
    await into(honest, 'climbing', await readBatch(source, nothing))
    expect(await readdir(join(folder, 'climbing'))).toEqual(['2.json'])
  })

  it('is refused where it is cut off, damaged, packed to blow up, or changes while it is read', async () => {
    const packed = await readFile(zipped())
    const codeOf = async (content: Uint8Array | string) => {
      const source = join(folder, 'bad')
      await writeFile(source, content)
      return (await rejectionOf(readBatch(source, nothing))).code
    }
    const text = await readFile(path())
    expect(await codeOf(packed.subarray(0, packed.length - 5))).toBe('gzip_malformed')
    expect(await codeOf(packed.subarray(0, packed.length >> 1))).toBe('gzip_malformed')
    expect(await codeOf(packed.with(packed.length >> 1, 0x55))).not.toBe(undefined)
    expect(await codeOf(text.subarray(0, -3000))).toBe('json_malformed')
    expect(await codeOf(`${text}trailing`)).toBe('batch_file_incomplete')
    expect(await codeOf(gzipSync(Buffer.alloc(200_000_000)))).toBe('line_too_long')
    expect(await codeOf(gzipSync(Buffer.concat([text, Buffer.alloc(50_000_000, 10)])))).toBe(
      'batch_file_malformed',
    )
    expect(await codeOf('')).toBe('empty')
    expect(await codeOf(Buffer.of(0x1f, 0x8b))).toBe('gzip_malformed')

    const growing = join(folder, 'growing')
    await writeFile(growing, text)
    const pieces = readPieces(growing)
    await pieces.next()
    await appendFile(growing, 'x')
    const reading = Array.fromAsync(pieces)
    expect((await rejectionOf(reading)).code).toBe('file_changed')
  })
})

describe('a roster on disk', () => {
  const rows = ['name,email', 'Ada,a@x.example', 'Bo,b@x.example', '"C, ""x""",c@x.example']
  const read = async (name: string, content: Uint8Array | string) => {
    const file = join(folder, name)
    await writeFile(file, content)
    const taken: Learner[] = []
    const found = await readRoster(file, async (learners) => void taken.push(...learners))
    return { names: taken.map((learner) => learner.name), count: found.count }
  }

  it('is CSV, NDJSON or JSON, packed or not', async () => {
    const csv = rows.join('\n')
    const ndjson = '{"name":"Ada","email":"a@x.example"}\n{"name":"Bo","email":"b@x.example"}'
    const three = { names: ['Ada', 'Bo', 'C, "x"'], count: 3 }
    expect(await read('roster.csv', csv)).toEqual(three)
    expect(await read('roster.CSV.gz', gzipSync(csv))).toEqual(three)
    expect(await read('roster.jsonl', ndjson)).toEqual({ names: ['Ada', 'Bo'], count: 2 })
    expect(await read('r.ndjson.gz', gzipSync(ndjson))).toEqual({ names: ['Ada', 'Bo'], count: 2 })
    const json = `[${ndjson.replace('\n', ',')}]`
    expect(await read('roster.json.gz', gzipSync(json))).toEqual({ names: ['Ada', 'Bo'], count: 2 })
  })

  it.each([
    ['another format', 'roster.xlsx', 'name', 'roster_format'],
    ['JSON that is too large', 'big.json.gz', gzipSync(Buffer.alloc(70_000_000, 32)), 'too_large'],
    ['torn', 'torn.csv.gz', gzipSync(rows.join('\n')).subarray(0, 40), 'gzip_malformed'],
    ['one endless line', 'l.csv.gz', gzipSync(Buffer.alloc(100_000_000, 97)), 'line_too_long'],
    ['nothing but empty lines', 'e.csv.gz', gzipSync(Buffer.alloc(10_000_000, 10)), 'roster_empty'],
  ])('is refused with its path where it is %s', async (_, name, content, code) => {
    const refusal = await rejectionOf(read(name, content))
    expect([refusal.code, refusal.message.includes(name)]).toEqual([code, true])
  })
})

describe('a folder that is filled', () => {
  it('is not there before it is complete, and leaves nothing where that fails', async () => {
    const out = join(folder, 'new')
    const target = join(out, 'batch')
    const failing = fillFolder(target, async (partial) => {
      await writeFile(join(partial, 'half'), 'x')
      expect(existsSync(target)).toBe(false)
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    })
    expect((await rejectionOf(failing)).code).toBe('disk_full')
    expect(existsSync(out)).toBe(false)
    await fillFolder(target, (partial) => writeFile(join(partial, 'whole'), 'x'))
    expect(await readdir(target)).toEqual(['whole'])
    expect(await readdir(out)).toEqual(['batch'])
    const again = fillFolder(target, async () => {})
    expect((await rejectionOf(again)).code).toBe('folder_taken')
  })
})
