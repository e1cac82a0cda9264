import { readFile } from 'node:fs/promises'
import { HDNodeWallet } from 'ethers'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hardhat } from '../scripts/command.ts'
import { achievement, anchoredBatch, recordIssuer } from '../server/stage.ts'
import { type ConsoleDesk, look, openConsoleDesk, signIn, sitDown } from './console-desk.ts'

let desk: ConsoleDesk
beforeAll(async () => {
  desk = await openConsoleDesk()
})
afterAll(() => desk?.close())

const list = (name: string, text: string) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(text),
})

async function openBatch(page: Page, id: string): Promise<void> {
  await page.goto(`${desk.url}/console#batch-${id}`)
  await page.getByRole('heading', { name: 'Change how credentials stand' }).waitFor()
}

test('a list is looked up, its bad lines stand in their place, and the rest is suspended', async () => {
  const { id } = await anchoredBatch(desk.stage, 12)
  const { page, faults, leave } = await sitDown(desk)
  await signIn(page, desk.stage.key)
  await page.getByRole('heading', { name: 'Batches' }).waitFor()
  await openBatch(page, id)
  await page.getByLabel('Those on a list').check()
  const suspend = page.getByRole('button', { name: 'Suspend …' })
  expect(await suspend.isDisabled()).toBe(true)
  const file = page.getByLabel('List: CSV')
  await file.setInputFiles(
    list('some.csv', 'email,name\nlearner3@example.org,\nnobody@example.org,\n,<b>Eve</b>\n'),
  )
  await page.getByText('2 things to put right').waitFor()
  const rows = page.locator('table.rows')
  expect(await rows.locator('tbody th').allTextContents()).toEqual(['3', '4'])
  expect(await rows.textContent()).toContain(',<b>Eve</b>')
  expect(await suspend.isDisabled()).toBe(true)
  await look(page, 'list-bad')
  await file.setInputFiles(list('some.xlsx', 'x'))
  await page.getByText('has to be named .csv').waitFor()
  await file.setInputFiles(list('ids.txt', '4\n5\nZoë Ångström 7\nlearner7@example.org\n'))
  await page.getByText('The list names 3 credentials').waitFor()
  await suspend.click()
  await page.getByText('Suspend 3 credentials?').waitFor()
  await page.getByText(/It costs 1 transaction/).waitFor()
  await page.getByText('Or with the issuer’s own key').click()
  expect(await page.locator('pre').last().textContent()).toMatch(
    /^npx hardhat suspend --root 0x[0-9a-f]{64} --issuer 0x[0-9a-fA-F]{40} --index [\d,-]+ --network localhost$/,
  )
  await look(page, 'list-question')
  await page.getByRole('button', { name: 'Yes, suspend' }).click()
  await page.getByText('Recorded for 3 credentials').waitFor()
  await desk.stage.service.catchUp()
  await page.getByRole('img', { name: '9 in force, 3 suspended, 0 revoked.' }).waitFor()
  expect(faults).toEqual([])
  await leave()
})

test('what has expired is not shown as in force', async () => {
  const { stage } = desk
  const { body } = await stage.ask('POST /issuers/northfield/batches', {
    key: stage.key,
    json: {
      achievement,
      validFrom: '2020-01-01T00:00:00Z',
      learners: [
        { name: 'Once', email: 'once@example.org', validUntil: '2021-01-01T00:00:00Z' },
        { name: 'Always', email: 'always@example.org' },
      ],
    },
  })
  await stage.ask(`POST /batches/${body.id}/anchor`, { key: stage.key })
  await stage.service.catchUp()
  const { page, leave } = await sitDown(desk)
  await signIn(page, stage.key)
  await page.getByRole('heading', { name: 'Batches' }).waitFor()
  await openBatch(page, body.id)
  await page.getByRole('img', { name: '1 in force, 0 suspended, 0 revoked. Expired: 1.' }).waitFor()
  const standings = await page.locator('table.credentials .chip').allTextContents()
  expect(standings.toSorted()).toEqual(['expired', 'in force'])
  await look(page, 'expired')
  await leave()
})

test('a whole batch: what is revoked stands in the way of a list, and not of all', async () => {
  const { id } = await anchoredBatch(desk.stage, 6)
  await desk.stage.ask(`POST /batches/${id}/statuses`, {
    key: desk.stage.key,
    json: { status: 'revoked', statusIndexes: [2] },
  })
  await desk.stage.service.catchUp()
  const { page, leave } = await sitDown(desk)
  await signIn(page, desk.stage.key)
  await page.getByRole('heading', { name: 'Batches' }).waitFor()
  await openBatch(page, id)
  await page.getByLabel('Those on a list').check()
  await page.getByLabel('List: CSV').setInputFiles(list('ids.txt', '1\n2\n'))
  await page.getByText('The list names 2 credentials').waitFor()
  await page.getByRole('button', { name: 'Suspend …' }).click()
  await page.getByText('is revoked, and that is final').waitFor()
  expect(await page.locator('table.rows tbody th').allTextContents()).toEqual(['2'])
  await page.getByLabel('The whole batch: 6 credentials').check()
  await page.getByRole('button', { name: 'Suspend …' }).click()
  await page.getByText(/It costs 1 transaction/).waitFor()
  await look(page, 'whole-question')
  await page.getByRole('button', { name: 'Yes, suspend' }).click()
  await page.getByText('Recorded for 5 credentials').waitFor()
  await desk.stage.service.catchUp()
  await page.getByRole('img', { name: '0 in force, 5 suspended, 1 revoked.' }).waitFor()
  await leave()
})

