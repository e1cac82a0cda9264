import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assembleBatch, type Batch, credentialAt } from '../../core/batch.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { digestOf } from '../../core/digest.ts'
import { issueFor, write } from './transaction.ts'
import { first, verdictOf } from './verifier.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const ours = (document: JsonObject) => document['credentialStatus'] as JsonObject
/** A batch whose credentials carry the status entries that `change` makes. */
async function withStatus(count: number, change: (entry: JsonObject) => unknown): Promise<Batch> {
  const plain = issueFor(world, world.accounts.issuer, count)
  const entries = plain.entries.map(({ credential, salt }) => {
    const changed = { ...credential, credentialStatus: change(ours(credential)) } as JsonObject
    return { credential: changed, salt, digest: digestOf(changed, salt) }
  })
  const made = assembleBatch('odd', plain.target, entries)
  await write(world, world.accounts.issuer, 'anchor', [made.root, count])
  return made
}

describe('a status that this verifier does not know', () => {
  it('is indeterminate beside ours or instead of it, never passed silently', async () => {
    const foreign = {
      id: 'https://x.example/1',
      type: '1EdTechRevocationList',
      statusPurpose: 'revocation',
    }
    expect(await verdictOf(world, first(await withStatus(5, (entry) => [entry, foreign])))).toBe(
      'indeterminate: status_unsupported',
    )
    expect(await verdictOf(world, first(await withStatus(6, () => foreign)))).toBe(
      'invalid: proof_mismatch',
    )
    expect(
      await verdictOf(world, first(await withStatus(7, (entry) => ({ ...entry, type: 'X' })))),
    ).toBe('indeterminate: status_unsupported')
    expect(
      await verdictOf(
        world,
        first(await withStatus(8, (entry) => ({ ...entry, statusPurpose: 'suspension' }))),
      ),
    ).toBe('indeterminate: status_unsupported')
    expect(
      await verdictOf(
        world,
        first(await withStatus(9, (entry) => ({ ...entry, statusListIndex: '8' }))),
      ),
    ).toBe('indeterminate: status_unsupported')
  })

  it('does not hide that the registry has revoked the credential', async () => {
    const foreign = { type: '1EdTechRevocationList' }
    const made = await withStatus(10, (entry) => [foreign, entry])
    await write(world, world.accounts.issuer, 'revokeInBatch', [made.root, 2])
    expect(await verdictOf(world, credentialAt(made, 2))).toBe('invalid: revoked')
    expect(await verdictOf(world, credentialAt(made, 1))).toBe('indeterminate: status_unsupported')
  })

  it('may be named twice, for both purposes of the registry', async () => {
    const both = await withStatus(11, (entry) => [
      entry,
      {
        ...entry,
        id: String(entry['id']).replace('revocation', 'suspension'),
        statusPurpose: 'suspension',
      },
    ])
    expect(await verdictOf(world, first(both))).toBe('valid')
  })
})

describe('a status of another registry', () => {
  it('is refused: every entry must name chain, registry and status index of the anchor', async () => {
    const elsewhere = (id: string) => (entry: JsonObject) => ({
      ...entry,
      id: id.replace('INDEX', String(entry['statusListIndex'])),
    })
    const other = `did:pkh:eip155:31337:${world.accounts.issuer}#revocation-INDEX`
    const far = `did:pkh:eip155:1:${world.registry}#revocation-INDEX`
    expect(await verdictOf(world, first(await withStatus(12, elsewhere(other))))).toBe(
      'invalid: proof_mismatch',
    )
    expect(await verdictOf(world, first(await withStatus(13, elsewhere(far))))).toBe(
      'invalid: proof_mismatch',
    )
    const both = await withStatus(14, (entry) => [entry, elsewhere(other)(entry)])
    expect(await verdictOf(world, first(both))).toBe('invalid: proof_mismatch')
  })
})
