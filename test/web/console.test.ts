import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueBatch } from '../server/stage.ts'
import {
  type ConsoleDesk,
  csv,
  describeAchievement,
  look,
  openConsoleDesk,
  signIn,
  sitDown,
} from './console-desk.ts'

let desk: ConsoleDesk
beforeAll(async () => {
  desk = await openConsoleDesk()
})
afterAll(() => desk?.close())

const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => `Zoë Ångström ${i},learner${i}@example.org,1.3`)

test('from signing in to revoking: a batch is issued, anchored and looked after', async () => {
  const { page, faults, leave } = await sitDown(desk)
  await page.getByRole('heading', { name: 'Issuer console' }).waitFor()
  await look(page, 'sign-in')
  await signIn(page, 'rm_wrong')
  await page.getByText('This key opens nothing here').waitFor()
  await look(page, 'sign-in-wrong')
  await signIn(page, desk.stage.key)
  await page.getByRole('heading', { name: 'No batches yet' }).waitFor()
  await look(page, 'empty')
  const cookies = await page.context().cookies()
  expect(cookies).toMatchObject([{ name: 'rootmark', httpOnly: true, sameSite: 'Strict' }])
  const kept = () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])
  expect(await page.evaluate(kept)).not.toMatch(/rm_|rootmark=/)

  await page.getByRole('link', { name: 'New batch' }).first().click()
  await look(page, 'form')
  const [example] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download an example' }).click(),
  ])
  await page.getByLabel('Roster: CSV').setInputFiles(await example.path())
  await page.getByText('has to be named').waitFor()
  const filled = { name: example.suggestedFilename(), mimeType: 'text/csv' }
  const buffer = await readFile(await example.path())
  await page.getByLabel('Roster: CSV').setInputFiles({ ...filled, buffer })
  await page.getByText('2 learners, every row is good.').waitFor()
  // Nothing is sent of a roster with bad rows.
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.method()} ${request.url()}`))
  await page
    .getByLabel('Roster: CSV')
    .setInputFiles(
      csv([
        'Zoë,zoe@example.org,1',
        ',no-name@example.org,2',
        'Max,not a mail,3',
        '<b>Eve</b>,zoe@example.org,1',
      ]),
    )
  await page.getByText('3 things to put right').waitFor()
  await describeAchievement(page)
  const table = page.locator('table.rows')
  expect(await table.locator('tbody th').allTextContents()).toEqual(['3', '4', '5'])
  expect(await table.textContent()).toContain('<b>Eve</b>')
  await look(page, 'bad-rows')
  await page.getByRole('button', { name: /^Issue/ }).click()
  await page.getByText('choose a roster without faults').waitFor()
  expect(sent.filter((line) => line.startsWith('POST'))).toEqual([])

  await page.getByLabel('Find a skill').fill('perform data analysis')
  await page.keyboard.press('Enter')
  await page.getByLabel('Or another skill').fill('Beekeeping')
  await page.getByLabel('and its URI').fill('https://example.org/skills/bees')
  await page.getByRole('button', { name: 'Add it' }).click()
  await page.getByLabel('EQF level').selectOption('5')
  await page.getByLabel('Credits').fill('5')
  await page.getByLabel('Badge image').setInputFiles({
    name: 'badge.svg',
    mimeType: 'image/svg+xml',
    buffer: Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="teal"/></svg>',
    ),
  })
  await page.getByAltText('The badge image as it will be').waitFor()
  await page.getByLabel('Roster: CSV').setInputFiles(csv(rows(30)))
  await page.getByText('30 learners, every row is good.').waitFor()
  await page.locator('.sheet .name').getByText('Zoë Ångström 0').waitFor()
  await look(page, 'preview')
  await page.getByRole('button', { name: 'Issue 30 credentials' }).click()

  await page.getByRole('heading', { name: 'Anchor it' }).waitFor()
  expect(await page.locator('pre').textContent()).toMatch(
    /npx hardhat anchor --batch http:\/\/127\.0\.0\.1:\d+\/batches\/[0-9a-f-]{36}\/file --network localhost$/,
  )
  await look(page, 'issued')
  await page.getByRole('button', { name: 'Anchor now' }).click()
  await desk.stage.service.catchUp()
  await page.getByRole('img', { name: '30 in force, 0 suspended, 0 revoked.' }).waitFor()
  await look(page, 'anchored')

  const [links] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the links (CSV)' }).click(),
  ])
  const [head, first, ...others] = (await readFile(await links.path(), 'utf8'))
    .trim()
    .split(/\r?\n/)
  expect([head?.replace('\ufeff', ''), others.length]).toEqual(['"holder","url","id"', 29])
  const link = new URL(/http[^,"]*\/c\/[\w-]{43}/.exec(first ?? '')?.[0] ?? '').pathname
  expect((await desk.stage.ask(`GET ${link}`)).body.type).toContain('OpenBadgeCredential')
  await page.getByText('30 credentials: the list is saved.').waitFor()

  await page.getByLabel('Select Zoë Ångström 3', { exact: true }).check()
  await page.getByLabel('Select Zoë Ångström 4', { exact: true }).check()
  await page.getByRole('button', { name: 'Revoke …' }).click()
  await page.getByText(/It costs 1 transaction with about [\d,]+ gas/).waitFor()
  await look(page, 'revoke-question')
  await page.getByRole('button', { name: 'No, leave all' }).click()
  await page.getByRole('button', { name: 'Revoke …' }).click()
  await page.getByRole('button', { name: 'Yes, revoke for good' }).click()
  await page.getByText('Recorded for 2 credentials').waitFor()
  await desk.stage.service.catchUp()
  await page.getByRole('img', { name: '28 in force, 0 suspended, 2 revoked.' }).waitFor()
  await look(page, 'revoked')

  await page.getByRole('link', { name: 'All batches' }).click()
  await page.getByLabel('Part of the holder').fill('ÅNGSTRÖM 3')
  await page.getByRole('button', { name: 'Find' }).click()
  await page.locator('ul.found').getByText('revoked').waitFor()
  await look(page, 'list')
  const { db } = desk.stage.service.database
  const [{ id } = { id: '' }] = await db.selectFrom('credentials').select('id').limit(1).execute()
  const { body } = await desk.stage.ask(`GET /credentials/${id}`)
  expect(body.credentialSubject.achievement).toMatchObject({
    creditsAvailable: 5,
    image: { id: expect.stringMatching(/^data:image\/svg\+xml;base64,/) },
    alignment: [
      { targetName: 'perform data analysis' },
      { targetName: 'Beekeeping' },
      { targetCode: '5' },
    ],
  })
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByLabel('API key').waitFor()
  expect(await page.context().cookies()).toEqual([])
  expect(faults).toEqual([])
  await leave()
})

test('when the key is deleted the form stays, and goes on after signing in', async () => {
  const { stage } = desk
  const { body: key } = await stage.ask('POST /issuers/northfield/keys', { key: stage.key })
  const { page, leave } = await sitDown(desk)
  await signIn(page, key.key)
  await page.getByRole('link', { name: 'New batch' }).first().click()
  await describeAchievement(page, 'Kept while signed out')
  await page.getByLabel('Roster: CSV').setInputFiles(csv(rows(2)))
  await page.getByText('2 learners').waitFor()
  await stage.ask(`DELETE /issuers/northfield/keys/${key.id}`, { key: stage.key })
  await page.getByRole('button', { name: 'Issue 2 credentials' }).click()
  await page.getByText('You are not signed in any more').waitFor()
  await look(page, 'over')
  await signIn(page, stage.key)
  await page.getByRole('button', { name: 'Issue 2 credentials' }).click()
  await page.getByRole('heading', { name: 'Kept while signed out' }).waitFor()
  await leave()
})

test('a large batch shows how far it is built, by itself', async () => {
  const { page, leave } = await sitDown(desk)
  await signIn(page, desk.stage.key)
  await page.getByRole('link', { name: 'New batch' }).first().click()
  await describeAchievement(page, 'Large')
  await page.getByLabel('Roster: CSV').setInputFiles(csv(rows(1200)))
  await page.getByRole('button', { name: 'Issue 1,200 credentials' }).click()
  await page.getByRole('progressbar', { name: 'How far the batch is' }).waitFor()
  await page.getByText(/of 1,200 credentials made/).waitFor()
  await look(page, 'building')
  await desk.stage.service.catchUp()
  await page.getByRole('heading', { name: 'Anchor it' }).waitFor()
  await leave()
})

test('a roster is read in every form that the service takes, and no bomb is unpacked', async () => {
  const { page, leave } = await sitDown(desk)
  await signIn(page, desk.stage.key)
  await page.getByRole('link', { name: 'New batch' }).first().click()
  const choose = (name: string, buffer: Buffer) =>
    page
      .getByLabel('Roster: CSV')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  const learner = (i: number) => ({ name: `Zoë ${i}`, email: `z${i}@example.org` })
  const text = csv(rows(7)).buffer
  await choose('roster.csv.gz', gzipSync(text))
  await page.getByText('7 learners, every row is good.').waitFor()
  await choose('roster.json', Buffer.from(JSON.stringify([learner(1), learner(2), { name: 3 }])))
  const table = page.locator('table.rows')
  await table.getByText('{"name":3}').first().waitFor()
  expect(await table.locator('tbody th').first().textContent()).toBe('3')
  await choose('roster.csv.gz', gzipSync(Buffer.alloc(80 * 2 ** 20, 'x,y\n')))
  await page.getByText('The file is larger than 64 MiB').waitFor()
  await choose('roster.csv.gz', gzipSync(text).subarray(0, 60))
  await page.getByText('The archive is damaged').waitFor()
  await choose('roster.json', Buffer.from('[{"name":'))
  await page.locator('p.mind', { hasText: 'JSON' }).first().waitFor()
  await choose('roster.json.gz', gzipSync(JSON.stringify([learner(1), learner(2)])))
  await page.getByText('2 learners, every row is good.').waitFor()
  await describeAchievement(page, 'From an archive')
  await page.getByRole('button', { name: 'Issue 2 credentials' }).click()
  await page.getByRole('heading', { name: 'From an archive' }).waitFor()
  await leave()
})

test('a badge image that is too large is redrawn, and what is none is refused', async () => {
  const { page, leave } = await sitDown(desk)
  await signIn(page, desk.stage.key)
  await page.getByRole('link', { name: 'New batch' }).first().click()
  const choose = (name: string, mimeType: string, text: string) =>
    page.getByLabel('Badge image').setInputFiles({ name, mimeType, buffer: Buffer.from(text) })
  const gradient =
    '<linearGradient id="g"><stop stop-color="#036"/><stop offset="1" stop-color="#fc9"/></linearGradient>'
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900" onload="alert(1)">${gradient}<circle cx="450" cy="450" r="440" fill="url(#g)"/><!--${'x'.repeat(40_000)}--></svg>`
  await choose('large.svg', 'image/svg+xml', svg)
  const badge = page.getByAltText('The badge image as it will be')
  await badge.waitFor()
  const url = (await badge.getAttribute('src')) ?? ''
  expect(url).toMatch(/^data:image\/png;base64,/)
  expect(url.length).toBeLessThanOrEqual(32_768)
  await page.getByText(/pixels wide/).waitFor()
  await look(page, 'badge')
  await describeAchievement(page, 'With a picture')
  await page.getByLabel('Roster: CSV').setInputFiles(csv(rows(40)))
  await page.getByText(/^The image adds [\d.]+ kB to every credential/).waitFor()
  await page.getByRole('button', { name: 'Issue 40 credentials' }).click()
  await page.getByRole('heading', { name: 'With a picture' }).waitFor()
  await page.getByRole('link', { name: 'New batch' }).click()
  await choose('none.png', 'image/png', 'x'.repeat(50_000))
  await page.getByText('This is no image that the browser can draw').waitFor()
  expect(await badge.count()).toBe(0)
  await leave()
})

