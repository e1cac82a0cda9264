import { afterAll, beforeAll, expect, test } from 'vitest'
import { credentialAt } from '../../core/batch.ts'
import { achievement, issueCohort } from './cohort.ts'
import { type Desk, openDesk } from './desk.ts'
import { paste, type Visitor, verdictOf, visit } from './visitor.ts'

const html = '<img src=https://tracker.example/p.png onerror="document.title=1"><script>1</script>'
const stacked = `Z${'\u0336'.repeat(200)}`
const reversed = 'moc.live\u202eNorthfield\u2066\u0007'

let desk: Desk
let visitor: Visitor

beforeAll(async () => {
  desk = await openDesk()
  visitor = await visit(desk)
  const batch = issueCohort(desk.chain, {
    learners: [{ name: `${html}${reversed}`, email: 'a@example.org', result: `${html}${stacked}` }],
    issuer: { name: `Univ${reversed}`, url: 'javascript:alert(1)' },
    achievement: {
      ...achievement,
      name: `${html}${'N'.repeat(10_000)}`,
      description: `${html}\u202e${'long prose '.repeat(900)}`,
      criteria: { id: 'javascript:alert(1)' },
      image: { id: 'https://tracker.example/badge.png', caption: html },
      alignment: [
        { targetName: html, targetUrl: 'javascript:alert(1)', targetFramework: html },
        { targetName: 'data', targetUrl: 'data:text/html,<script>1</script>' },
        { targetName: 'a skill', targetUrl: 'https://esco.example@evil.example/skill' },
        { targetName: 'a homograph', targetUrl: 'https://еsco.example/' },
      ],
    },
  })
  await desk.chain.anchor(batch)
  await paste(visitor, JSON.stringify(credentialAt(batch, 0)))
  await verdictOf(visitor)
}, 180_000)

afterAll(async () => {
  await visitor?.leave()
  await desk?.close()
})

test('HTML in any field is text', async () => {
  const { page } = visitor
  expect((await verdictOf(visitor)).word).toBe('Valid')
  expect(await page.title()).toBe('Check a credential · Rootmark')
  expect(
    await page.locator('check-report img, check-report script, check-report iframe').count(),
  ).toBe(0)
  const shown = await page.locator('section.credential').textContent()
  expect(shown?.split('<script>1</script>').length).toBeGreaterThan(4)
})

test('characters that reverse or hide text are removed, and the page says so', async () => {
  const shown = (await visitor.page
    .locator('check-report')
    .evaluate((element) => element.shadowRoot?.textContent ?? '')) as string
  expect(shown).toContain('Univmoc.liveNorthfield')
  expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/)
  expect(shown).not.toContain('\u0007')
  expect(shown).toContain(`Z${'\u0336'.repeat(6)}`)
  expect(shown).not.toContain('\u0336'.repeat(7))
  expect(shown).toContain(
    'Hidden control characters were removed from this text: U+202E, U+2066, U+0007.',
  )
  expect(await visitor.page.locator('section.credential bdi').count()).toBeGreaterThan(5)
})

test('only web addresses are links, and each names its real host', async () => {
  const links = await visitor.page.locator('section.credential a').evaluateAll((anchors) =>
    anchors.map((anchor) => ({
      href: anchor.getAttribute('href'),
      rel: anchor.getAttribute('rel'),
      host: anchor.parentElement?.querySelector('.host')?.textContent,
    })),
  )
  expect(links).toEqual([
    {
      href: 'https://esco.example@evil.example/skill',
      rel: 'noopener noreferrer',
      host: 'evil.example',
    },
    {
      href: 'https://xn--sco-qdd.example/',
      rel: 'noopener noreferrer',
      host: 'xn--sco-qdd.example',
    },
  ])
})

test('a name of 10,000 characters is shortened, and long prose opens on request', async () => {
  const { page } = visitor
  expect(await page.locator('.achievement').textContent()).toMatch(
    /shortened from 10,\d{3} characters/,
  )
  expect((await page.locator('.achievement').textContent())?.length).toBeLessThan(600)
  await page.getByText('Show all of it').first().click()
  expect(await page.locator('section.credential details[open]').textContent()).toContain(
    'long prose',
  )
})

test('of thousands of skills the first hundred are shown', async () => {
  const many = await visit(desk)
  const batch = issueCohort(desk.chain, {
    achievement: {
      ...achievement,
      alignment: Array.from({ length: 3_000 }, (_, i) => ({
        targetName: `skill ${i}`,
        targetUrl: 'https://esco.example/skill',
      })),
    },
  })
  await paste(many, JSON.stringify(credentialAt(batch, 0)))
  await verdictOf(many)
  expect(await many.page.locator('.skills a').count()).toBe(100)
  expect(await many.page.locator('.skills').textContent()).toContain('and 2,900 more')
  await many.leave()
})

test('nothing is asked of anybody but the site and the chain, and no policy is violated', () => {
  expect([...visitor.origins].sort()).toEqual([desk.site.url, desk.chain.rpcUrl].sort())
  expect(visitor.faults).toEqual([])
})
