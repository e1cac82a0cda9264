import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { type Question, questionDocument, questionFragment } from '../../core/question.ts'
import { presentedPdf } from '../../documents/presented-pdf.ts'
import { violations } from './axe.ts'
import { type Desk, openDesk } from './desk.ts'
import { answer, award, course, email, holder, linkOf, present, questionOf } from './presenting.ts'
import { chooseFile, type Visitor, visit } from './visitor.ts'

let desk: Desk
let statistics: JsonObject
let charts: JsonObject
let revoked: JsonObject
let certificate: JsonObject
const eight = { credits: 8, where: { eqf: 5, name: 'data practice' } }

beforeAll(async () => {
  desk = await openDesk()
  statistics = await course(desk, 'Statistics for Practice')
  charts = await course(desk, 'Honest Charts', { validFrom: '2023-02-01T00:00:00Z' })
  revoked = await course(desk, 'Cleaning Messy Data', { revoked: true })
  certificate = await award(desk, [statistics, charts])
})
afterAll(() => desk?.close())

const open = (hash: string, options = {}) => visit(desk, `/presentation${hash}`, options)

/** As the employer's browser, which made the question. */
async function asking(question: Question, hash: string, options = {}): Promise<Visitor> {
  const visitor = await visit(desk, '/icon.svg', options)
  const packed = (await questionFragment(question)).slice(2)
  const { challenge, domain, requirement } = question
  const kept = { challenge, domain, name: requirement.name, madeAt: '2026-11-01T00:00:00Z', packed }
  await visitor.page.evaluate(
    (text) => localStorage.setItem('questions', text),
    JSON.stringify([kept]),
  )
  await visitor.page.goto(`${desk.site.url}/presentation${hash}`)
  return visitor
}

const clean = (text: string | null) => (text ?? '').replace(/\s+/g, ' ').trim()

async function whole({ page }: Visitor): Promise<string> {
  const heading = page.locator('#whole')
  await heading.waitFor()
  return `${clean(await heading.locator('.word').textContent())}: ${clean(await heading.locator('.headline').textContent())}`
}

const textOf = async ({ page }: Visitor, selector: string) =>
  clean(await page.locator(selector).first().textContent())
const verdicts = ({ page }: Visitor) => page.locator('.credentials > li .state').allTextContents()

const pdfOf = (presentation: JsonObject) =>
  presentedPdf({
    presentation,
    address: `${desk.site.url}/presentation`,
    madeAt: Date.now(),
    facts: [],
    verdict: 'Nobody looked.',
    isValid: false,
    lines: [],
  })

test('all met: one verdict for the whole, one for each, the summary, and each claim leads to its evidence', async () => {
  const question = questionOf({ all: [{ ...eight, shared: true }, { components: 2 }] })
  const presentation = await answer(question, [statistics, charts])
  const visitor = await asking(question, await linkOf(presentation))
  const { page } = visitor
  expect(await whole(visitor)).toBe(
    'Valid: All of it is genuine and in force, and its holder signed it',
  )
  const facts = await textOf(visitor, '.facts')
  expect(facts).toContain(holder.did)
  expect(facts).toContain('https://quayside.example')
  expect(facts).toContain('You asked it in this browser.')
  expect(await verdicts(visitor)).toEqual(['Valid', 'Valid'])
  expect(await textOf(visitor, '.outcome')).toContain('Met')
  expect(await page.locator('.clause.valid').count()).toBe(2)
  expect(await textOf(visitor, '.total')).toBe('8 ECTS in all')
  expect(await textOf(visitor, '.gap')).toContain('Nothing between')
  expect(await textOf(visitor, '.summary')).toContain('skill of Honest Charts')
  const evidence = page.locator('.summary li', { hasText: 'skill of Honest Charts' })
  await evidence.getByRole('button', { name: 'Evidence: Honest Charts' }).click()
  const report = page.locator('#credential-1 check-report')
  await report.getByRole('heading', { name: 'Genuine' }).waitFor()
  expect(await report.locator('li.check.valid').count()).toBeGreaterThan(4)
  expect(await report.textContent()).not.toContain('Nothing. The credential was read')
  expect(visitor.faults).toEqual([])
  expect([...visitor.origins].toSorted()).toEqual([desk.chain.rpcUrl, desk.site.url].toSorted())
  await visitor.leave()
})

