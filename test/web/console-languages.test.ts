import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adminKey, anchoredBatch, issueBatch } from '../server/stage.ts'
import { type ConsoleDesk, csv, look, openConsoleDesk, sitDown } from './console-desk.ts'

let desk: ConsoleDesk
let anchored: string
let issued: string
beforeAll(async () => {
  desk = await openConsoleDesk()
  anchored = (await anchoredBatch(desk.stage, 4)).id
  issued = await issueBatch(desk.stage, 2)
})
afterAll(() => desk?.close())

async function open(page: Page, key: string): Promise<void> {
  await page.locator('#key').fill(key)
  await page.keyboard.press('Enter')
}

const revoke = '.change .row button:nth-child(1)'

test.each([
  ['de', 'light'],
  ['fr', 'dark'],
  ['es', 'light'],
  ['ja', 'light'],
  ['ar', 'dark'],
] as const)('every state in %s (%s), at any width', async (locale, colorScheme) => {
  const { page, faults, leave } = await sitDown(desk, { locale, colorScheme })
  const see = (name: string) => look(page, `${locale}-${name}`)
  await page.locator('#key').waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe(locale)
  await open(page, 'rm_wrong')
  await page.locator('.mind:not(:empty)').waitFor()
  await see('sign-in')
  await open(page, desk.stage.key)
  await page.locator('ul.batches').waitFor()
  await see('list')

  await page.locator('nav a').nth(1).click()
  await page
    .locator('#roster-file')
    .setInputFiles(csv(['Zoë,zoe@example.org,1', ',nobody@example.org,2']))
  await page.locator('table.rows').waitFor()
  await see('bad-rows')
  await page.locator('#roster-file').setInputFiles(csv(['Zoë,zoe@example.org,1']))
  for (const name of ['name', 'description', 'narrative']) {
    await page.locator(`form [name=${name}]`).fill('Bienenkunde 养蜂 تربية النحل')
  }
  await page.locator('.sheet').waitFor()
  await see('preview')

  await page.goto(`${desk.url}/console#batch-${issued}`)
  await page.locator('console-command pre').waitFor()
  await see('issued')
  await page.goto(`${desk.url}/console#batch-${anchored}`)
  await page.locator('input[value=listed]').check()
  await page.locator('#list-file').setInputFiles({
    name: 'list.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('0\nnobody@example.org\n'),
  })
  await page.locator('.list table.rows').waitFor()
  await see('list-bad')
  await page.locator('tbody input[type=checkbox]').first().check()
  await page.locator(revoke).click()
  await page.locator('.plan .grave:enabled').waitFor()
  await page.locator('.plan summary').click()
  await see('question')
  await page.keyboard.press('Escape')
  await page.locator('input[value=all]').check()
  await page.locator('.change .row button').last().click()
  await page.locator('.plan console-command pre').waitFor()
  await see('withdraw')

  await page.locator('.who button').click()
  await page.locator('#key').waitFor()
  await open(page, adminKey)
  await page.locator('.good').first().waitFor()
  await page.locator('admin-issuers summary').first().click()
  await see('admin')
  expect(faults).toEqual([])
  await leave()
})
