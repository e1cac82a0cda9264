import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { keccak256 } from 'ethers'
import { MerkleTree } from 'merkletreejs'
import { describe, expect, it } from 'vitest'
import { batchLines, parseBatchFile } from '../../core/batch-file.ts'
import { createBatchFileReader } from '../../core/batch-file-reader.ts'
import { utf8 } from '../../core/bytes.ts'
import { cohort } from './cohort.ts'
import { codeOf, refusalOf } from './thrown.ts'

/** Reads lines without their line breaks, as bytes. */
function read(lines: readonly string[]) {
  const reader = createBatchFileReader()
  for (const line of lines) reader.push(utf8(line))
  return reader.end()
}

const linesOf = (text: string) => text.split('\n')
const small = linesOf([...batchLines(cohort(5))].join(''))

describe('a batch file that is read line by line', () => {
  it('gives the root of merkletreejs over leaves that are hashed here', () => {
    const batch = cohort(2001, { achievement: { name: 'A', description: 'B', criteria: {} } })
    const sha = (data: Uint8Array) => createHash('sha256').update(data).digest()
    const keccak = (data: Uint8Array) => Buffer.from(keccak256(data).slice(2), 'hex')
    const lines = [...batchLines(batch)]
    const leaves = lines.slice(1).map((line, index) => {
      const { salt, credential } = JSON.parse(line)
      const word = Buffer.alloc(32)
      word.writeUInt32BE(index, 28)
      const digest = sha(Buffer.concat([Buffer.from(salt.slice(2), 'hex'), sha(jcs(credential))]))
      return keccak(keccak(Buffer.concat([digest, word])))
    })
    const peer = new MerkleTree(leaves, keccak, { sortPairs: true })
    const { root, size, id, target, tree } = read(linesOf(lines.join('')))
    expect([root, size]).toEqual([peer.getHexRoot(), 2001])
    expect({ id, target, tree }).toEqual({ id: batch.id, target: batch.target, tree: batch.tree })
  })

  it('reads the frozen file of format version 1', () => {
    const text = readFileSync(new URL('../vectors/v1/batch.ndjson', import.meta.url), 'utf8')
    const { id, target, tree, root } = parseBatchFile(text)
    expect(read(linesOf(text))).toEqual({ id, target, tree, root, size: tree.size })
  })

  it('tells the header before anything else is read, and each entry as it comes', () => {
    const reader = createBatchFileReader()
    expect(reader.header()).toBe(undefined)
    expect(reader.push(small[0] as string)).toBe(undefined)
    expect(reader.header()?.size).toBe(5)
    expect(reader.push(small[1] as string)).toEqual(cohort(5).entries[0])
    expect(reader.push('  \r')).toBe(undefined)
  })

  it('takes no room for credentials that a header only promises', () => {
    const [header, ...entries] = small as [string, ...string[]]
    const before = process.memoryUsage().arrayBuffers
    const promising = header.replace('"size":5', '"size":4294967295')
    expect(codeOf(() => read([promising, ...entries]))).toBe('batch_file_incomplete')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000)
    for (const size of ['-1', '1.5', '1e400', '"5"', 'null', '[5]']) {
      const lying = header.replace('"size":5', `"size":${size}`)
      expect(refusalOf(() => read([lying])).message, size).toMatch(/^line 1: /)
    }
  })

  it('stops at the first credential more than the header announces', () => {
    const reader = createBatchFileReader()
    for (const line of small.slice(0, 6)) reader.push(line)
    const refusal = refusalOf(() => reader.push('what comes after is not looked at'))
    expect([refusal.code, refusal.message]).toEqual([
      'batch_file_incomplete',
      'line 7: the header says 5 credentials, the file has at least 6',
    ])
  })

  it('is not held up by lines without end that hold nothing', () => {
    const reader = createBatchFileReader()
    reader.push(small[0] as string)
    const refusal = refusalOf(() => {
      for (let i = 0; i < 1_000_000; i++) reader.push('')
    })
    expect(refusal.message).toMatch(/^line 2\d\d\d: hardly a line/)
  })

  it('is refused where it is not UTF-8, holds a member twice, or a number that a double does not', () => {
    const [header, first = ''] = small
    const change = (to: string) => () => read([header ?? '', to])
    const broken = utf8(first)
    broken[200] = 0xff
    const reader = createBatchFileReader()
    reader.push(header ?? '')
    expect(codeOf(() => reader.push(broken))).toBe('utf8_invalid')
    expect(codeOf(change(first.replace('{"salt"', '{"salt":"0x00","salt"')))).toBe('duplicate_name')
    expect(codeOf(change(first.replace('"type":', '"x":9007199254740993,"type":')))).not.toBe(
      undefined,
    )
    expect(codeOf(change(`${first} trailing`))).toBe('json_malformed')
    expect(codeOf(change('['.repeat(100_000)))).not.toBe(undefined)
  })
})

/** RFC 8785 for what credentials hold: plain names, texts, and numbers that print alike. */
function jcs(value: unknown): Buffer {
  const sorted = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(sorted)
    if (typeof item !== 'object' || item === null) return item
    const members = Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]))
  }
  return Buffer.from(JSON.stringify(sorted(value)), 'utf8')
}
