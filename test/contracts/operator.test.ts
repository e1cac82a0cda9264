import { ZeroAddress } from 'ethers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  as,
  bytes32,
  type CredentialRegistry,
  type Deployed,
  deploy,
  eventsOf,
  mined,
  refusal,
  startChain,
} from './fixture.ts'

const ANCHOR = 1
const REVOKE = 2
const HOUR = 3_600n

let chain: Awaited<ReturnType<typeof startChain>>
let registry: Deployed<CredentialRegistry>
let byOperator: Deployed<CredentialRegistry>
let issuer: string
let operator: string

beforeAll(async () => {
  chain = await startChain()
  issuer = chain.issuer.address
  operator = chain.operator.address
})

beforeEach(async () => {
  registry = await deploy<CredentialRegistry>('CredentialRegistry', chain.issuer)
  byOperator = as(registry, chain.operator)
})

async function inAnHour(): Promise<bigint> {
  const block = await chain.ethers.provider.getBlock('latest')
  return BigInt(block?.timestamp ?? 0) + HOUR
}

async function pass(seconds: bigint): Promise<void> {
  await chain.ethers.provider.send('evm_increaseTime', [Number(seconds)])
  await chain.ethers.provider.send('evm_mine', [])
}

describe('setOperator', () => {
  test('keeps roles and expiry, and says so in an event', async () => {
    const expiry = await inAnHour()
    const events = await eventsOf(registry, registry.setOperator(operator, 3, expiry))
    expect(events).toEqual([{ name: 'OperatorSet', args: [issuer, operator, 3n, expiry] }])
    expect([...(await registry.operatorOf(issuer, operator))]).toEqual([3n, expiry])
  })

  test('replaces what was set before', async () => {
    await mined(registry.setOperator(operator, 3, await inAnHour()))
    await mined(registry.setOperator(operator, ANCHOR, await inAnHour()))
    expect((await registry.operatorOf(issuer, operator))[0]).toBe(1n)
  })

  test('removes with roles 0, whatever the expiry', async () => {
    await mined(registry.setOperator(operator, 3, await inAnHour()))
    const events = await eventsOf(registry, registry.setOperator(operator, 0, 5n))
    expect(events).toEqual([{ name: 'OperatorSet', args: [issuer, operator, 0n, 0n] }])
    expect([...(await registry.operatorOf(issuer, operator))]).toEqual([0n, 0n])
  })

  test('refuses roles that mean nothing, a past expiry, the zero address and oneself', async () => {
    const expiry = await inAnHour()
    await refusal(registry, registry.setOperator(operator, 4, expiry), 'UnknownRoles')
    await refusal(registry, registry.setOperator(operator, 3, expiry - HOUR), 'ExpiryInPast')
    await refusal(registry, registry.setOperator(ZeroAddress, 3, expiry), 'InvalidOperator')
    await refusal(registry, registry.setOperator(issuer, 3, expiry), 'InvalidOperator')
  })
})

