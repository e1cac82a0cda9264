import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoAccounts } from '../../server/demo-accounts.ts'
import { sendToRegistry } from '../server/chain-calls.ts'
import { adminKey, anchoredBatch, issueBatch, setStage } from '../server/stage.ts'
import { type ConsoleDesk, look, openConsoleDesk, signIn, sitDown } from './console-desk.ts'

let desk: ConsoleDesk
beforeAll(async () => {
  desk = await openConsoleDesk(() => setStage({ settings: { JOB_ATTEMPTS: '1' } }))
})
afterAll(() => desk?.close())

const authorise = (roles: number) =>
  sendToRegistry(desk.stage.chain, demoAccounts.issuer.address, 'setOperator', [
    demoAccounts.operator.address,
    roles,
    roles === 0 ? 0 : 4_102_444_800,
  ])

test('the administrator sees how the service is and records an issuer, who then signs in', async () => {
  await anchoredBatch(desk.stage, 3)
  const { page, faults, leave } = await sitDown(desk)
  await signIn(page, adminKey)
  await page.getByRole('heading', { name: 'Administrator' }).waitFor()
  await page.getByText('Database and chain answer').waitFor()
  await page.getByText('Nothing waits, and nothing was given up.').waitFor()
  await page.getByRole('heading', { name: 'Northfield University' }).waitFor()
  await page.getByText('API keys: 1').click()
  const [{ id }] = (await desk.stage.ask('GET /issuers/northfield', { key: desk.stage.key })).body
    .keys
  expect(await page.locator('details pre').textContent()).toContain(
    `curl -X DELETE ${desk.url}/issuers/northfield/keys/${id} -H`,
  )
  await look(page, 'admin')

  const fill = async (slug: string) => {
    await page.getByLabel('Name of the organisation').fill('<b>Eastfield</b> College')
    await page.getByLabel('Short name').fill(slug)
    await page.getByLabel('Home page').fill('https://eastfield.example')
    await page.getByLabel('Account that anchors').fill(`0x${'7'.repeat(40)}`)
    await page.getByRole('button', { name: 'Record it' }).click()
  }
  await fill('northfield')
  await page.getByText('There is an issuer northfield already').waitFor()
  await look(page, 'admin-refused')
  await fill('eastfield')
  await page.getByText('<b>Eastfield</b> College is recorded').waitFor()
  const key = (await page.locator('form pre').textContent()) ?? ''
  expect(key).toMatch(/^rm_/)
  await page.getByRole('heading', { name: '<b>Eastfield</b> College' }).waitFor()
  await look(page, 'admin-recorded')
  const kept = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])
  expect(await page.evaluate(kept)).not.toMatch(/rm_|rootmark=/)

  await page.reload()
  await page.getByRole('heading', { name: 'Administrator' }).waitFor()
  expect(await page.getByText(key).count()).toBe(0)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await signIn(page, key)
  await page.getByRole('heading', { name: 'No batches yet' }).waitFor()
  expect(faults).toEqual([])
  await leave()
})

test('what was given up in the background is shown with its reason, and tried again', async () => {
  const { stage } = desk
  const batch = await issueBatch(stage, 2)
  await stage.ask(`POST /batches/${batch}/anchor`, { key: stage.key })
  await authorise(0)
  await stage.service.catchUp()
  await authorise(3)
  const { page, leave } = await sitDown(desk)
  await signIn(page, adminKey)
  await page.getByText('anchoring a batch (were given up): 1').waitFor()
  await page.locator('ul.found').getByText(batch).waitFor()
  await look(page, 'admin-jobs')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('It is tried again.').waitFor()
  await stage.service.catchUp()
  const { body } = await stage.ask(`GET /batches/${batch}`, { key: stage.key })
  expect(body.anchor).toBeDefined()
  await page.getByLabel('Jobs that').selectOption('waiting')
  await page.getByText('There are none of these.').waitFor()
  await leave()
})
