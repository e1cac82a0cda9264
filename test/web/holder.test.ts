import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unbakePdf } from '../../core/baked-pdf.ts'
import { unbakePng } from '../../core/baked-png.ts'
import { type MailServer, startMailServer } from '../server/mail-server.ts'
import { achievement, anchoredBatch, credentialIds, type Stage, setStage } from '../server/stage.ts'
import { findingsIn } from './axe.ts'
import { launchChromium } from './chromium.ts'
import { type Site, startSite } from './site.ts'

// A real service on a real chain behind the page as it is built now.

let browser: Browser
let site: Site
let stage: Stage
let mail: MailServer
let credentials: readonly string[]
beforeAll(async () => {
  mail = await startMailServer()
  ;[browser, site] = await Promise.all([launchChromium(), startSite()])
  stage = await setStage({ settings: { MAIL_URL: mail.url, PUBLIC_BASE_URL: site.url } })
  credentials = (await anchoredBatch(stage, 6)).credentials
  pass('/config.json')
})
afterAll(async () => {
  await Promise.all([browser?.close(), site?.close()])
  await stage?.close()
  await mail?.close()
})

/** Has the site answer a path as the service does; pages come from what was built. */
function pass(path: string): void {
  site.bodies.set(path, (response) => void answer(response).catch(() => response.destroy()))
}

async function answer(response: ServerResponse): Promise<void> {
  const { req } = response
  const isPage = req.method === 'GET' && /text\/html/.test(req.headers.accept ?? '')
  if (isPage && !/badge|pdf/.test(req.url ?? '')) {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(await readFile(join(site.folder, 'holder', 'index.html')))
    return
  }
  const raw = await bodyOf(req)
  const { status, headers, bytes } = await stage.ask(`${req.method} ${req.url}`, {
    headers: { accept: req.headers.accept ?? '*/*' },
    ...(raw !== '' && { raw }),
  })
  for (const name of ['content-type', 'rootmark-visit', 'cache-control']) {
    const value = headers[name]
    if (value !== undefined) response.setHeader(name, value)
  }
  response.writeHead(status).end(bytes)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}

const forms = [
  '',
  '/about',
  '/shares',
  '/replacement',
  '/badge.svg',
  '/badge.png',
  '/credential.pdf',
]

/** The path of a link, which the site answers from now on. */
function linked(url: string): string {
  const { pathname } = new URL(url)
  for (const form of forms) pass(pathname + form)
  return pathname
}

async function holderLink(id = credentials[0] as string): Promise<string> {
  return linked((await stage.ask(`POST /credentials/${id}/links`, { key: stage.key })).body.url)
}

async function shareOf(holder: string, json: object = {}): Promise<string> {
  return linked((await stage.ask(`POST ${holder}/shares`, { json })).body.url)
}

async function open(path: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    acceptDownloads: true,
    ...options,
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|violat/i.test(message.text())) faults.push(message.text())
  })
  await page.goto(`${site.url}${path}`)
  return { page, faults, leave: () => context.close() }
}

const settled = (page: Page) => page.locator('article.sheet').waitFor()
const textOf = async (page: Page, selector: string) =>
  ((await page.locator(selector).first().textContent()) ?? '').replace(/\s+/g, ' ').trim()

test('the holder sees the certificate with a verdict of the browser’s own, and keeps it', async () => {
  const { page, faults, leave } = await open(await holderLink())
  await settled(page)
  expect(await textOf(page, '.sheet .name')).toMatch(/^Zoë Ångström \d$/)
  expect(await textOf(page, '.sheet .standing')).toBe(
    'Checked just now: it passes, on a test network',
  )
  expect(await page.title()).toBe('Data Literacy · Credential · Rootmark')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Certificate (PDF)' }).click(),
  ])
  const pdf = await readFile(await download.path())
  expect(JSON.parse(new TextDecoder().decode(await unbakePdf(pdf)))).toHaveProperty('proof')
  const [data] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Data (JSON)' }).click(),
  ])
  const { body } = await stage.ask('POST /verify', { raw: await readFile(await data.path()) })
  expect(body.verdict).toBe('valid')
  const [drawn] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Badge (PNG)' }).click(),
  ])
  const png = await readFile(await drawn.path())
  expect(new TextDecoder().decode(await unbakePng(png))).toBe(
    (await readFile(await data.path())).toString(),
  )
  expect(faults).toEqual([])
  await leave()
})

