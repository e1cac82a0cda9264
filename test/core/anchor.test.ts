import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Batch, credentialAt } from '../../core/batch.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { attachAnchorProof, parseProofs } from '../../core/proof.ts'
import { anchor, anchoredFor, issueFor, write } from './transaction.ts'
import { first, verdictOf, verify } from './verifier.ts'
import { openWorld, type World } from './world.ts'

let world: World
let batch: Batch
beforeAll(async () => {
  world = await openWorld()
  batch = await anchoredFor(world, world.accounts.issuer, 300)
})
afterAll(() => world.close())

const without = (document: JsonObject, name: string) => {
  const { [name]: _, ...rest } = document
  return rest
}

describe('a credential whose anchor is missing', () => {
  it('is not valid before its batch is anchored', async () => {
    const { newcomer } = world.accounts
    const early = issueFor(world, newcomer, 6)
    expect(await verdictOf(world, first(early))).toBe('invalid: anchor_unknown')
    await anchor(world, early)
    expect(await verdictOf(world, first(early))).toBe('valid')
    expect(await verdictOf(world, first(issueFor(world, newcomer, 7)))).toBe('invalid: tampered')
  })

  it('is named: proof stripped, emptied, doubled, or of no kind at all', async () => {
    const document = first(batch)
    const [proof] = document['proof'] as JsonObject[]
    expect(await verdictOf(world, without(document, 'proof'))).toBe('invalid: anchor_missing')
    expect(await verdictOf(world, { ...document, proof: [] })).toBe('invalid: anchor_missing')
    expect(await verdictOf(world, without(without(document, 'proof'), 'credentialStatus'))).toBe(
      'invalid: proof_missing',
    )
    expect(await verdictOf(world, { ...document, proof: [proof, proof] })).toBe(
      'invalid: anchor_ambiguous',
    )
    expect(await verdictOf(world, { ...document, proof: 'none' })).toBe('invalid: proof_malformed')
    expect(await verdictOf(world, { ...document, proof: null })).toBe('invalid: proof_malformed')
    expect(await verdictOf(world, without(document, 'credentialStatus'))).toBe(
      'invalid: proof_mismatch',
    )
  })

  it('is tampered or mismatched with the proof of another credential or another batch', async () => {
    const document = without(first(batch), 'proof')
    const other = (index: number, from = batch) => ({
      ...document,
      proof: credentialAt(from, index)['proof'] as JsonObject,
    })
    expect(await verdictOf(world, other(1))).toBe('invalid: proof_mismatch')
    expect(
      await verdictOf(world, other(0, await anchoredFor(world, world.accounts.issuer, 8))),
    ).toBe('invalid: tampered')
  })

  it('is refused at a status index beyond the size that was anchored', async () => {
    const short = issueFor(world, world.accounts.issuer, 9)
    await write(world, world.accounts.issuer, 'anchor', [short.root, 4])
    expect(await verdictOf(world, credentialAt(short, 3))).toBe('valid')
    expect(await verdictOf(world, credentialAt(short, 4))).toBe(
      'invalid: status_index_out_of_range',
    )
  })
})

describe('a check that fails', () => {
  it('ends the questions about the chain, but not the one about the time', async () => {
    const report = await verify(world, { ...first(batch), name: 'Other' })
    expect(report.checks.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
      'valid format_valid',
      'invalid tampered',
      ...Array.from({ length: 5 }, () => 'skipped not_reached'),
      'valid in_force',
    ])
    const unread = await verify(world, { ...first(batch), issuer: 7 })
    expect(unread.checks.slice(1).every(({ code }) => code === 'not_reached')).toBe(true)
    expect(unread.credential).toBe(undefined)
  })
})

describe('another proof beside the anchor', () => {
  it('makes the verdict indeterminate where its kind is unknown, invalid where it is malformed', async () => {
    const bare = without(first(batch), 'proof')
    const { anchor: proof } = parseProofs(first(batch))
    if (!proof) throw new Error('no anchor proof')
    for (const [odd, verdict] of [
      [{ type: 'RsaSignature2018' }, 'indeterminate: signature_unsupported'],
      [
        { type: 'DataIntegrityProof', cryptosuite: 'bbs-2023' },
        'indeterminate: signature_unsupported',
      ],
      [
        { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' },
        'invalid: proof_purpose_mismatch',
      ],
      [{ type: { toString: 1 } }, 'invalid: proof_malformed'],
      [{}, 'invalid: proof_malformed'],
    ] as const) {
      const document = attachAnchorProof({ ...bare, proof: odd as unknown as JsonObject }, proof)
      expect(await verdictOf(world, document)).toBe(verdict)
      expect(
        await verdictOf(world, {
          ...without(bare, 'credentialStatus'),
          proof: odd as unknown as JsonObject,
        }),
      ).toBe(verdict)
    }
  })
})

describe('proofs without number', () => {
  it('do not make the report grow with them', async () => {
    const others = Array.from({ length: 10_000 }, (_, i) => ({ type: `Kind${i}` }))
    const document = {
      ...first(batch),
      proof: [...(first(batch)['proof'] as JsonObject[]), ...others],
    }
    const report = await verify(world, document)
    expect(report.reason).toBe('proofs_too_many')
    expect(JSON.stringify(report).length).toBeLessThan(10_000)
  })
})
