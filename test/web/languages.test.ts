import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findingsIn } from './axe.ts'
import { type Desk, openDesk } from './desk.ts'
import { makeStates, type State, stateOf } from './states.ts'
import { type Visitor, visit } from './visitor.ts'

let desk: Desk
let states: readonly State[]
let visitor: Visitor

beforeAll(async () => {
  desk = await openDesk()
  states = await makeStates(desk)
}, 180_000)
afterAll(() => desk?.close())
afterEach(async () => {
  expect(visitor.faults).toEqual([])
  await visitor.leave()
})

const titles = {
  en: 'Check a credential',
  de: 'Einen Nachweis prüfen',
  fr: 'Vérifier une attestation',
  es: 'Comprobar una credencial',
  ar: 'التحقق من شهادة',
  ja: '証明書を検証する',
} as const
type Tag = keyof typeof titles
const tags = Object.keys(titles) as Tag[]
const revoked: Readonly<Record<Tag, string>> = {
  en: 'Revoked',
  de: 'Widerrufen',
  fr: 'Révoquée',
  es: 'Revocada',
  ar: 'ملغاة',
  ja: '失効',
}

const titleOf = () => visitor.page.locator('h1').textContent()
const documentOf = () =>
  visitor.page.evaluate(() => {
    const { lang, dir } = document.documentElement
    return { lang, dir, title: document.title }
  })
const choose = (tag: Tag) => visitor.page.getByRole('combobox').first().selectOption(tag)

async function checkAnyhow(name: string): Promise<void> {
  const { page } = visitor
  await page.locator('chain-endpoint details').waitFor()
  await page.locator('textarea').fill(stateOf(states, name).input)
  await page.locator('credential-intake form button').click()
  await page.locator('section.verdict:not(.checking)').waitFor()
}

test('the browser says which language it starts in, and a link may say another', async () => {
  for (const [locale, query, tag] of [
    ['de-CH', '', 'de'],
    ['ja-JP', '', 'ja'],
    ['nl-NL', '', 'en'],
    ['de-CH', '?lang=fr', 'fr'],
    ['de-CH', '?lang=__proto__', 'de'],
  ] as const) {
    visitor = await visit(desk, `/check${query}`, { locale })
    await expect.poll(titleOf).toBe(titles[tag])
    expect(await documentOf()).toEqual({
      lang: tag,
      dir: 'ltr',
      title: `${titles[tag]} · Rootmark`,
    })
    if (tag !== 'de' || query === '') await visitor.leave()
  }
})

test('the visitor changes it at any time: what is shown stays, is told anew, and is remembered', async () => {
  visitor = await visit(desk, '/check?lang=en')
  await checkAnyhow('revoked')
  const word = visitor.page.locator('.verdict .word')
  for (const tag of tags) {
    await choose(tag)
    await expect.poll(() => word.textContent()).toBe(revoked[tag])
    expect(await titleOf()).toBe(titles[tag])
    expect(await documentOf()).toMatchObject({ lang: tag, dir: tag === 'ar' ? 'rtl' : 'ltr' })
  }
  await choose('ar')
  expect(new URL(visitor.page.url()).search).toBe('')
  await visitor.page.reload()
  await expect.poll(titleOf).toBe(titles.ar)
})

test('in every state and language nothing is wider than 320 px, and no rule that a machine can test is broken', async () => {
  visitor = await visit(desk, '/check?lang=en', { viewport: { width: 320, height: 640 } })
  const { page } = visitor
  await page.locator('chain-endpoint details').waitFor()
  for (const [i, name] of ['nothing yet', ...states.map((state) => state.name)].entries()) {
    if (name !== 'nothing yet') await checkAnyhow(name)
    const closed = page.locator('details:not([open]) > summary')
    while ((await closed.count()) > 0) await closed.first().click()
    expect(await findingsIn(page, 320, i)).toEqual([])
  }
}, 180_000)

test('sentences of core/ are marked as the English that they are', async () => {
  visitor = await visit(desk, '/check?lang=ar')
  await checkAnyhow('revoked')
  const english = visitor.page.locator('.verdict .reason span[lang=en][dir=ltr]')
  expect(await english.textContent()).toContain('The issuer has revoked it')
  const { left, right } = await english.evaluate((span) => {
    const range = document.createRange()
    range.selectNodeContents(span)
    const text = range.getBoundingClientRect()
    const box = span.getBoundingClientRect()
    return { left: text.left - box.left, right: box.right - text.right }
  })
  expect(right).toBeLessThan(left)
})