test('a link for others is made and taken back by keyboard alone', async () => {
  const holder = await holderLink(credentials[1])
  const { page, leave } = await open(holder)
  await settled(page)
  await page.getByLabel('For whom (only you see it)').focus()
  await page.keyboard.type('Example Ltd')
  await page.getByLabel('Number of views (no limit if empty)').focus()
  await page.keyboard.type('2')
  await page.keyboard.press('Enter')
  const made = page.getByLabel('The new link; it is shown this once')
  await made.waitFor()
  const path = linked(await made.inputValue())
  const visitor = await open(path)
  await settled(visitor.page)
  expect(await textOf(visitor.page, '.note')).toBe('Views left: 1.')
  expect(await visitor.page.locator('holder-shares').count()).toBe(0)
  // What the visit covers is not counted again.
  const [download] = await Promise.all([
    visitor.page.waitForEvent('download'),
    visitor.page.getByRole('link', { name: 'Badge (SVG)' }).click(),
  ])
  expect(await readFile(await download.path(), 'utf8')).toContain('openbadges:credential')
  await visitor.leave()
  const { body } = await stage.ask(`GET ${holder}/shares`)
  pass(`${holder}/shares/${body.shares[0].id}`)
  await page.getByRole('button', { name: 'Take back: Example Ltd' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('The link leads nowhere any more').waitFor()
  await page.locator('.list li').waitFor({ state: 'detached' })
  const late = await open(path)
  await late.page.getByRole('heading', { name: 'This link leads to nothing' }).waitFor()
  await late.leave()
  await leave()
})

test('LinkedIn gets a link of its own, and never the holder’s', async () => {
  const holder = await holderLink(credentials[2])
  const { page, leave } = await open(holder)
  await page.context().route('https://www.linkedin.com/**', (route) => route.abort())
  await settled(page)
  const [opened] = await Promise.all([
    page.context().waitForEvent('request', (request) => request.url().includes('linkedin.com')),
    page.getByRole('button', { name: 'Add to LinkedIn' }).click(),
  ])
  const { searchParams } = new URL(opened.url())
  expect(searchParams.get('name')).toBe('Data Literacy')
  expect(searchParams.get('organizationName')).toBe('Northfield University')
  const url = searchParams.get('certUrl') ?? ''
  expect(url).not.toContain(holder)
  expect((await stage.ask(`GET ${new URL(url).pathname}/about`)).body.kind).toBe('share')
  await page.locator('.list li').getByText('LinkedIn').waitFor()
  await leave()
})

test('the own link is replaced after a question, and the page goes on under the new one', async () => {
  const holder = await holderLink(credentials[3])
  const { page, leave } = await open(holder)
  await settled(page)
  // The new link is made while the page is open: the site answers it, too.
  await page.route('**/c/*', (route) => {
    linked(route.request().url())
    return route.continue()
  })
  await page.getByText('If somebody else knows your own link').click()
  await page.getByRole('button', { name: 'Replace my own link …' }).click()
  await page.getByRole('button', { name: 'Replace it' }).click()
  await page.waitForURL((url) => url.pathname !== holder)
  await settled(page)
  expect((await stage.ask(`GET ${holder}`)).status).toBe(404)
  await leave()
})

test('a claim goes from the form over the mail to the credential', async () => {
  const id = credentials[4] as string
  for (const path of [`/claim/${id}`, '/claim/open', `/credentials/${id}/claims`, '/claims'])
    pass(path)
  const { body } = await stage.ask(`GET /credentials/${id}`)
  const name = body.credentialSubject.identifier.find(
    ({ identityType }: { identityType: string }) => identityType === 'name',
  ).identityHash
  const { page, faults, leave } = await open(`/claim/${id}`)
  await page.getByLabel('E-mail address').fill(`learner${name.at(-1)}@example.org`)
  await page.getByRole('button', { name: 'Send me the link' }).click()
  await page.getByText('a mail is on its way').waitFor()
  await stage.service.postman.round()
  const link = /\/claim\/open#[\w-]{43}/.exec(mail.received[0]?.data.replace(/=\n/g, '') ?? '')?.[0]
  await page.route('**/c/*', (route) => {
    linked(route.request().url())
    return route.continue()
  })
  await page.goto(`${site.url}${link}`)
  await page.getByRole('button', { name: 'Open my credential' }).click()
  await settled(page)
  expect(await textOf(page, '.sheet .name')).toBe(name)
  expect(page.url()).not.toContain('claim')
  expect(faults).toEqual([])
  await leave()
})

test('a corrected credential is shown with a word about it, a revoked one as what it is', async () => {
  const id = credentials[5] as string
  const path = await shareOf(await holderLink(id))
  const made = await stage.ask(`POST /credentials/${id}/reissue`, {
    key: stage.key,
    json: { learner: { name: 'Zoë Sørensen', email: 'zoe@example.org' } },
  })
  await stage.service.catchUp()
  const { page, leave } = await open(path)
  await settled(page)
  expect(await textOf(page, '.note')).toContain('Its issuer corrected this credential')
  expect(await textOf(page, '.sheet .name')).toBe('Zoë Sørensen')
  await leave()
  // Whoever has the old one is led to the new one.
  const { text } = await stage.ask(`GET /credentials/${id}`)
  const old = await open('/check')
  pass(`/credentials/${made.body.credential}`)
  await old.page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'old.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    })
  await old.page.getByText('Replaced by a corrected one').first().waitFor()
  const led = old.page.getByRole('link', { name: 'Open the corrected credential' })
  expect(await led.getAttribute('href')).toBe(`${site.url}/credentials/${made.body.credential}`)
  await old.leave()
  const revoked = credentials[2] as string
  await stage.ask(`POST /credentials/${revoked}/revoke`, { key: stage.key })
  const other = await open(await shareOf(await holderLink(revoked)))
  await settled(other.page)
  expect(await textOf(other.page, '.sheet .standing')).toBe('Checked just now: not to be relied on')
  await other.leave()
})

test.each([
  ['light', 1280, 'en-GB'],
  ['dark', 320, 'ar'],
] as const)(
  '%s at %d pixels has no barrier and no sideways scrolling, in any language',
  async (colorScheme, width, locale) => {
    const holder = await holderLink()
    await shareOf(holder, { label: 'x'.repeat(200), viewLimit: 3 })
    let turn = width
    for (const path of [
      holder,
      '/claim/open',
      `/claim/${credentials[0]}`,
      linked('http://x/c/nothing'),
    ]) {
      pass(path)
      const { page, leave } = await open(path, {
        colorScheme,
        locale,
        viewport: { width, height: 800 },
      })
      await page
        .locator(path === holder ? 'article.sheet' : 'h1')
        .first()
        .waitFor()
      if (path === holder) await page.locator('.list li').first().waitFor()
      expect(await findingsIn(page, width, turn++)).toEqual([])
      await leave()
    }
  },
)

test('markup, hidden marks and endless names stay text', async () => {
  const name = `<img src=x onerror=alert(1)>\u202e${'x'.repeat(300)}`
  const { body } = await stage.ask('POST /issuers/northfield/batches', {
    key: stage.key,
    json: {
      achievement: { ...achievement, name: '<script>alert(1)</script>', description: '<b>x</b>' },
      learners: [{ name: name.replace('\u202e', ''), email: 'a@example.org' }],
    },
  })
  await stage.ask(`POST /batches/${body.id}/anchor`, { key: stage.key })
  await stage.service.catchUp()
  const [id] = await credentialIds(stage, body.id)
  const { page, faults, leave } = await open(await holderLink(id), {
    viewport: { width: 320, height: 800 },
  })
  await settled(page)
  expect(await textOf(page, '.sheet .achievement')).toBe('<script>alert(1)</script>')
  expect(await page.locator('.sheet img, .sheet script, .sheet b').count()).toBe(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  expect(faults).toEqual([])
  await leave()
})
