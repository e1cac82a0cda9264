import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { openCarried } from '../../core/carried.ts'
import { type PrintedCode, printCode } from '../../core/printed-code.ts'
import { receiptPage } from '../../core/receipt-page.ts'
import { reportOf } from '../core/printed-report.ts'
import { launchChromium } from './chromium.ts'
import { readCode } from './code-reader.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

const address = 'https://credentials.example.edu/'
const vector = new URL('../vectors/v1/credentials/valid-latin.json', import.meta.url)
const credential = JSON.parse(readFileSync(vector, 'utf8')) as JsonObject
const noise = (bytes: number) =>
  Array.from({ length: Math.ceil(bytes / 44) }, (_, i) =>
    createHash('sha256').update(String(i)).digest('base64'),
  ).join('')

async function codeOf(document: JsonObject, link?: string): Promise<PrintedCode> {
  const deflate = (bytes: Uint8Array, dictionary: Uint8Array) =>
    deflateRawSync(bytes, { level: 9, dictionary })
  const code = await printCode(document, { page: address, link, deflate })
  if (!code) throw new Error('there is a code')
  return code
}

const sheetOf = (code: PrintedCode, report = reportOf()) =>
  receiptPage({ report, code, page: address, blockHash: `0x${'c4'.repeat(32)}` })

async function open(html: string, width = 794, height = 1123): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 3 })
  const page = await context.newPage()
  await page.route('**', (route) => route.abort()) // It needs nothing from anywhere.
  await page.setContent(html)
  return page
}

/** What a camera sees of the code on the printed sheet, at 288 dots an inch. */
async function scan(page: Page) {
  await page.emulateMedia({ media: 'print' })
  const png = await page.locator('.code svg').screenshot()
  const pixels = await page.evaluate(
    async (source) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const context = canvas.getContext('2d') as CanvasRenderingContext2D
      context.drawImage(image, 0, 0)
      const { data } = context.getImageData(0, 0, image.width, image.height)
      let dark = ''
      for (let i = 0; i < data.length; i += 4) dark += (data[i] as number) < 128 ? '1' : '0'
      return { width: image.width, height: image.height, dark }
    },
    `data:image/png;base64,${png.toString('base64')}`,
  )
  const { width, height, dark } = pixels
  const isDark = (x: number, y: number) => dark[y * width + x] === '1'
  return readCode({ width, height, isDark })
}

test('the code on the sheet is read back to the credential that was printed', async () => {
  const page = await open(sheetOf(await codeOf(credential)))
  const { text, version } = await scan(page)
  expect(version).toBeLessThanOrEqual(25)
  const carried = new TextDecoder().decode(await openCarried(text))
  expect(JSON.parse(carried)).toEqual(credential)
  await page.context().close()
})

test('so is the largest, and one that is a link', async () => {
  const large = { ...credential, description: noise(2500) }
  const code = await codeOf(large)
  expect(code.version).toBeGreaterThan(36)
  const page = await open(sheetOf(code))
  expect(JSON.parse(new TextDecoder().decode(await openCarried((await scan(page)).text)))).toEqual(
    large,
  )
  await page.context().close()
  const link = `${address}?credential=%2Fcredentials%2F1`
  const linking = await open(
    sheetOf(await codeOf({ ...credential, description: noise(6000) }, link)),
  )
  expect((await scan(linking)).text).toBe(link)
  await linking.context().close()
})

test('it is one sheet of A4 with everything on it, however long the texts are', async () => {
  const { credential: short, accreditation, anchor } = reportOf()
  const long = 'Statistics and open data in the municipal administrations of the European Union. '
  const report = reportOf({
    checks: [
      { name: 'status', outcome: 'invalid', code: 'revoked', message: long.repeat(3), read: [] },
    ],
    credential: {
      ...short,
      name: long.repeat(9),
      holder: long.repeat(9),
      result: long.repeat(3),
      id: long.repeat(9),
      skills: [{ name: long.repeat(9) }],
    },
    accreditation: { ...accreditation, issuerName: long.repeat(9), scope: long.repeat(9) },
    anchor: { ...anchor, testNetwork: true },
  })
  const code = await codeOf({ ...credential, description: noise(2500) })
  for (const each of [reportOf(), report]) {
    const page = await open(sheetOf(code, each))
    await page.emulateMedia({ media: 'print' })
    const { foot, sheet } = await page.evaluate(() => ({
      foot: document.querySelector('.foot')?.getBoundingClientRect().bottom ?? 0,
      sheet: document.querySelector('.sheet')?.getBoundingClientRect().bottom ?? 0,
    }))
    expect(foot).toBeLessThanOrEqual(sheet - 22) // Within the frame, 6 mm from the edge.
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)
    await page.context().close()
  }
})

test('a phone shows it without scrolling sideways, and opens the check by a touch', async () => {
  const code = await codeOf(credential)
  const page = await open(sheetOf(code), 320, 700)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  expect(await page.locator('.code a').getAttribute('href')).toBe(code.text)
  await page.context().close()
})
