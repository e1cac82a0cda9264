import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { type Desk, openDesk } from './desk.ts'
import { makeStates, type State, stateOf } from './states.ts'

let desk: Desk
let states: readonly State[]
let elsewhere: Server
let origin: string
let body = ''
let policy = ''
let page: Page
let faults: string[]
let scripts: Map<string, Buffer>

beforeAll(async () => {
  desk = await openDesk()
  states = await makeStates(desk)
  for (const name of ['valid', 'revoked', 'tampered', 'other-chain']) {
    desk.site.bodies.set(`/credentials/${name}`, stateOf(states, name).input)
  }
  // A page of somebody else's, on an origin of its own and with a strict policy of its own.
  elsewhere = createServer((_request, response) => {
    response.setHeader('content-security-policy', policy)
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(body)
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
}, 180_000)

afterAll(async () => {
  elsewhere?.close()
  await desk?.close()
})

beforeEach(async () => {
  page = await desk.browser.newPage({ locale: 'en-GB', viewport: { width: 900, height: 900 } })
  faults = []
  scripts = new Map()
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|violat|CORS/i.test(message.text())) faults.push(message.text())
  })
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (!pathname.endsWith('.js')) return
    // A page that is closed has no bodies any more.
    response.body().then(
      (script) => scripts.set(basename(pathname), script),
      () => undefined,
    )
  })
  const site = desk.site.url
  policy = `default-src 'none'; script-src ${site} 'wasm-unsafe-eval'; connect-src ${site} ${desk.chain.rpcUrl}; frame-src ${site}; style-src 'unsafe-inline'`
})

afterEach(async () => {
  await page.close()
})

/** The third party's page, which loads the script and shows these elements. */
async function open(elements: string, { lang = 'en', style = '' } = {}): Promise<void> {
  body = `<!doctype html><html lang="${lang}"><head><title>A job application</title><style>${style}</style>
    <script type="module" src="${desk.site.url}/element/credential-check.js"></script></head>
    <body><main><h1>Applicants</h1>${elements}</main></body></html>`
  await page.goto(origin)
}

const element = (name: string, more = '') =>
  `<credential-check src="${desk.site.url}/credentials/${name}" ${more}></credential-check>`
const wordsOf = () => page.locator('credential-check .word').allTextContents()

