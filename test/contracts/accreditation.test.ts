import { ZeroAddress } from 'ethers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type AccreditationRegistry,
  as,
  bytes32,
  type Deployed,
  deploy,
  eventsOf,
  mined,
  refusal,
  type Statement,
  startChain,
} from './fixture.ts'

let chain: Awaited<ReturnType<typeof startChain>>
let registry: Deployed<AccreditationRegistry>
let accreditor: string
let subject: string

beforeAll(async () => {
  chain = await startChain()
  accreditor = chain.issuer.address
  subject = chain.other.address
})

beforeEach(async () => {
  registry = await deploy<AccreditationRegistry>('AccreditationRegistry', chain.issuer)
})

function statement(changes: Partial<Statement> = {}): Statement {
  return {
    subject,
    validFrom: 1_700_000_000,
    validUntil: 1_900_000_000,
    maySubaccredit: false,
    profileHash: bytes32('profile'),
    scope: 'http://data.europa.eu/snb/eqf/6',
    name: 'Université de l’Exemple',
    did: 'did:web:example.edu',
    ...changes,
  }
}

async function latest(): Promise<bigint> {
  const block = await chain.ethers.provider.getBlock('latest')
  return BigInt(block?.timestamp ?? 0)
}

describe('accredit', () => {
  test('adds a record to the list of the caller, and says so in an event', async () => {
    const events = await eventsOf(registry, registry.accredit(statement()))
    expect(events).toEqual([{ name: 'Accredited', args: [accreditor, subject, 0n] }])
    const found = await registry.accreditationAt(accreditor, 0)
    expect([found.index, found.recordedAt, found.withdrawnAt]).toEqual([0n, await latest(), 0n])
    expect(found.statement.name).toBe('Université de l’Exemple')
    expect(found.statement.did).toBe('did:web:example.edu')
    expect(found.statement.scope).toBe('http://data.europa.eu/snb/eqf/6')
    expect(found.statement.profileHash).toBe(bytes32('profile'))
    expect(found.statement.validUntil).toBe(1_900_000_000n)
  })

  test('takes an open end, an open beginning, and no scope, DID or profile', async () => {
    const bare = statement({
      validFrom: 0,
      validUntil: 0,
      scope: '',
      did: '',
      profileHash: `0x${'00'.repeat(32)}`,
    })
    await mined(registry.accredit(bare))
    expect((await registry.accreditationAt(accreditor, 0)).statement.validUntil).toBe(0n)
  })

  test('refuses a period that ends before it begins, or at once', async () => {
    for (const validUntil of [1_699_999_999, 1_700_000_000]) {
      const call = registry.accredit(statement({ validUntil }))
      const carried = await refusal(registry, call, 'InvertedPeriod')
      expect(carried).toEqual([1_700_000_000n, BigInt(validUntil)])
    }
  })

  test('refuses an empty name, and text that would burden every reader', async () => {
    await refusal(registry, registry.accredit(statement({ name: '' })), 'EmptyName')
    for (const field of ['name', 'scope', 'did'] as const) {
      await mined(registry.accredit(statement({ [field]: 'é'.repeat(128) })))
      const call = registry.accredit(statement({ [field]: `${'é'.repeat(128)}x` }))
      expect(await refusal(registry, call, 'TextTooLong')).toEqual([257n, 256n])
    }
  })

  test('attack: accrediting oneself, or nobody', async () => {
    const myself = registry.accredit(statement({ subject: accreditor }))
    expect(await refusal(registry, myself, 'InvalidSubject')).toEqual([accreditor])
    const nobody = registry.accredit(statement({ subject: ZeroAddress }))
    await refusal(registry, nobody, 'InvalidSubject')
  })
})

describe('withdraw', () => {
  test('ends a record from now on; the first time stands', async () => {
    await mined(registry.accredit(statement()))
    const events = await eventsOf(registry, registry.withdraw(0))
    expect(events).toEqual([{ name: 'AccreditationWithdrawn', args: [accreditor, subject, 0n] }])
    const { withdrawnAt } = await registry.accreditationAt(accreditor, 0)
    expect(withdrawnAt).toBe(await latest())
    expect(await eventsOf(registry, registry.withdraw(0))).toEqual([])
    expect((await registry.accreditationAt(accreditor, 0)).withdrawnAt).toBe(withdrawnAt)
    expect(await registry.accreditationCount(accreditor)).toBe(1n)
  })

  test('refuses a record that is not there', async () => {
    await mined(registry.accredit(statement()))
    expect(await refusal(registry, registry.withdraw(1), 'UnknownAccreditation')).toEqual([
      accreditor,
      1n,
      1n,
    ])
    const read = registry.accreditationAt(accreditor, 1)
    await refusal(registry, read, 'UnknownAccreditation')
  })

  test('attack: somebody else withdraws', async () => {
    await mined(registry.accredit(statement()))
    const call = as(registry, chain.stranger).withdraw(0)
    await refusal(registry, call, 'UnknownAccreditation')
  })
})

describe('what a verifier reads in one call', () => {
  test('everything that one accreditor says about one issuer', async () => {
    await mined(registry.accredit(statement({ scope: 'first' })))
    await mined(registry.accredit(statement({ subject: chain.operator.address })))
    await mined(registry.accredit(statement({ scope: 'second' })))
    const all = await registry.accreditationsOf(accreditor, subject, 0, 10)
    expect(all.map(({ index }) => index)).toEqual([0n, 2n])
    const rest = await registry.accreditationsOf(accreditor, subject, 1, 10)
    expect(rest.map((found) => found.statement.scope)).toEqual(['second'])
    expect(await registry.accreditationsOf(accreditor, subject, 2, 10)).toHaveLength(0)
    expect(await registry.accreditationsOf(accreditor, subject, 0, 0)).toHaveLength(0)
  })

  test('a whole path of trust', async () => {
    const agency = chain.operator
    await mined(registry.accredit(statement({ subject: agency.address, maySubaccredit: true })))
    await mined(as(registry, agency).accredit(statement({ name: 'A college' })))
    const passedOn = await registry.subaccreditations(accreditor, 0, 10)
    expect(passedOn.map((found) => found.statement.subject)).toEqual([agency.address])
    const [up, down, direct] = await registry.accreditationsAlong(
      [
        [accreditor, agency.address],
        [agency.address, subject],
        [accreditor, subject],
      ],
      10,
    )
    expect(up?.[0]?.statement.maySubaccredit).toBe(true)
    expect(down?.[0]?.statement.name).toBe('A college')
    expect(direct).toHaveLength(0)
  })

  test('attack: a flood of records by others does not reach it', async () => {
    await mined(registry.accredit(statement()))
    const flood = as(registry, chain.stranger)
    for (const name of ['1', '2', '3', '4', '5']) await mined(flood.accredit(statement({ name })))
    expect(await registry.accreditationsOf(accreditor, subject, 0, 100)).toHaveLength(1)
    expect(await registry.accreditations(accreditor, 0, 100)).toHaveLength(1)
    expect(await registry.accreditationCount(accreditor)).toBe(1n)
  })
})
