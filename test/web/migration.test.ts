import { Wallet } from 'ethers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { credentialAt } from '../../core/batch.ts'
import { migrationFormat, migrationTypedData } from '../../core/migration.ts'
import { issueCohort } from './cohort.ts'
import { type Desk, openDesk, setConfig } from './desk.ts'
import { paste, verdictOf, visit } from './visitor.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk?.close())

/** Hardhat's first account, which is the issuer here: its key is public. */
const issuerKey = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'

test('a credential of a chain that is gone is checked where its issuer moved it, and the page says whom it asked', async () => {
  const { chain, site } = desk
  const lost = issueCohort(chain, { chainId: 99_999 })
  await chain.anchor(lost)
  const migration = {
    issuer: chain.issuer,
    root: lost.root,
    size: lost.entries.length,
    from: { chainId: 99_999, registry: chain.contracts.registry },
    to: { chainId: 31337, registry: chain.contracts.registry },
  }
  const { domain, types, message } = migrationTypedData(migration)
  const signature = await new Wallet(issuerKey).signTypedData(
    domain,
    { Migration: [...types.Migration] },
    message,
  )
  const record = { format: migrationFormat, ...migration, signature }
  site.bodies.set(`/migrations/${chain.issuer}/${lost.root}`, JSON.stringify([record]))
  const text = JSON.stringify(credentialAt(lost, 0))

  const without = await visit(desk)
  await paste(without, text)
  expect((await verdictOf(without)).word).toBe('Could not check')
  await without.leave()

  setConfig(desk, { migrations: './migrations' })
  const visitor = await visit(desk)
  await paste(visitor, text)
  expect((await verdictOf(visitor)).word).toBe('Valid')
  const asked = await visitor.page.locator('section.disclosure').textContent()
  expect(asked).toContain('moved to another chain')
  expect(visitor.faults).toEqual([])
  await visitor.leave()
})