describe('<credential-check> in the page of somebody else', () => {
  test('checks each credential in that page, and nothing breaks its policy', async () => {
    await open(
      ['valid', 'revoked', 'tampered', 'other-chain', 'none'].map((name) => element(name)).join(''),
    )
    await expect
      .poll(wordsOf, { timeout: 30_000 })
      .toEqual(['Valid', 'Revoked', 'Altered', 'Could not check', 'Nothing to check'])
    expect(faults).toEqual([])
    expect(await violations(page)).toEqual([])
    // The host's document stays the host's.
    expect(await page.title()).toBe('A job application')
    expect(await page.locator('html').getAttribute('dir')).toBe(null)
    if (process.env['SHOTS'])
      await page.screenshot({ path: `${process.env['SHOTS']}/element.png`, fullPage: true })
  })

  test('tells a verdict event that bubbles, and checks anew when src changes', async () => {
    await open(element('valid'))
    await page.evaluate(() => {
      const told: unknown[] = []
      Object.assign(globalThis, { told })
      document.addEventListener('verdict', (event) => told.push((event as CustomEvent).detail))
    })
    const told = () =>
      page.evaluate(() => (globalThis as unknown as { told: object[] }).told.at(-1))
    const point = (name: string) =>
      page.evaluate(
        (src) => document.querySelector('credential-check')?.setAttribute('src', src),
        `${desk.site.url}/credentials/${name}`,
      )
    await point('revoked')
    await expect.poll(told, { timeout: 20_000 }).toEqual({ verdict: 'invalid', reason: 'revoked' })
    await point('valid')
    await expect.poll(told, { timeout: 20_000 }).toEqual({ verdict: 'valid', reason: 'valid' })
    expect(await page.locator('section.verdict').count()).toBe(1)
  })

  test('takes the colours, the theme and the language of its host', async () => {
    const style = 'credential-check { --credential-check-valid: rgb(1, 2, 3); }'
    await open(element('valid', 'theme="dark"'), { lang: 'ar', style })
    const word = page.locator('credential-check .word')
    await word.waitFor({ timeout: 20_000 })
    await expect.poll(wordsOf).toEqual(['صالحة'])
    expect(await word.evaluate((text) => getComputedStyle(text).color)).toBe('rgb(1, 2, 3)')
    const card = page.locator('credential-check .card')
    expect(await card.getAttribute('dir')).toBe('rtl')
    expect(await card.evaluate((part) => getComputedStyle(part).colorScheme)).toBe('dark')
  })

  test('asks for settings where its host says, and takes hostile addresses for what they are', async () => {
    await open(
      ['javascript:alert(1)', 'http://192.168.0.1/c', 'data:application/json,{}']
        .map((src) => `<credential-check src="${src}"></credential-check>`)
        .join(''),
    )
    await expect.poll(wordsOf, { timeout: 20_000 }).toEqual(Array(3).fill('Nothing to check'))
    expect(faults).toEqual([])
  })

  test('keeps its budget: 64 kB of gzip until the answer stands, one small script before it is needed', async () => {
    await open('')
    await page.waitForLoadState('networkidle')
    const size = () =>
      [...scripts.values()].reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0)
    expect(size()).toBeLessThan(2_000)
    await open(element('valid'))
    await page.locator('credential-check .word', { hasText: 'Valid' }).waitFor({ timeout: 20_000 })
    await page.waitForLoadState('networkidle')
    expect(size()).toBeLessThanOrEqual(64_000)
  })
})

describe('the frame', () => {
  test('shows a credential in the page of somebody else, and tells height and verdict', async () => {
    await open('')
    await page.evaluate((site) => {
      const told: unknown[] = []
      Object.assign(globalThis, { told })
      addEventListener('message', ({ data, origin: from }) => from === site && told.push(data))
      const frame = document.createElement('iframe')
      frame.src = `${site}/embed/revoked?theme=light`
      frame.title = 'The credential of an applicant'
      document.querySelector('main')?.append(frame)
    }, desk.site.url)
    const frame = page.frameLocator('iframe')
    await frame
      .locator('.headline', { hasText: 'Revoked by the issuer' })
      .waitFor({ timeout: 20_000 })
    const told = () =>
      page.evaluate(() => (globalThis as unknown as { told: object[] }).told.at(-1))
    await expect.poll(told).toMatchObject({
      type: 'credential-check',
      id: 'revoked',
      height: expect.any(Number),
      verdict: { verdict: 'invalid', reason: 'revoked' },
    })
    expect(faults).toEqual([])
  })

  test.each(['light', 'dark'])(
    'in %s is as narrow as 320 px, and breaks no rule that a machine can test',
    async (theme) => {
      await page.setViewportSize({ width: 320, height: 600 })
      const languages = ['en', 'de', 'fr', 'es', 'ar', 'ja']
      for (const [i, name] of ['valid', 'revoked', 'other-chain', 'none'].entries()) {
        // All languages in one theme, and one in the other.
        for (const lang of theme === 'light' ? languages : [languages[i] as string]) {
          await page.goto(`${desk.site.url}/embed/${name}?theme=${theme}&lang=${lang}`)
          await page.locator('.headline').waitFor({ timeout: 20_000 })
          const found = await violations(page)
          expect({ name, lang, found }).toEqual({ name, lang, found: [] })
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
          expect(await page.locator('html').getAttribute('lang')).toBe(lang)
        }
      }
    },
  )

  test('is the only page that can be framed', async () => {
    await open(`<iframe title="a page" src="${desk.site.url}/check"></iframe>`)
    await expect.poll(() => faults.join()).toContain('frame-ancestors')
  })
})
