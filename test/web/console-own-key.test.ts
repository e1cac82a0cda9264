import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { startEmbeddedChain } from '../../server/embedded-chain.ts'
import { hardhat } from '../scripts/command.ts'
import { issueBatch, named, openStage, recordIssuer, type Stage } from '../server/stage.ts'
import { openDirectory } from '../server/storages.ts'
import { type ConsoleDesk, look, openConsoleDesk, signIn, sitDown } from './console-desk.ts'

/** A service that has no operator key. */
async function openWithoutOperator(): Promise<Stage> {
  const chain = await startEmbeddedChain(0)
  const storage = await openDirectory()
  const { close, ...opened } = await openStage(chain, storage, named(chain))
  const key = await recordIssuer(opened.ask, 'northfield', demoAccounts.issuer.address)
  return {
    ...opened,
    chain,
    key,
    async close() {
      await close()
      await chain.close()
      await storage.remove()
    },
  }
}

let desk: ConsoleDesk
beforeAll(async () => {
  desk = await openConsoleDesk(openWithoutOperator)
})
afterAll(() => desk?.close())

test('without an operator key, a whole batch is anchored, suspended and reinstated by commands', async () => {
  const { stage } = desk
  const id = await issueBatch(stage, 3)
  const { page, faults, leave } = await sitDown(desk)
  await signIn(page, stage.key)
  await page.getByRole('heading', { name: 'Batches' }).waitFor()
  await page.goto(`${desk.url}/console#batch-${id}`)
  await page.getByText('This service has no operator key: anchor with your own.').waitFor()
  expect(await page.getByRole('button', { name: 'Anchor now' }).count()).toBe(0)
  await look(page, 'no-operator')
  const obey = async () => {
    const shown = await page.locator('pre').first().textContent()
    const [, command = ''] = /npx hardhat (.*)$/.exec(shown ?? '') ?? []
    const env = { LOCALHOST_RPC_URL: stage.chain.url, ROOTMARK_API_KEY: stage.key }
    const { code, stderr } = await hardhat([...command.split(' '), '--yes'], { env })
    expect({ command, code, stderr }).toMatchObject({ code: 0 })
    await stage.service.catchUp()
  }
  await obey()
  await page.getByRole('img', { name: '3 in force, 0 suspended, 0 revoked.' }).waitFor()
  for (const [button, picture] of [
    ['Suspend …', '0 in force, 3 suspended, 0 revoked.'],
    ['Reinstate …', '3 in force, 0 suspended, 0 revoked.'],
  ] as const) {
    await page.getByLabel('The whole batch').check()
    await page.getByRole('button', { name: button }).click()
    await page.getByText('This service has no operator key: the change').waitFor()
    expect(await page.locator('pre').first().textContent()).toContain('--index 0-2 ')
    await obey()
    await page.getByText('The chain shows it.').waitFor()
    await page.getByRole('img', { name: picture }).waitFor()
  }
  expect(faults).toEqual([])
  await leave()
})