test('by keyboard alone: from signing in to an anchored batch', async () => {
  const { page, leave } = await sitDown(desk)
  /** Tabs on until something of this name has the focus. */
  const tabTo = async (name: RegExp) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab')
      const found = await page.evaluate(() => {
        let at = document.activeElement
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
        const labels = (at as HTMLInputElement | null)?.labels ?? []
        const label = Array.from(labels, (one) => one.textContent).join()
        return `${label} ${at?.textContent ?? ''}`
      })
      if (name.test(found)) return
    }
    throw new Error(`nothing is reached that is called ${name}`)
  }
  await tabTo(/API key/)
  await page.keyboard.insertText(desk.stage.key)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  await tabTo(/New batch/)
  await page.keyboard.press('Enter')
  for (const [field, text] of [
    [/Name of the achievement/, 'By keyboard'],
    [/^Description/, 'Nothing was clicked.'],
    [/How it is earned/, 'By pressing keys.'],
  ] as const) {
    await tabTo(field)
    await page.keyboard.insertText(text)
  }
  // Asked for before the key is pressed, so that no chooser is missed.
  const choosing = page.waitForEvent('filechooser')
  await tabTo(/Roster: CSV/)
  await page.keyboard.press('Enter')
  const chooser = await choosing
  await chooser.setFiles(csv(rows(3)))
  await page.getByText('3 learners').waitFor()
  await tabTo(/Issue 3 credentials/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'By keyboard' }).waitFor()
  await tabTo(/Anchor now/)
  await page.keyboard.press('Enter')
  await desk.stage.service.catchUp()
  await page.getByRole('img', { name: '3 in force' }).waitFor()
  await leave()
})

