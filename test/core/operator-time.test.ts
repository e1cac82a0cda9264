import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { operatorRoles } from '../../core/registry.ts'
import { issueFor, timeOf, wait, write } from './transaction.ts'
import { first, verdictOf, verify } from './verifier.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** A credential of the issuer that `operator` anchored for it. */
async function anchoredBy(operator: string, count: number): Promise<JsonObject> {
  const { issuer } = world.accounts
  const batch = issueFor(world, issuer, count)
  await write(world, operator, 'anchorFor', [issuer, batch.root, count])
  return first(batch)
}

const setOperator = async (operator: string, roles: number, seconds: number) =>
  write(world, world.accounts.issuer, 'setOperator', [
    operator,
    roles,
    (await timeOf(world)) + seconds,
  ])

describe('what an operator anchored', () => {
  it('stays valid when its right has expired, by the chain’s clock and by the verifier’s', async () => {
    const { agency } = world.accounts
    await setOperator(agency, operatorRoles.anchor, 100)
    const credential = await anchoredBy(agency, 2)
    await wait(world, 1000)
    await expect(anchoredBy(agency, 3)).rejects.toThrow('OperatorExpired')
    expect(await verdictOf(world, credential)).toBe('valid')
    const now = ((await timeOf(world)) + 20 * 365 * 86_400) * 1000
    expect((await verify(world, credential, { now })).verdict).toBe('valid')
  })

  it('stays valid when the issuer removed it, and it can anchor no more', async () => {
    const { newcomer } = world.accounts
    await setOperator(newcomer, operatorRoles.anchor, 86_400)
    const credential = await anchoredBy(newcomer, 4)
    await setOperator(newcomer, 0, 0)
    await expect(anchoredBy(newcomer, 5)).rejects.toThrow('NotAuthorized')
    expect(await verdictOf(world, credential)).toBe('valid')
  })

  it('says nothing of who sent it: the issuer’s account vouches', async () => {
    const { newcomer, issuer } = world.accounts
    await setOperator(newcomer, operatorRoles.anchor, 86_400)
    const { anchor, checks } = await verify(world, await anchoredBy(newcomer, 6))
    expect(anchor?.issuer).toBe(issuer)
    expect(checks[4]?.code).toBe('issuer_account')
  })
})