test('where the service may not act: the commands that the page shows do it, and it notices', async () => {
  const { stage } = desk
  const { address } = HDNodeWallet.fromPhrase(
    'test test test test test test test test test test test junk',
    undefined,
    "m/44'/60'/0'/0/7",
  )
  const key = await recordIssuer(stage.ask, 'eastfield', address)
  const { body: batch } = await stage.ask('POST /issuers/eastfield/batches', {
    key,
    json: {
      achievement,
      learners: Array.from({ length: 100 }, (_, i) => ({
        name: `Learner ${i}`,
        email: `l${i}@example.org`,
      })),
    },
  })
  const { page, faults, leave } = await sitDown(desk)
  await signIn(page, key)
  await page.getByRole('heading', { name: 'Batches' }).waitFor()
  await page.goto(`${desk.url}/console#batch-${batch.id}`)
  await page.getByRole('button', { name: 'Anchor now' }).click()
  await page
    .getByRole('alert')
    .getByText(/not|may/)
    .first()
    .waitFor()
  /** Runs what the page shows, as it stands but for the key that it leaves out. */
  const obey = async (text: string | null) => {
    const [, command = ''] = /npx hardhat (.*)$/.exec(text ?? '') ?? []
    const { code, stderr, stdout } = await hardhat(
      [...command.split(' '), '--yes', '--account', address],
      { env: { LOCALHOST_RPC_URL: stage.chain.url, ROOTMARK_API_KEY: key } },
    )
    expect({ command, code, stderr, stdout }).toMatchObject({ code: 0 })
    await stage.service.catchUp()
  }
  await obey(await page.locator('pre').first().textContent())
  await page.getByRole('img', { name: '100 in force, 0 suspended, 0 revoked.' }).waitFor()

  await page.getByLabel('Select Learner 3', { exact: true }).check()
  await page.getByLabel('Select Learner 4', { exact: true }).check()
  await page.getByRole('button', { name: 'Revoke …' }).click()
  await page.getByText('This service may not do that for your account').waitFor()
  await page.getByText('it shows 0 of 2').waitFor()
  await look(page, 'own-key')
  await obey(await page.locator('pre').first().textContent())
  await page.getByText('The chain shows it.').waitFor()
  await page.getByRole('img', { name: '98 in force, 0 suspended, 2 revoked.' }).waitFor()

  await page.getByLabel('Those on a list').check()
  const every = Array.from({ length: 100 }, (_, i) => i).filter((i) => i % 2 === 0)
  const open = await stage.ask(`GET /batches/${batch.id}/credentials?limit=1000`, { key })
  const isOpen = new Map<number, string>(
    open.body.credentials.map((one: { statusIndex: number; status: string }) => [
      one.statusIndex,
      one.status,
    ]),
  )
  const wanted = every.filter((index) => isOpen.get(index) === 'active')
  await page.getByLabel('List: CSV').setInputFiles(list('ids.txt', wanted.join('\n')))
  await page.getByText(`The list names ${wanted.length} credentials`).waitFor()
  await page.getByRole('button', { name: 'Suspend …' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download status-indexes.txt' }).click(),
  ])
  expect((await readFile(await download.path(), 'utf8')).trim().split('\n').map(Number)).toEqual(
    wanted,
  )
  const shown = await page.locator('pre').first().textContent()
  expect(shown).toContain('--indexes status-indexes.txt')
  await look(page, 'own-key-file')
  await obey((shown ?? '').replace('status-indexes.txt', await download.path()))
  await page.getByText('The chain shows it.').waitFor()

  await page.getByLabel('The whole batch').check()
  await page.getByRole('button', { name: 'Withdraw the batch …' }).click()
  await page.getByText('Withdraw the whole batch? That is for good').waitFor()
  await look(page, 'withdraw')
  await obey(await page.locator('pre').first().textContent())
  await page.getByText('The whole batch was withdrawn').waitFor()
  expect(await page.getByText('Change how credentials stand').count()).toBe(0)
  await page.getByRole('img', { name: 'Withdrawn as a whole: 100 credentials.' }).waitFor()
  expect(await page.locator('table.credentials').textContent()).not.toContain('in force')
  await look(page, 'withdrawn')
  expect(faults).toEqual([])
  await leave()
})
