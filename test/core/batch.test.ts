import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Batch, credentialAt } from '../../core/batch.ts'
import { toHex } from '../../core/bytes.ts'
import type { Json, JsonObject } from '../../core/canonical.ts'
import { digestOf } from '../../core/digest.ts'
import { parseCredential } from '../../core/format.ts'
import { uuidUrn } from '../../core/making.ts'
import { permutation } from '../../core/permutation.ts'
import { parseProofs } from '../../core/proof.ts'
import { leafOf, rootFrom } from '../../core/tree-path.ts'
import { cohort, learners, seededRandom } from './cohort.ts'
import { codeOf, refusalOf } from './thrown.ts'

interface Subject {
  readonly id?: string
  readonly identifier: readonly {
    readonly identityType: string
    readonly identityHash: string
    readonly salt?: string
    readonly hashed: boolean
  }[]
}

function subjectOf(credential: JsonObject): Subject {
  return credential['credentialSubject'] as unknown as Subject
}

function namesOf(batch: Batch): readonly (string | undefined)[] {
  return batch.entries.map(({ credential }) => parseCredential(credential).summary.holder)
}

describe('a batch', () => {
  it('has each learner once, each at a status index of its own', () => {
    const batch = cohort(40)
    expect([...namesOf(batch)].sort()).toEqual(
      learners(40)
        .map(({ name }) => name)
        .sort(),
    )
    const indexes = batch.entries.map(
      ({ credential }) => (credential['credentialStatus'] as JsonObject)['statusListIndex'],
    )
    expect(indexes).toEqual(Array.from({ length: 40 }, (_, i) => String(i)))
  })

  it('leads from every credential to its root', () => {
    const batch = cohort(13)
    for (let i = 0; i < 13; i++) {
      const credential = credentialAt(batch, i)
      const { anchor } = parseProofs(credential)
      if (!anchor) throw new Error('no anchor proof')
      const leaf = leafOf(digestOf(credential, anchor.salt), anchor.statusIndex)
      expect(toHex(rootFrom(leaf, anchor.siblings))).toBe(batch.root)
      expect(anchor.statusIndex).toBe(i)
    }
    expect(codeOf(() => credentialAt(batch, 13))).toBe('status_index_unknown')
    expect(codeOf(() => credentialAt(batch, -1))).toBe('status_index_unknown')
  })

  it('draws every id, salt and identity salt anew', () => {
    const { entries } = cohort(50)
    const of = (pick: (entry: Batch['entries'][number]) => Json | undefined) =>
      new Set(entries.map(pick)).size
    expect(of(({ credential }) => credential['id'])).toBe(50)
    expect(of(({ salt }) => toHex(salt))).toBe(50)
    expect(of(({ credential }) => subjectOf(credential).identifier[0]?.salt)).toBe(50)
    expect(of(({ digest }) => toHex(digest))).toBe(50)
  })

  it('is refused without learners, and where its times or those of a learner are out of order', () => {
    expect(codeOf(() => cohort(0))).toBe('batch_empty')
    expect(refusalOf(() => cohort(1, { validFrom: 'today' }))).toMatchObject({
      code: 'time_malformed',
      pointer: '/validFrom',
    })
    expect(refusalOf(() => cohort(1, { validUntil: '2026-01-01T00:00:00Z' }))).toMatchObject({
      code: 'times_out_of_order',
      pointer: '/validUntil',
    })
    const late = [
      ...learners(2),
      { name: 'L', email: 'l@x.org', validFrom: '2031-01-01T00:00:00Z' },
    ]
    expect(
      refusalOf(() => cohort(0, { learners: late, validUntil: '2030-01-01T00:00:00Z' })),
    ).toMatchObject({
      code: 'times_out_of_order',
      pointer: '/learners/2/validUntil',
    })
    const early = [{ name: 'E', email: 'e@x.org', validUntil: '2025-01-01T00:00:00Z' }]
    expect(codeOf(() => cohort(0, { learners: early }))).toBe('times_out_of_order')
  })

  it('is refused for an issuer that names another account than the one that will anchor', () => {
    const other = 'did:pkh:eip155:31337:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
    const issuer = { name: 'U', url: 'https://u.example', id: other }
    expect(refusalOf(() => cohort(1, { issuer }))).toMatchObject({
      code: 'issuer_mismatch',
      pointer: '/issuer/id',
    })
  })

  it('gives a learner its own times before those of the batch', () => {
    const own = {
      name: 'O',
      email: 'o@x.org',
      validFrom: '2026-02-01T00:00:00Z',
      validUntil: '2026-03-01T00:00:00Z',
    }
    const [entry] = cohort(0, { learners: [own], validUntil: '2030-01-01T00:00:00Z' }).entries
    expect(entry?.credential).toMatchObject({
      validFrom: own.validFrom,
      validUntil: own.validUntil,
    })
  })
})

