import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'
import { type Site, startSite } from './site.ts'

let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([startSite(), launchChromium()])
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** Scripts that a browser loads before anything is checked, in one language. */
async function initialScripts(
  path = '/check',
  locale = 'en-GB',
): Promise<ReadonlyMap<string, Buffer>> {
  const context = await browser.newContext({ locale })
  const page = await context.newPage()
  const found = new Map<string, Buffer>()
  const bodies: Promise<void>[] = []
  page.on('response', (response) => {
    const file = new URL(response.url()).pathname
    if (!file.endsWith('.js')) return
    bodies.push(response.body().then((body) => void found.set(basename(file), body)))
  })
  await page.goto(`${site.url}${path}`)
  await page.locator('h1').waitFor()
  await page.waitForLoadState('networkidle')
  await Promise.all(bodies)
  await context.close()
  return found
}

/** As a server sends them: each by itself. */
function sizeOf(scripts: ReadonlyMap<string, Buffer>): number {
  return [...scripts.values()].reduce(
    (sum, script) => sum + gzipSync(script, { level: 9 }).length,
    0,
  )
}

async function scripts(): Promise<Buffer> {
  return Buffer.concat([...(await initialScripts()).values()])
}

test.each(['en-GB', 'de-AT', 'ar-EG', 'ja'])(
  'all scripts of the page, in %s, are at most 60 kB of gzip',
  async (locale) => {
    const size = sizeOf(await initialScripts('/check', locale))
    expect(size).toBeGreaterThan(20_000)
    expect(size).toBeLessThanOrEqual(60_000)
  },
)

test('one language is loaded', async () => {
  const files = [...(await initialScripts('/check', 'fr')).keys()]
  expect(files.filter((file) => file.startsWith('site-'))).toHaveLength(1)
})

test('the page of an issuer needs less: nothing of it verifies credentials', async () => {
  expect(sizeOf(await initialScripts('/issuers/index.html'))).toBeLessThanOrEqual(50_000)
})

test('what reads images comes along only where there is one', async () => {
  const initial = await initialScripts()
  const later = (await readdir(join(site.folder, 'assets'))).filter(
    (file) => file.endsWith('.js') && !initial.has(file),
  )
  expect(later.some((file) => file.startsWith('baked-png-'))).toBe(true)
  expect(later.some((file) => file.startsWith('baked-svg-'))).toBe(true)
  expect(String(await scripts())).not.toMatch(/DOMParser|IHDR/)
})

test('what checks signatures comes along only where there is one', async () => {
  const initial = await initialScripts()
  const later = (await readdir(join(site.folder, 'assets'))).filter(
    (file) => file.endsWith('.js') && !initial.has(file),
  )
  expect(later.some((file) => file.startsWith('jsonld-'))).toBe(true)
  expect(later.some((file) => file.startsWith('proof-set-'))).toBe(true)
  expect(String(await scripts())).not.toMatch(/security#Multikey|invalid scoped context|urn:bnid/)
})

test('of the hash functions one build comes along', async () => {
  expect(String(await scripts()).match(/AGFzbQ/g)).toHaveLength(1)
})

test('nothing remote stands in the page, and nothing inline', async () => {
  for (const page of ['index.html', 'issuers/index.html']) {
    const html = await readFile(join(site.folder, page), 'utf8')
    expect(html).not.toMatch(/(?:src|href)="(?!\.\.?\/)/)
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*src=)/)
  }
})
