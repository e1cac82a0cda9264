import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Batch } from '../../core/batch.ts'
import { fromHex, toHex } from '../../core/bytes.ts'
import type { Chain, Eip1193Provider } from '../../core/chain.ts'
import {
  type Migration,
  type MigrationRecord,
  migrationFormat,
  migrationTypedData,
} from '../../core/migration.ts'
import { parseTrust } from '../../core/trust.ts'
import type { Readers } from '../../core/verify.ts'
import { accredit, anchoredFor, timeOf, write } from './transaction.ts'
import { first, verify } from './verifier.ts'
import { chainId as oldId, openWorld, type World } from './world.ts'

const newId = 31338
let old: World
let fresh: World
let batch: Batch
let record: MigrationRecord

beforeAll(async () => {
  old = await openWorld()
  fresh = await openWorld(newId)
  batch = await migrated()
  record = await sign(migrationOf(batch))
})
afterAll(async () => {
  await old.close()
  await fresh.close()
})

let count = 0
/** A batch that is anchored on both chains. */
async function migrated(achievement = ++count): Promise<Batch> {
  const { issuer } = old.accounts
  const made = await anchoredFor(old, issuer, 3, {
    id: `migrated-${achievement}`,
    baseUrl: `https://m.example/${achievement}`,
  })
  await write(fresh, issuer, 'anchor', [made.root, 3])
  return made
}

function migrationOf(
  { target, root, entries }: Batch,
  changes: Partial<Migration> = {},
): Migration {
  const { issuer, ...from } = target
  const to = { chainId: newId, registry: fresh.registry }
  return { issuer, root, size: entries.length, from, to, ...changes }
}

async function sign(migration: Migration, by = migration.issuer): Promise<MigrationRecord> {
  const signature = await fresh.provider.request({
    method: 'eth_signTypedData_v4',
    params: [by, JSON.stringify(migrationTypedData(migration))],
  })
  return { format: migrationFormat, ...migration, signature: signature as `0x${string}` }
}

const gone: Eip1193Provider = { request: () => Promise.reject(new Error('connection refused')) }
const ofOld = (): Chain => ({ label: 'old', provider: old.provider })

/** What a verifier says to whom the old chain is lost unless `oldChain` says otherwise. */
async function check(
  records: readonly unknown[],
  {
    of = batch,
    oldChain,
    policy = {},
    readers = {},
  }: { of?: Batch; oldChain?: Chain; policy?: object; readers?: Partial<Readers> } = {},
) {
  const { registry, accreditationRegistry } = fresh
  const chains = { [oldId]: {}, [newId]: { testNetwork: true } }
  return verify(fresh, first(of), {
    now: (await timeOf(fresh)) * 1000,
    trust: parseTrust(
      { version: 1, acceptTestNetworks: true, chains, ...policy },
      { registry, accreditationRegistry },
    ),
    readers: {
      chain: (id) => (id === newId ? { label: 'new', provider: fresh.provider } : oldChain),
      document: () => Promise.reject(new Error('no documents')),
      migrations: async () => records,
      ...readers,
    },
  })
}
const verdict = async (...args: Parameters<typeof check>) => {
  const report = await check(...args)
  return report.verdict === 'valid' ? 'valid' : `${report.verdict}: ${report.reason}`
}