test('part met, with one revoked and one forged among several: each is told by itself, and what is missing', async () => {
  const forged = JSON.parse(JSON.stringify(charts).replace('Honest Charts', 'Dishonest Charts'))
  const question = questionOf({ all: [eight, { skills: ['https://skills.example/x'] }] })
  const presentation = await answer(question, [statistics, revoked, forged])
  const visitor = await asking(question, await linkOf(presentation))
  expect(await whole(visitor)).toBe('Not valid: Not genuine or not in force: 2 of 3 credentials')
  expect(await verdicts(visitor)).toEqual(['Valid', 'Revoked', 'Altered'])
  expect(await textOf(visitor, '.outcome')).toBe('Not met')
  expect(await textOf(visitor, '.missing')).toContain('4 more ECTS at EQF level 5')
  expect(await textOf(visitor, '.total')).toBe('4 ECTS in all')
  expect(await textOf(visitor, '.summary')).not.toContain('Dishonest')
  await visitor.leave()
})

test('replayed, for somebody else, ended, altered or not a presentation: said plainly', async () => {
  const question = questionOf(eight)
  const another = questionOf(eight)
  const forOther = questionOf(eight, { domain: 'https://other.example' })
  const file = JSON.stringify(questionDocument(question))
  const cases: readonly (readonly [string, JsonObject, string])[] = [
    ['replayed', await answer(another, [statistics]), 'Not valid: It answers another question'],
    [
      'audience',
      await answer({ ...forOther, challenge: question.challenge }, [statistics]),
      'Not valid: It was made for somebody else',
    ],
    [
      'altered',
      { ...(await answer(question, [statistics])), verifiableCredential: [statistics, charts] },
      'Altered: It was changed after',
    ],
    ['unsigned', await present([statistics], {}, null), 'Not valid: You asked for a signature'],
  ]
  const visitor = await open('')
  const { page } = visitor
  for (const [name, presentation, headline] of cases) {
    await page.locator('#file').setInputFiles({
      name: 'presentation.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(presentation)),
    })
    await page.locator('#whole').waitFor()
    await page.locator('#question-file').setInputFiles({
      name: 'question.json',
      mimeType: 'application/json',
      buffer: Buffer.from(file),
    })
    await expect.poll(() => whole(visitor), { message: name }).toContain(headline.split(': ')[1])
    expect(await textOf(visitor, '.outcome')).toContain('does not hold')
    const words = page.locator('details.again')
    if ((await words.getAttribute('open')) === null) await words.locator('summary').click()
  }
  const ended = await present([statistics], { until: Date.now() + 1500 })
  await new Promise((resolve) => setTimeout(resolve, 1600))
  await page.locator('#text').fill(JSON.stringify(ended))
  await page.getByRole('button', { name: 'Check it' }).click()
  await expect.poll(() => whole(visitor)).toContain('Its holder let it end')
  for (const [text, said] of [
    [JSON.stringify(statistics), 'it is a single credential'],
    ['{"type": "VerifiablePresentation"', 'line'],
    [(await linkOf(ended)).slice(0, -9), 'it was cut or changed'],
    ['[]', 'no JSON object'],
  ] as const) {
    await page.locator('#text').fill(text)
    await page.getByRole('button', { name: 'Check it' }).click()
    await page.getByRole('alert').filter({ hasText: 'cannot be read as a presentation' }).waitFor()
    await expect.poll(() => textOf(visitor, '.problem')).toContain(said)
  }
  await visitor.leave()
})

