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

async function scripts(): Promise<Buffer> {
  const files = await readdir(join(site.folder, 'assets'))
  const parts = files.filter((file) => file.endsWith('.js'))
  return Buffer.concat(
    await Promise.all(parts.map((file) => readFile(join(site.folder, 'assets', file)))),
  )
}

test('all scripts together are at most 60 kB of gzip', async () => {
  expect(gzipSync(await scripts(), { level: 9 }).length).toBeLessThanOrEqual(60_000)
})

test('of the hash functions only Keccak and SHA-256 come along', async () => {
  expect(String(await scripts()).match(/AGFzbQ/g)).toHaveLength(2)
})

test('nothing remote stands in the page, and nothing inline', async () => {
  const html = await readFile(join(site.folder, 'index.html'), 'utf8')
  expect(html).not.toMatch(/(?:src|href)="(?!\.\/)/)
  expect(html).not.toMatch(/<style|style=|<script(?![^>]*src=)/)
})
