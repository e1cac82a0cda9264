import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { credentialAt } from '../../core/batch.ts'
import { fragmentParts } from '../../core/packed-link.ts'
import { parseRequirement } from '../../core/pathway/pathway.ts'
import { openQuestion, questionFragment } from '../../core/question.ts'
import { violations } from './axe.ts'
import { issueCohort } from './cohort.ts'
import { type Desk, openDesk } from './desk.ts'
import { type Visitor, visit } from './visitor.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.close())

const example = JSON.parse(readFileSync('examples/pathway/requirement.json', 'utf8'))
const open = (options = {}, fragment = '') => visit(desk, `/requirement${fragment}`, options)
const add = ({ page }: Visitor, kind: string) =>
  page.getByRole('button', { name: kind, exact: true }).click()

async function fillIn(visitor: Visitor): Promise<void> {
  const { page } = visitor
  await page.getByLabel('What it is for').fill('Data assistant')
  await add(visitor, 'Credits')
  await page.getByLabel('Credits (ECTS) at least').fill('8')
  await page.getByLabel('EQF level at least').selectOption('5')
  await page.getByLabel('In what').fill('data practice')
  await add(visitor, 'Skills')
  await page.getByLabel('Look up a skill').fill('Think Analytically')
  await page.keyboard.press('Enter')
  await page.getByLabel('Name of any other skill').fill('weaving')
  await page.getByLabel('Its address (URI)').fill('https://skills.example/weaving')
  await page.getByRole('button', { name: 'Add this skill' }).click()
}

async function madeLink({ page }: Visitor): Promise<string> {
  await page.getByRole('button', { name: 'Make the link' }).click()
  return page.locator('#applicants').inputValue()
}

const questionIn = (link: string) =>
  openQuestion(fragmentParts(new URL(link).hash).get('r') as string)

test('a requirement is put together without JSON, and its link holds all of it', async () => {
  const visitor = await open()
  const { page } = visitor
  await page.getByText('Say what it is for.').waitFor()
  expect(await page.getByRole('button', { name: 'Make the link' }).isDisabled()).toBe(true)
  await fillIn(visitor)
  await add(visitor, 'A certain credential')
  await page.getByText('Point 3: name an achievement').waitFor()
  const credential = credentialAt(issueCohort(desk.chain, {}), 0)
  await page.getByLabel('Take it from a credential').setInputFiles({
    name: 'x.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(credential)),
  })
  await expect
    .poll(() => page.locator('[data-field=ids]').inputValue())
    .toBe((credential['credentialSubject'] as { achievement: { id: string } }).achievement.id)
  desk.site.bodies.set('/credentials/one', JSON.stringify(credential))
  await page.locator('[data-field=label]').fill('')
  await page.locator('[data-field=ids]').fill(`${desk.site.url}/credentials/one`)
  await page.locator('[data-field=label]').first().focus()
  await expect.poll(() => page.locator('[data-field=ids]').inputValue()).toMatch(/^urn:uuid:/)
  expect(await page.locator('[data-field=label]').inputValue()).toContain('Data Literacy')
  await add(visitor, 'A number of credentials')
  await page.locator('[data-kind=components] [data-field=amount]').fill('2')
  await page.locator('[data-kind=components] [data-field=years]').fill('3')
  await page.getByLabel('How many of the points must be met').selectOption('3')
  await page.getByLabel('Anybody’s').check()
  await page.getByLabel('Your web address').fill('https://quayside.example')
  await page.getByLabel('Last day for answers').fill('2030-01-31')
  const said = await page.locator('.words').textContent()
  expect(said).toContain('at least 3 of this')
  expect(said).toContain('8 ECTS at EQF level 5 or above in data practice')
  expect(said).toContain('The skills think analytically, weaving')
  expect(said).toContain('2 credentials not older than 3 years')
  const link = await madeLink(visitor)
  expect(link).toMatch(new RegExp(`^${desk.site.url}/portfolio#r=1\\.`))
  const { requirement, challenge, domain, until } = await questionIn(link)
  expect(requirement.rule).toMatchObject({ kind: 'any', needed: 3 })
  expect(requirement.document).toMatchObject({ name: 'Data assistant', every: { issuers: 'any' } })
  expect([domain, until]).toEqual(['https://quayside.example', Date.UTC(2030, 0, 31, 23, 59, 59)])
  expect(challenge).toMatch(/^u[\w-]{22}$/)
  expect([...visitor.origins]).toEqual([desk.site.url])
  expect(visitor.faults).toEqual([])
  await visitor.leave()
})

test('its own link opens it again; once changed, the old link is gone and the new one asks anew', async () => {
  const visitor = await open()
  const { page } = visitor
  await fillIn(visitor)
  const first = await questionIn(await madeLink(visitor))
  await page.goto(await page.locator('#own').inputValue())
  await page.reload()
  await page.getByText('Opened.').waitFor()
  expect(await page.getByLabel('Credits (ECTS) at least').inputValue()).toBe('8')
  await page.getByLabel('Credits (ECTS) at least').fill('9')
  expect(await page.locator('#applicants').count()).toBe(0)
  const second = await questionIn(await madeLink(visitor))
  expect(second.challenge).not.toBe(first.challenge)
  expect(second.requirement.rule).toMatchObject({ rules: [{ needed: 90_000 }, {}] })
  const asked = page.locator('.asked li')
  expect(await asked.count()).toBe(2)
  await asked.first().getByRole('button', { name: 'Forget' }).click()
  expect(await asked.count()).toBe(1)
  await asked.first().getByRole('button', { name: 'Open' }).click()
  await expect.poll(() => page.getByLabel('Credits (ECTS) at least').inputValue()).toBe('8')
  await visitor.leave()
})