describe('a credential whose chain is lost', () => {
  const losses: readonly (readonly [string, string, Chain | undefined])[] = [
    ['no endpoint is known', 'chain_unknown', undefined],
    ['nothing answers', 'chain_unreachable', { label: 'gone', provider: gone }],
    [
      'its endpoint serves another chain',
      'chain_mismatch',
      { label: 'other', provider: { request: (call) => fresh.provider.request(call) } },
    ],
    [
      'its registry is gone',
      'registry_missing',
      {
        label: 'empty',
        provider: {
          request: async (call) => (call.method === 'eth_call' ? '0x' : old.provider.request(call)),
        },
      },
    ],
  ]
  it.each(losses)('is valid by the record of its issuer: %s', async (_, reason, oldChain) => {
    const given = oldChain ? { oldChain } : {}
    expect(await verdict([], given)).toBe(`indeterminate: ${reason}`)
    const report = await check([record], given)
    expect(report.verdict).toBe('valid')
    expect(report.anchor).toMatchObject({
      chainId: newId,
      migratedFrom: { chainId: oldId, registry: old.registry },
    })
    const anchorCheck = report.checks.find(({ name }) => name === 'anchor')
    expect(anchorCheck?.message).toContain(`registry ${old.registry} on chain ${oldId}`)
    const issuerCheck = report.checks.find(({ name }) => name === 'issuer')
    expect(issuerCheck?.code).toBe('issuer_account')
  })

  it('is valid where the trust file does not name its chain any more', async () => {
    const moved = await migrated()
    const away = { ...moved, target: { ...moved.target, chainId: oldId } }
    const policy = { chains: { [newId]: { testNetwork: true } } }
    expect(await verdict([await sign(migrationOf(away))], { of: moved, policy })).toBe('valid')
  })

  it('is still compared byte for byte', async () => {
    const forged = structuredClone(first(batch)) as { credentialSubject: { type: unknown } }
    forged.credentialSubject.type = ['AchievementSubject', 'Other']
    const report = await verify(fresh, forged, {
      readers: {
        chain: (id) => (id === newId ? { label: 'new', provider: fresh.provider } : undefined),
        document: () => Promise.reject(new Error('none')),
        migrations: async () => [record],
      },
    })
    expect(report.verdict).toBe('indeterminate')
  })

  it('is what the new registry says: revoked, suspended, withdrawn', async () => {
    const { issuer } = old.accounts
    for (const [status, name, args] of [
      ['revoked', 'revokeInBatch', [0]],
      ['suspended', 'suspend', [0, [1]]],
      ['withdrawn', 'withdraw', []],
    ] as const) {
      const moved = await migrated()
      const signed = await sign(migrationOf(moved))
      const owner = name === 'revokeInBatch' ? [] : [issuer]
      await write(fresh, issuer, name, [...owner, moved.root, ...args])
      expect(await verdict([signed], { of: moved })).toBe(`invalid: ${status}`)
      // The old registry can be read and says nothing of it: ended in either is ended.
      expect(await verdict([signed], { of: moved, oldChain: ofOld() })).toBe(`invalid: ${status}`)
      expect(await verdict([], { of: moved, oldChain: ofOld() })).toBe('valid')
    }
  })

  it('needs the accreditation that the new chain shows', async () => {
    const { ministry, issuer } = fresh.accounts
    const rootAccreditors = [{ account: ministry, name: 'M' }]
    const policy = { chains: { [newId]: { testNetwork: true, rootAccreditors } } }
    expect(await verdict([record], { policy })).toBe('invalid: issuer_unknown')
    await accredit(fresh, ministry, { subject: issuer, validFrom: 0 })
    expect(await verdict([record], { policy })).toBe('valid')
  })
})

describe('a credential whose chain can be read', () => {
  it('is judged there, as if there were no record', async () => {
    const report = await check([record], { oldChain: ofOld() })
    expect(report.verdict).toBe('valid')
    expect(report.anchor).toMatchObject({ chainId: oldId })
    expect(report.anchor).not.toHaveProperty('migratedFrom')
  })

  it('is revoked if it is revoked there, whatever the new registry says', async () => {
    const moved = await migrated()
    const signed = await sign(migrationOf(moved))
    await write(old, old.accounts.issuer, 'revokeInBatch', [moved.root, 0])
    expect(await verdict([signed], { of: moved, oldChain: ofOld() })).toBe('invalid: revoked')
  })

  it('is left open by endpoints that answer with nonsense', async () => {
    const provider = {
      request: async (call: Parameters<Eip1193Provider['request']>[0]) =>
        call.method === 'eth_call' ? '0x01' : old.provider.request(call),
    }
    const oldChain = { label: 'mad', provider }
    expect(await verdict([record], { oldChain })).toBe('indeterminate: chain_answer_malformed')
  })

  it('is refused in a registry that is not trusted, record or not', async () => {
    const elsewhere = `0x${'99'.repeat(20)}`
    const policy = { chains: { [oldId]: { registries: [elsewhere] }, [newId]: {} } }
    expect(await verdict([record], { policy, oldChain: ofOld() })).toBe(
      'invalid: registry_untrusted',
    )
  })
})

