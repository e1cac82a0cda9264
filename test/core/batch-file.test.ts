import { describe, expect, it } from 'vitest'
import { assembleBatch } from '../../core/batch.ts'
import { batchLines, parseBatchFile } from '../../core/batch-file.ts'
import { cohort, registry } from './cohort.ts'
import { codeOf, refusalOf } from './thrown.ts'

const batch = cohort(5)
const lines = [...batchLines(batch)]
const text = lines.join('')

/** The file with one line changed as a value. */
function withLine(at: number, change: (value: never) => unknown): string {
  return lines
    .map((line, i) => (i === at ? `${JSON.stringify(change(JSON.parse(line) as never))}\n` : line))
    .join('')
}

interface Entry {
  salt: string
  credential: Record<string, unknown> & {
    credentialStatus: Record<string, unknown>
    issuer: Record<string, unknown>
  }
}

describe('a batch file', () => {
  it('comes back as it was', () => {
    expect(parseBatchFile(text)).toEqual(batch)
  })

  it('comes back with CRLF, without its last line break and with empty lines', () => {
    expect(parseBatchFile(text.trimEnd())).toEqual(batch)
    expect(parseBatchFile(text.replaceAll('\n', '\r\n'))).toEqual(batch)
    expect(parseBatchFile(text.replaceAll('\n', '\n\n'))).toEqual(batch)
  })

  it.each([
    ['format', 'rootmark-batch-2'],
    ['id', ''],
    ['id', 7],
    ['id', undefined],
    ['chainId', '31337'],
    ['chainId', [31337]],
    ['chainId', { toString: 1 }],
    ['chainId', 1],
    ['chainId', 0],
    ['chainId', undefined],
    ['registry', '0x0000000000000000000000000000000000000001'],
    ['registry', registry.replace('c', 'C')],
    ['registry', 'registry'],
    ['registry', undefined],
    ['issuer', '0x0000000000000000000000000000000000000001'],
    ['issuer', { toString: 1 }],
    ['size', 4],
    ['size', '5'],
    ['size', undefined],
    ['root', `0x${'0'.repeat(64)}`],
    ['root', undefined],
  ])('is refused with another %s in its header: %j', (name, value) => {
    const altered = withLine(0, (header: Record<string, unknown>) => ({ ...header, [name]: value }))
    const refusal = refusalOf(() => parseBatchFile(altered))
    expect(refusal.message).toMatch(/^line \d|header/)
  })

  const entryChanges: readonly (readonly [string, (entry: Entry) => unknown, string])[] = [
    ['another salt', (entry) => ({ ...entry, salt: `0x${'00'.repeat(32)}` }), 'batch_file_altered'],
    ['a short salt', (entry) => ({ ...entry, salt: '0x00' }), 'hex_malformed'],
    ['no salt', ({ credential }) => ({ credential }), 'salt_missing'],
    ['no credential', ({ salt }) => ({ salt }), 'batch_file_malformed'],
    ['a list', (entry) => [entry], 'batch_file_malformed'],
    [
      'another name',
      (entry) => ({ ...entry, credential: { ...entry.credential, name: 'Other' } }),
      'batch_file_altered',
    ],
    [
      'a member more',
      (entry) => ({ ...entry, credential: { ...entry.credential, evidence: [] } }),
      'batch_file_altered',
    ],
    [
      'a proof',
      (entry) => ({ ...entry, credential: { ...entry.credential, proof: [] } }),
      'batch_file_malformed',
    ],
    [
      'no status',
      (entry) => ({ ...entry, credential: { ...entry.credential, credentialStatus: [] } }),
      'batch_file_altered',
    ],
    [
      'another status index',
      (entry) => ({
        ...entry,
        credential: {
          ...entry.credential,
          credentialStatus: {
            ...entry.credential.credentialStatus,
            id: String(entry.credential.credentialStatus['id']).replace(/\d+$/, '4'),
          },
        },
      }),
      'status_mismatch',
    ],
    [
      'another issuer account',
      (entry) => ({
        ...entry,
        credential: { ...entry.credential, issuer: `did:pkh:eip155:1:${registry}` },
      }),
      'issuer_mismatch',
    ],
  ]

  it.each(entryChanges)('is refused with %s in an entry', (_, change, code) => {
    const refusal = refusalOf(() => parseBatchFile(withLine(3, change)))
    expect(refusal.code).toBe(code)
    if (code !== 'batch_file_altered') expect(refusal.message).toMatch(/^line 4: /)
  })

  it('is refused with lines left out, doubled, swapped or cut', () => {
    const [header, ...entries] = lines
    const fileOf = (...parts: readonly (string | undefined)[]) => parts.join('')
    expect(codeOf(() => parseBatchFile(''))).toBe('empty')
    expect(codeOf(() => parseBatchFile(fileOf(header)))).toBe('batch_empty')
    expect(codeOf(() => parseBatchFile(fileOf(...entries)))).toBe('batch_file_malformed')
    expect(codeOf(() => parseBatchFile(fileOf(header, ...entries.slice(0, 4))))).toBe(
      'batch_file_incomplete',
    )
    expect(
      refusalOf(() => parseBatchFile(fileOf(header, entries[0], entries[0], ...entries.slice(2))))
        .message,
    ).toMatch(/^line 3: /)
    expect(
      codeOf(() => parseBatchFile(fileOf(header, entries[1], entries[0], ...entries.slice(2)))),
    ).toBe('status_mismatch')
    expect(refusalOf(() => parseBatchFile(text.slice(0, -100))).message).toMatch(/^line 6: /)
    expect(codeOf(() => parseBatchFile(fileOf(header, header, ...entries)))).toBe(
      'batch_file_malformed',
    )
  })

  it('tells the true line also after empty ones', () => {
    const spaced = withLine(2, () => 7).replaceAll('\n', '\n\n')
    expect(refusalOf(() => parseBatchFile(spaced)).message).toMatch(/^line 5: /)
  })

  it('is refused with any letter of an entry changed, or means the same', () => {
    const [header, first, ...rest] = lines as [string, string, ...string[]]
    for (let i = 0; i < first.length; i += 7) {
      const changed = first.slice(0, i) + (first[i] === 'x' ? 'y' : 'x') + first.slice(i + 1)
      expect(codeOf(() => parseBatchFile([header, changed, ...rest].join('')))).not.toBe(undefined)
    }
  })
})

describe('the same credential twice', () => {
  it('makes two leaves, since each has a status index of its own', () => {
    const [entry] = batch.entries
    if (!entry) throw new Error('no entry')
    expect(assembleBatch('b', batch.target, [entry, entry]).tree.size).toBe(2)
  })
})