test('by keyboard alone: sign in, select, ask what it costs, and leave it', async () => {
  const { page, leave } = await sitDown(desk)
  await page.getByLabel('API key').focus()
  await page.keyboard.insertText(desk.stage.key)
  await page.keyboard.press('Enter')
  const batch = page.getByRole('link', { name: 'Data Literacy', exact: true })
  await batch.waitFor()
  await batch.focus()
  await page.keyboard.press('Enter')
  const box = page.getByLabel('Select Zoë Ångström 7', { exact: true })
  await box.waitFor()
  await box.focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Suspend …' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText(/It costs 1 transaction/).waitFor()
  expect(
    await page
      .getByRole('button', { name: 'No, leave all' })
      .evaluate((button) => button.matches(':focus')),
  ).toBe(true)
  await page.keyboard.press('Escape')
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
  expect(
    await page
      .getByLabel('Those selected in the table')
      .evaluate((input) => input.matches(':focus')),
  ).toBe(true)
  await leave()
})

test('dark, and in Arabic from right to left', async () => {
  await issueBatch(desk.stage, 2)
  const { page, leave } = await sitDown(desk, { colorScheme: 'dark', locale: 'ar' })
  await page.locator('#key').fill(desk.stage.key)
  await page.keyboard.press('Enter')
  await page.locator('ul.batches').waitFor()
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
  await look(page, 'dark-arabic-list')
  await page.locator('nav a').nth(1).click()
  await look(page, 'dark-arabic-form')
  await leave()
})