describe('a record that is not accepted', () => {
  const open = 'indeterminate: chain_unknown'
  const signedBy = (changes: Partial<Migration>, by?: string) =>
    sign(migrationOf(batch, changes), by ?? old.accounts.issuer)

  it('is one that somebody else signed, or in whose name', async () => {
    const { impostor, issuer } = old.accounts
    await write(fresh, impostor, 'anchor', [batch.root, 3])
    expect(await verdict([await signedBy({}, impostor)])).toBe(open)
    expect(await verdict([await signedBy({ issuer: impostor }, impostor)])).toBe(open)
    expect(await verdict([{ ...(await signedBy({ issuer: impostor }, impostor)), issuer }])).toBe(
      open,
    )
  })

  it('is one of another root, or for another place than the credential names', async () => {
    const other = await migrated()
    expect(await verdict([await sign(migrationOf(other))])).toBe(open)
    expect(await verdict([{ ...(await sign(migrationOf(other))), root: batch.root }])).toBe(open)
    const { registry } = old
    for (const from of [
      { chainId: 1, registry },
      { chainId: oldId, registry: fresh.accreditationRegistry },
    ]) {
      expect(await verdict([await signedBy({ from })])).toBe(open)
      expect(await verdict([{ ...(await signedBy({ from })), from: record.from }])).toBe(open)
    }
  })

  it('is one to a registry that is not trusted, cannot be read or does not know the batch', async () => {
    const { accreditationRegistry, registry } = fresh
    for (const to of [
      { chainId: newId, registry: accreditationRegistry },
      { chainId: 10, registry },
      { chainId: 424_242, registry },
      { chainId: oldId, registry: old.registry },
    ]) {
      expect(await verdict([await signedBy({ to })])).toBe(open)
      expect(await verdict([{ ...(await signedBy({ to })), to: record.to }])).toBe(open)
    }
    const unanchored = await anchoredFor(old, old.accounts.issuer, 5)
    expect(await verdict([await sign(migrationOf(unanchored))], { of: unanchored })).toBe(open)
  })

  it('is one of another size', async () => {
    expect(await verdict([await signedBy({ size: 4 })])).toBe(open)
    expect(await verdict([{ ...record, size: 4 }])).toBe(open)
  })

  it('is one to a test network, for a verifier that takes none', async () => {
    const policy = { acceptTestNetworks: false }
    expect(await verdict([record], { policy })).toBe(open)
  })

  it('is one whose signature is another, missing or the high-s twin', async () => {
    const bytes = fromHex(record.signature)
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
    const s = order - BigInt(toHex(bytes.slice(32, 64)))
    const twin = new Uint8Array(bytes)
    twin.set(fromHex(`0x${s.toString(16).padStart(64, '0')}`), 32)
    twin[64] = bytes[64] === 27 ? 28 : 27
    expect(await verdict([{ ...record, signature: toHex(twin) }])).toBe(open)
    const zeros = `0x${'00'.repeat(65)}`
    for (const signature of ['0x', zeros, `${zeros.slice(0, -2)}1b`, undefined]) {
      expect(await verdict([{ ...record, signature }])).toBe(open)
    }
    for (let at = 0; at < 65; at += 4) {
      const flipped = new Uint8Array(bytes)
      flipped[at] = (flipped[at] as number) ^ 1
      expect(await verdict([{ ...record, signature: toHex(flipped) }])).toBe(open)
    }
  })

  it('is nonsense', async () => {
    const nonsense = [null, 7, 'x', [], {}, { ...record, format: 'x' }, { ...record, extra: 1 }]
    expect(await verdict(nonsense)).toBe(open)
    expect(await verdict([...nonsense, record])).toBe('valid')
    const migrations = () => Promise.reject(new Error('disk on fire'))
    expect(await verdict([], { readers: { migrations } })).toBe(open)
  })

  it('stands in nobody’s way, and only so many are looked at', async () => {
    const bad = await signedBy({}, old.accounts.impostor)
    expect(await verdict([bad, bad, bad, record])).toBe('valid')
    expect(await verdict([bad, bad, bad, bad, record])).toBe(open)
  })

  it('is for an account with code of its own: only keys sign', async () => {
    // An ERC-1271 wallet that would say yes to anything is not even asked.
    const provider: Eip1193Provider = {
      request: async (call) => {
        const [{ to }] = (call.params ?? [{}]) as [{ to?: string }]
        if (call.method === 'eth_call' && to === old.accounts.issuer) throw new Error('asked')
        return fresh.provider.request(call)
      },
    }
    const bad = await signedBy({}, old.accounts.impostor)
    const chain = (id: number) => (id === newId ? { label: 'new', provider } : undefined)
    expect(await verdict([bad], { readers: { chain } })).toBe(open)
  })
})