test('a question that came along is not taken for one’s own until whoever checks says so', async () => {
  const question = questionOf(eight)
  const link = await linkOf(await answer(question, [statistics, charts]), question)
  const visitor = await open(link)
  const { page } = visitor
  expect(await whole(visitor)).toBe('Could not check: Genuine, but is it for you?')
  expect(await textOf(visitor, '.facts')).toContain('It came along with the answer')
  expect(await textOf(visitor, '.confirm')).toContain('https://quayside.example')
  await page.getByRole('button', { name: 'That is me, and it is my question' }).click()
  await expect.poll(() => whole(visitor)).toContain('All of it is genuine')
  expect(await textOf(visitor, '.outcome')).toContain('Met')
  await visitor.leave()
})

test('bound to nobody: whose it is follows from an address that is known, or stays open', async () => {
  const mailed = await course(desk, 'Databases', { learner: { did: undefined as never } })
  const visitor = await open(await linkOf(await present([mailed], {}, null)))
  const { page } = visitor
  expect(await whole(visitor)).toContain('nobody signed for handing them over')
  expect(await textOf(visitor, '.facts')).toContain('Nobody signed it')
  await page.locator('#email').fill('eve@example.org')
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect.poll(() => whole(visitor)).toContain('Of somebody else: 1 of 1 credential')
  await page.locator('#email').fill(email)
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect.poll(() => whole(visitor)).toContain('of the person whose address you know')
  await visitor.leave()
})

test('a stack is shown as one: its parts with what became of each, and no credit twice', async () => {
  const visitor = await open(await linkOf(await present([certificate, statistics, charts])))
  await whole(visitor)
  expect(await textOf(visitor, '.stack')).toContain('2 of 2 verified')
  expect(await textOf(visitor, '.total')).toBe('8 ECTS in all')
  expect(await textOf(visitor, '.summary')).toContain('not counted: part of an award that counts')
  await visitor.leave()
  const alone = await open(await linkOf(await present([certificate])))
  await whole(alone)
  expect(await textOf(alone, '.stack')).toContain('Did not come along')
  expect(await alone.page.locator('.stack.indeterminate').count()).toBe(1)
  await alone.leave()
})

test('an award that its own parts contradict counts for nothing', async () => {
  const cheap = await award(desk, [statistics])
  const question = questionOf(eight)
  const presentation = await answer(question, [cheap, statistics])
  const visitor = await asking(question, await linkOf(presentation))
  expect(await whole(visitor)).toBe('Not valid: Does not follow from its parts: 1 award')
  expect(await textOf(visitor, '.outcome')).toBe('Not met')
  expect(await textOf(visitor, '.total')).toBe('4 ECTS in all')
  await visitor.leave()
})

test('signed, with credentials that name an address only: open until the address is given', async () => {
  const mailed = await course(desk, 'Maps', { learner: { did: undefined as never }, credits: 8 })
  const question = questionOf(eight)
  const visitor = await asking(question, await linkOf(await answer(question, [mailed])))
  expect(await whole(visitor)).toContain('Nothing shows whose they are')
  expect(await textOf(visitor, '.outcome')).toContain('Open: ')
  expect(await visitor.page.locator('.missing').count()).toBe(0)
  expect(await textOf(visitor, '#summary ~ .note')).toContain('Nothing shows yet')
  expect(await textOf(visitor, '.total')).toBe('8 ECTS in all')
  await visitor.page.locator('#email').fill(email)
  await visitor.page.keyboard.press('Enter')
  await expect.poll(() => whole(visitor)).toContain('its holder signed it')
  expect(await textOf(visitor, '.outcome')).toContain('Met')
  await visitor.leave()
})