describe('an operator', () => {
  test('anchors and revokes for the issuer, in its sequence', async () => {
    await mined(registry.setOperator(operator, ANCHOR | REVOKE, await inAnHour()))
    await mined(registry.anchor(bytes32(1), 300))
    await mined(byOperator.anchorFor(issuer, bytes32(2), 300))
    await mined(byOperator.anchorMany(issuer, [[bytes32(3), 300]]))
    await mined(byOperator.revoke(issuer, bytes32(1), 0, [1n]))
    await mined(byOperator.suspend(issuer, bytes32(1), 0, [2n]))
    await mined(byOperator.reinstate(issuer, bytes32(1), 0, [2n]))
    await mined(byOperator.withdraw(issuer, bytes32(2)))
    expect(await registry.anchorCount(issuer)).toBe(3n)
    expect(await registry.anchorCount(operator)).toBe(0n)
    expect([...(await registry.revocations(issuer, bytes32(1), 0, 1))]).toEqual([1n])
  })

  test('attack: used after its expiry', async () => {
    await mined(registry.setOperator(operator, ANCHOR | REVOKE, await inAnHour()))
    await mined(byOperator.anchorFor(issuer, bytes32(1), 30))
    await pass(HOUR)
    const refused = (call: Promise<unknown>) => refusal(registry, call, 'OperatorExpired')
    const [, expiry] = await registry.operatorOf(issuer, operator)
    expect(await refused(byOperator.anchorFor(issuer, bytes32(2), 30))).toEqual([
      issuer,
      operator,
      expiry,
    ])
    await refused(byOperator.anchorMany(issuer, [[bytes32(2), 30]]))
    await refused(byOperator.revoke(issuer, bytes32(1), 0, [1n]))
    await refused(byOperator.suspend(issuer, bytes32(1), 0, [1n]))
    await refused(byOperator.reinstate(issuer, bytes32(1), 0, [1n]))
    await refused(byOperator.withdraw(issuer, bytes32(1)))
  })

  test('attack: used in the very second of its expiry', async () => {
    const expiry = await inAnHour()
    await mined(registry.setOperator(operator, ANCHOR, expiry))
    const { provider } = chain.ethers
    await provider.send('evm_setNextBlockTimestamp', [Number(expiry - 1n)])
    await mined(byOperator.anchorFor(issuer, bytes32(1), 30))
    await provider.send('evm_setNextBlockTimestamp', [Number(expiry)])
    await refusal(registry, byOperator.anchorFor(issuer, bytes32(2), 30), 'OperatorExpired')
  })

  test('attack: used after its removal; what it anchored before stays', async () => {
    await mined(registry.setOperator(operator, ANCHOR | REVOKE, await inAnHour()))
    await mined(byOperator.anchorFor(issuer, bytes32(1), 30))
    await mined(registry.setOperator(operator, 0, 0n))
    const refused = (call: Promise<unknown>) => refusal(registry, call, 'NotAuthorized')
    await refused(byOperator.anchorFor(issuer, bytes32(2), 30))
    await refused(byOperator.revoke(issuer, bytes32(1), 0, [1n]))
    expect((await registry.anchorOf(issuer, bytes32(1))).size).toBe(30n)
  })

  test('attack: an operator that may only anchor revokes, suspends, reinstates or withdraws', async () => {
    await mined(registry.setOperator(operator, ANCHOR, await inAnHour()))
    await mined(byOperator.anchorFor(issuer, bytes32(1), 30))
    const refused = (call: Promise<unknown>) => refusal(registry, call, 'NotAuthorized')
    expect(await refused(byOperator.revoke(issuer, bytes32(1), 0, [1n]))).toEqual([
      issuer,
      operator,
      2n,
    ])
    await refused(byOperator.suspend(issuer, bytes32(1), 0, [1n]))
    await refused(byOperator.reinstate(issuer, bytes32(1), 0, [1n]))
    await refused(byOperator.withdraw(issuer, bytes32(1)))
    await refusal(registry, byOperator.revokeInBatch(bytes32(1), 0), 'UnknownBatch')
  })

  test('attack: an operator that may only revoke anchors', async () => {
    await mined(registry.setOperator(operator, REVOKE, await inAnHour()))
    const refused = (call: Promise<unknown>) => refusal(registry, call, 'NotAuthorized')
    await refused(byOperator.anchorFor(issuer, bytes32(1), 30))
    await refused(byOperator.anchorMany(issuer, [[bytes32(1), 30]]))
  })

  test('attack: the operator of one issuer acts for another', async () => {
    await mined(registry.setOperator(operator, ANCHOR | REVOKE, await inAnHour()))
    const call = byOperator.anchorFor(chain.other.address, bytes32(1), 30)
    await refusal(registry, call, 'NotAuthorized')
  })

  test('attack: an operator appoints another', async () => {
    await mined(registry.setOperator(operator, ANCHOR | REVOKE, await inAnHour()))
    await mined(byOperator.setOperator(chain.stranger.address, 3, await inAnHour()))
    const call = as(registry, chain.stranger).anchorFor(issuer, bytes32(1), 30)
    await refusal(registry, call, 'NotAuthorized')
  })
})