test('a requirement of any kind is pasted or loaded, and one that the form cannot show is changed as JSON', async () => {
  const visitor = await open()
  const { page } = visitor
  const nested = {
    ...example,
    rule: { all: [{ any: 1, of: [{ components: 1 }, { credits: 3 }] }] },
  }
  await page.getByText('As JSON, or from a file').click()
  await page.getByLabel('Requirement as JSON, or its link').fill(JSON.stringify(nested))
  await page.getByRole('button', { name: 'Take this over' }).click()
  await page.getByText('Change it as JSON below').waitFor()
  expect((await questionIn(await madeLink(visitor))).requirement.document).toEqual(nested)
  await page.getByLabel('Open a file').setInputFiles({
    name: 'requirement.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(example)),
  })
  await expect.poll(() => page.locator('.points > li').count()).toBe(3)
  expect((await questionIn(await madeLink(visitor))).requirement.document).toEqual(example)
  await visitor.leave()
})

test('what is none, is cut, or has 10,000 clauses is refused in words, and the page goes on', async () => {
  const question = { challenge: 'x'.repeat(22), domain: 'quayside.example', until: undefined }
  const whole = await questionFragment({ ...question, requirement: parseRequirement(example) })
  const visitor = await open({}, `#${whole.slice(0, -20)}`)
  const { page } = visitor
  const alert = page.getByRole('alert').filter({ hasText: 'is no requirement' })
  await alert.filter({ hasText: 'it was cut or changed' }).waitFor()
  await page.getByText('As JSON, or from a file').click()
  const clauses = Array.from({ length: 10_000 }, () => ({ components: 1 }))
  const cases = [
    [JSON.stringify({ ...example, rule: { all: clauses } }), 'at most 500'],
    ['{"a": 1, "a": 2}', 'a'],
    [JSON.stringify({ ...example, rule: { credits: -1 } }), 'above 0'],
    [JSON.stringify({ ...example, every: undefined }), 'say whose credentials count'],
    ['x'.repeat(400_000), 'at most 300000'],
  ] as const
  for (const [text, said] of cases) {
    await page.getByLabel('Requirement as JSON, or its link').fill(text)
    await page.getByRole('button', { name: 'Take this over' }).click()
    await alert.filter({ hasText: said }).waitFor()
  }
  await fillIn(visitor)
  expect(await madeLink(visitor)).toContain('#r=1.')
  await visitor.leave()
})

test('hostile texts are shown as text, and none runs', async () => {
  const name = '<img src=x onerror=document.title="owned">\u202egnp.exe'
  const visitor = await open()
  const { page } = visitor
  await page.getByText('As JSON, or from a file').click()
  const hostile = { ...example, name, rule: { skills: [{ url: 'https://a.example', name }] } }
  await page.getByLabel('Requirement as JSON, or its link').fill(JSON.stringify(hostile))
  await page.getByRole('button', { name: 'Take this over' }).click()
  await page.locator('.words .name').waitFor()
  expect(await page.locator('.words').textContent()).toContain('<img src=x')
  expect(await page.locator('.words .name bdi').textContent()).not.toContain('\u202e')
  expect(await page.locator('img').count()).toBe(0)
  expect(await page.title()).toContain('Ask for credentials')
  await visitor.leave()
})

test.each([
  ['light', 1280, 'en-GB'],
  ['dark', 1280, 'de'],
  ['light', 320, 'ar'],
  ['dark', 320, 'ja'],
] as const)('accessible: %s, %d pixels wide, %s', async (colorScheme, width, locale) => {
  const visitor = await open({ colorScheme, viewport: { width, height: 800 }, locale })
  const { page } = visitor
  await page.locator('h1').waitFor()
  await page.locator('.adds button').nth(0).click()
  await page.locator('.adds button').nth(1).click()
  await page.locator('.adds button').nth(2).click()
  await page.locator('#name').fill('Data assistant')
  await page.locator('details.json summary').click()
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  expect(await page.evaluate(() => document.documentElement.dir)).toBe(
    locale === 'ar' ? 'rtl' : 'ltr',
  )
  await visitor.leave()
})

test('by keyboard alone', async () => {
  const visitor = await open()
  const { page } = visitor
  const { keyboard } = page
  await page.locator('#name').focus()
  await keyboard.type('Clerk')
  for (let i = 0; i < 3; i++) await keyboard.press('Tab')
  await keyboard.press('Enter')
  // The new point has the focus.
  await expect.poll(() => page.locator('[data-kind=skills] #known-0:focus').count()).toBe(1)
  await keyboard.type('advise others')
  await keyboard.press('Enter')
  await page.locator('.skills li').waitFor()
  await page.locator('#domain').focus()
  await keyboard.press('Enter')
  expect(await page.locator('#applicants').inputValue()).toContain('#r=1.')
  await visitor.leave()
})