describe('the identity of a learner', () => {
  it('is a hash of the e-mail that whoever knows it can compute again, and nobody else reads', () => {
    for (const { credential } of cohort(5).entries) {
      const [email, name] = subjectOf(credential).identifier
      const address = learners(5).find((learner) => learner.name === name?.identityHash)?.email
      const hash = createHash('sha256').update(`${address}${email?.salt}`).digest('hex')
      expect(email).toMatchObject({
        hashed: true,
        identityType: 'emailAddress',
        identityHash: `sha256$${hash}`,
      })
      expect(JSON.stringify(credential)).not.toContain('@example.org')
    }
  })

  it('is a DID where the roster has one', () => {
    const [entry] = cohort(0, { learners: [{ name: 'D', did: 'did:key:z6Mk' }] }).entries
    expect(subjectOf(entry?.credential ?? {})).toMatchObject({
      id: 'did:key:z6Mk',
      identifier: [{ identityType: 'name' }],
    })
  })
})

describe('status indexes', () => {
  it('are a permutation, whatever the size', () => {
    const random = seededRandom('sizes')
    for (const size of [1, 2, 3, 17, 256, 1000]) {
      expect([...permutation(size, random)].sort((a, b) => a - b)).toEqual(
        Array.from({ length: size }, (_, i) => i),
      )
    }
  })

  it('are equally likely in every order: chi-square over the 24 orders of four', () => {
    const random = seededRandom('orders')
    const counts = new Map<string, number>()
    const draws = 4800
    for (let i = 0; i < draws; i++) {
      const order = permutation(4, random).join()
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    const expected = draws / 24
    const chiSquare = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    )
    expect(counts.size).toBe(24)
    expect(chiSquare).toBeLessThan(49.7) // 23 degrees of freedom, p = 0.001
  })

  it('do not follow the roster', () => {
    const names = namesOf(cohort(200))
    const inPlace = learners(200).filter(({ name }, i) => names[i] === name).length
    expect(inPlace).toBeLessThan(8)
  })

  it('draw again where a number would favour low places', () => {
    const draws = [0xffffffff, 0xfffffffe, 5].map((n) =>
      Uint8Array.from([n >>> 24, n >>> 16, n >>> 8, n]),
    )
    // 2^32 - 1 is a multiple of 3, so that 0xffffffff alone is drawn again for three places.
    expect([...permutation(2, () => draws[2] as Uint8Array)]).toEqual([0, 1])
    let at = 0
    permutation(3, () => draws[at++ % 3] as Uint8Array)
    expect(at).toBe(3)
  })
})

describe('an id', () => {
  it('is a random UUID of version 4', () => {
    const id = uuidUrn(seededRandom('id'))
    expect(id).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
    expect(uuidUrn(() => new Uint8Array(16).fill(255))).toBe(
      'urn:uuid:ffffffff-ffff-4fff-bfff-ffffffffffff',
    )
  })
})
