import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Site, startSite } from './site.ts'

let site: Site

beforeAll(async () => {
  site = await startSite()
})

afterAll(() => site?.close())

/** Scripts that a visitor loads before anything is checked: those that the page names, and what they import statically. */
async function initialScripts(page = 'index.html'): Promise<ReadonlyMap<string, Buffer>> {
  const html = await readFile(join(site.folder, page), 'utf8')
  const found = new Map<string, Buffer>()
  const load = async (file: string): Promise<void> => {
    if (found.has(file)) return
    const script = await readFile(join(site.folder, 'assets', file))
    found.set(file, script)
    const imports = String(script).matchAll(
      /(?:^|[;}\s])(?:import|export)\b[^()"'`]*["'`]\.\/([^"'`]+\.js)/g,
    )
    for (const [, imported = ''] of imports) await load(imported)
  }
  for (const [, file = ''] of html.matchAll(/src="\.\.?\/assets\/([^"]+\.js)"/g)) await load(file)
  return found
}

async function scripts(): Promise<Buffer> {
  return Buffer.concat([...(await initialScripts()).values()])
}

test('the scripts of the page are at most 60 kB of gzip', async () => {
  const size = gzipSync(await scripts(), { level: 9 }).length
  expect(size).toBeGreaterThan(20_000)
  expect(size).toBeLessThanOrEqual(60_000)
})

test('the page of an issuer needs less: nothing of it verifies credentials', async () => {
  const all = Buffer.concat([...(await initialScripts('issuers/index.html')).values()])
  expect(gzipSync(all, { level: 9 }).length).toBeLessThanOrEqual(50_000)
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

test('of the hash functions only Keccak and SHA-256 come along', async () => {
  expect(String(await scripts()).match(/AGFzbQ/g)).toHaveLength(2)
})

test('nothing remote stands in the page, and nothing inline', async () => {
  for (const page of ['index.html', 'issuers/index.html']) {
    const html = await readFile(join(site.folder, page), 'utf8')
    expect(html).not.toMatch(/(?:src|href)="(?!\.\.?\/)/)
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*src=)/)
  }
})
