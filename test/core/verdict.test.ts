import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Batch, credentialAt } from '../../core/batch.ts'
import { verifyBytes } from '../../core/verify.ts'
import { anchoredFor, timeOf, wait, write } from './transaction.ts'
import { first, readersOf, trusting, verdictOf, verify } from './verifier.ts'
import { openWorld, type World } from './world.ts'

let world: World
let batch: Batch
beforeAll(async () => {
  world = await openWorld()
  batch = await anchoredFor(world, world.accounts.issuer, 300)
})
afterAll(() => world.close())

describe('a credential whose batch is anchored', () => {
  it('is valid, and the report says what was read', async () => {
    const report = await verify(world, credentialAt(batch, 7))
    expect(report).toMatchObject({
      verdict: 'valid',
      reason: 'valid',
      anchor: {
        chainId: 31337,
        testNetwork: true,
        issuer: world.accounts.issuer,
        root: batch.root,
        statusIndex: 7,
        size: 300,
        sequence: 1,
      },
      credential: {
        name: 'Datenkompetenz — Grundlagen',
        credits: 2.5,
        criteria: 'Pass the *exam* with 50 %.',
      },
      accreditation: undefined,
      endorsements: [],
    })
    expect(report.checks.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
      'valid format_valid',
      'valid content_matches',
      'valid anchored',
      'skipped no_signature',
      'valid issuer_account',
      'skipped accreditation_not_asked',
      'valid active',
      'valid in_force',
    ])
    expect(report.checks[1]?.read).toEqual([
      { what: expect.stringContaining('verify(…)'), from: 'test chain' },
    ])
  })

  it('is valid at the first and the last index, alone in its batch, and from bytes', async () => {
    expect(await verdictOf(world, credentialAt(batch, 0))).toBe('valid')
    expect(await verdictOf(world, credentialAt(batch, 299))).toBe('valid')
    const alone = first(await anchoredFor(world, world.accounts.issuer, 1))
    const options = {
      readers: readersOf(world),
      trust: trusting(world),
      now: (await timeOf(world)) * 1000,
    }
    const bytes = new TextEncoder().encode(JSON.stringify(alone, null, 2))
    expect((await verifyBytes(bytes, options)).verdict).toBe('valid')
  })

  it('is valid however its members are ordered and spaced', async () => {
    const turned = JSON.parse(
      JSON.stringify(Object.fromEntries(Object.entries(first(batch)).reverse()), null, 4),
    )
    expect(await verdictOf(world, turned)).toBe('valid')
  })
})

describe('a credential that ended', () => {
  it('is revoked for good, suspended until it is reinstated, and its neighbours stay valid', async () => {
    const { issuer } = world.accounts
    const bit = (index: number) => [
      issuer,
      batch.root,
      BigInt(Math.floor(index / 256)),
      [1n << BigInt(index % 256)],
    ]
    await write(world, issuer, 'revokeInBatch', [batch.root, 3])
    await write(world, issuer, 'revoke', bit(257))
    await write(world, issuer, 'suspend', bit(5))
    expect(await verdictOf(world, credentialAt(batch, 3))).toBe('invalid: revoked')
    expect(await verdictOf(world, credentialAt(batch, 257))).toBe('invalid: revoked')
    expect(await verdictOf(world, credentialAt(batch, 5))).toBe('invalid: suspended')
    expect(await verdictOf(world, credentialAt(batch, 4))).toBe('valid')
    expect(await verdictOf(world, credentialAt(batch, 256))).toBe('valid')
    await write(world, issuer, 'reinstate', bit(5))
    expect(await verdictOf(world, credentialAt(batch, 5))).toBe('valid')
    await write(world, issuer, 'reinstate', bit(3))
    expect(await verdictOf(world, credentialAt(batch, 3))).toBe('invalid: revoked')
  })

  it('is withdrawn with its batch', async () => {
    const gone = await anchoredFor(world, world.accounts.issuer, 4)
    await write(world, world.accounts.issuer, 'withdraw', [world.accounts.issuer, gone.root])
    expect(await verdictOf(world, credentialAt(gone, 2))).toBe('invalid: withdrawn')
  })

  it('is expired after its last moment and not yet valid before its first', async () => {
    const times = { validFrom: '2026-01-01T00:00:00Z', validUntil: '2030-01-01T00:00:00+01:00' }
    const document = first(await anchoredFor(world, world.accounts.issuer, 5, times))
    const at = (time: string) => verdictOf(world, document, { now: Date.parse(time) })
    expect(await at('2025-12-31T23:59:59.999Z')).toBe('invalid: not_yet_valid')
    expect(await at('2026-01-01T00:00:00Z')).toBe('valid')
    expect(await at('2029-12-31T23:00:00Z')).toBe('valid')
    expect(await at('2029-12-31T23:00:00.001Z')).toBe('invalid: expired')
  })
})

describe('time that passes on the chain', () => {
  it('does not touch a credential without an end', async () => {
    await wait(world, 10 * 365 * 86_400)
    expect(await verdictOf(world, first(batch))).toBe('valid')
  })
})
