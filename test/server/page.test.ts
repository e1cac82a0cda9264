import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../web/chromium.ts'
import { anchoredBatch, type Stage, setStage } from './stage.ts'

const isBuilt = existsSync('web/dist/index.html')
if (!isBuilt) console.warn('SKIPPED: web/dist is not built; npm test builds it')

describe.skipIf(!isBuilt)('the page as the service serves it', { timeout: 120_000 }, () => {
  let stage: Stage
  let browser: Browser
  let url: string
  let credentials: readonly string[]
  beforeAll(async () => {
    stage = await setStage()
    url = await stage.listen()
    credentials = (await anchoredBatch(stage, 3)).credentials
    await stage.ask(`POST /credentials/${credentials[1]}/revoke`, { key: stage.key })
    browser = await launchChromium()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await stage?.close()
  })

  it('lets others frame /embed/:id and no other page, and load the element', async () => {
    const headersOf = async (path: string) => (await fetch(`${url}${path}`)).headers
    const framed = await headersOf(`/embed/${credentials[0]}`)
    expect(framed.get('content-security-policy')).toContain('frame-ancestors *')
    expect(framed.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(framed.has('x-frame-options')).toBe(false)
    for (const path of ['/', '/check', '/embed/index.html/more', '/nothing']) {
      const headers = await headersOf(path)
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    }
    const console = await headersOf('/console')
    expect(console.get('content-security-policy')).toMatch(/connect-src 'self'(?:;|$)/)
    const html = await (await fetch(`${url}/check`)).text()
    const [script] = /assets\/frame-[\w-]+\.js/.exec(html) ?? []
    const packed = await headersOf(`/${script}`)
    expect([packed.get('content-encoding'), packed.get('vary')]).toEqual([
      'gzip',
      'accept-encoding',
    ])
    expect(packed.get('cache-control')).toContain('immutable')
    const element = await headersOf('/element/credential-check.js')
    expect(element.get('access-control-allow-origin')).toBe('*')
    expect(element.get('cache-control')).toBe('no-cache')
  })

  it('shows a credential in the frame that it is', async () => {
    const page = await browser.newPage()
    await page.goto(`${url}/embed/${credentials[1]}`)
    await page.locator('.word', { hasText: 'Revoked' }).waitFor({ timeout: 60_000 })
    await page.close()
  })

  it('checks many in a thread of their own, within its policy', async () => {
    const page = await browser.newPage()
    const faults: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    await page.goto(`${url}/check`)
    await page.locator('chain-endpoint details').waitFor({ timeout: 60_000 })
    const files = await Promise.all(
      credentials.map(async (id) => {
        const response = await fetch(`${url}/credentials/${id}`)
        const buffer = Buffer.from(await response.arrayBuffer())
        return { name: `${id}.json`, mimeType: 'application/json', buffer }
      }),
    )
    await page.locator('input#file').setInputFiles(files)
    await page.getByText('3 credentials checked.').waitFor({ timeout: 60_000 })
    const results = await page.locator('tbody .result button').allTextContents()
    expect(results.map((text) => text.trim().split(' ')[0]).toSorted()).toEqual([
      'Revoked',
      'Valid',
      'Valid',
    ])
    expect(faults).toEqual([])
    await page.close()
  })

  it.each([
    [0, 'valid'],
    [1, 'invalid'],
  ])(
    'follows the link of credential %i to the verdict %s, within its policy',
    async (index, look) => {
      const page = await browser.newPage()
      const faults: string[] = []
      page.on('pageerror', (error) => faults.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text())
      })
      // A browser that opens the credential's own link is led to the page.
      await page.goto(`${url}/credentials/${credentials[index]}`)
      expect(page.url()).toBe(`${url}/check?credential=/credentials/${credentials[index]}`)
      const verdict = page.locator('section.verdict:not(.checking)')
      await verdict.waitFor({ timeout: 60_000 })
      expect(await verdict.getAttribute('class')).toContain(look)
      expect(faults).toEqual([])
      await page.close()
    },
  )
})