test('a PDF that carries a presentation is read, and so is one that is saved here', async () => {
  const presentation = await present([statistics])
  const pdf = await pdfOf(presentation)
  const visitor = await open('')
  const { page } = visitor
  const file = { name: 'presentation.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf) }
  await page.locator('#file').setInputFiles(file)
  expect(await whole(visitor)).toContain('All of it is genuine')
  await page.getByRole('button', { name: 'Save as a PDF that verifies' }).click()
  await page.getByText('No PDF could be made here.').waitFor()
  desk.site.bodies.set('/presentations/pdf', (response) => {
    response.setHeader('content-type', 'application/pdf')
    response.end(Buffer.from(pdf))
  })
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as a PDF that verifies' }).click()
  expect((await saved).suggestedFilename()).toBe('presentation.pdf')
  expect(visitor.faults).toEqual([])
  await visitor.leave()
})

test('a presentation that is handed to the page for one credential goes on from there', async () => {
  const presentation = await present([statistics])
  const visitor = await visit(desk, '/check')
  const { page } = visitor
  for (const content of [JSON.stringify(presentation), Buffer.from(await pdfOf(presentation))]) {
    await page.goto(`${desk.site.url}/check`)
    await chooseFile(visitor, 'presentation', content)
    await page.getByRole('heading', { name: 'This is a presentation' }).waitFor()
    await page.getByRole('button', { name: 'Open it there' }).click()
    await page.waitForURL(/\/presentation#p=1\./)
    expect(await whole(visitor)).toContain('All of it is genuine')
  }
  expect(visitor.faults).toEqual([])
  await visitor.leave()
})

test('hostile names are text, and a requirement of 10,000 clauses is refused', async () => {
  const name = '<img src=x onerror=alert(1)>\u202e‮evil'
  const hostile = await course(desk, name)
  const visitor = await open(await linkOf(await present([hostile], { purpose: name })))
  const { page } = visitor
  await whole(visitor)
  expect(await textOf(visitor, '.what')).toContain('<img src=x onerror=alert(1)>')
  expect(await textOf(visitor, '.what bdi')).not.toContain('\u202e')
  expect(await page.locator('main img').count()).toBe(0)
  const clauses = Array.from({ length: 10_000 }, () => ({ components: 1 }))
  const document = {
    format: 'rootmark-requirement-1',
    name: 'x',
    every: { issuers: 'any' },
    rule: { all: clauses },
  }
  await page.locator('#question-file').setInputFiles({
    name: 'requirement.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(document)),
  })
  await page.getByRole('alert').filter({ hasText: 'at most 500' }).waitFor()
  expect(await whole(visitor)).toContain('genuine')
  await visitor.leave()
})

test.each([
  ['light', 1280, 'en-GB'],
  ['dark', 1280, 'fr'],
  ['light', 320, 'ar'],
  ['dark', 320, 'ja'],
] as const)('accessible: %s, %d pixels wide, %s', async (colorScheme, width, locale) => {
  const question = questionOf({ all: [eight, { credits: 90 }] })
  const presentation = await answer(question, [certificate, statistics, revoked])
  const options = { colorScheme, viewport: { width, height: 800 }, locale }
  const visitor = await asking(question, await linkOf(presentation), options)
  const { page } = visitor
  await whole(visitor)
  expect(await violations(page)).toEqual([])
  await page.locator('#credential-0 > summary').click()
  await page.locator('#credential-0 check-report h2').first().waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  await visitor.leave()
})

test('by keyboard: the verdict is read first, and evidence opens and takes the focus', async () => {
  const visitor = await open(await linkOf(await present([statistics])))
  const { page } = visitor
  await whole(visitor)
  await expect.poll(() => page.locator('#whole:focus').count()).toBe(1)
  expect(await textOf(visitor, '[aria-live=polite]')).toContain('The check is done')
  await page.locator('.summary .leads').first().focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('#credential-0 > summary:focus').count()).toBe(1)
  await visitor.leave()
})

test('on paper: verdicts, summary and credentials without the forms', async () => {
  const visitor = await open(await linkOf(await present([certificate, statistics, charts])))
  await whole(visitor)
  const { page } = visitor
  await page.emulateMedia({ media: 'print' })
  for (const hidden of ['details.again', '.own', '.actions']) {
    expect([hidden, await page.locator(hidden).first().isVisible()]).toEqual([hidden, false])
  }
  for (const shown of ['.verdict', '.summary', '.stack', '.credentials']) {
    expect([shown, await page.locator(shown).first().isVisible()]).toEqual([shown, true])
  }
  await visitor.leave()
})
