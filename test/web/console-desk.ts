import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Stage, setStage } from '../server/stage.ts'
import { violations } from './axe.ts'
import { launchChromium } from './chromium.ts'
import { type Site, startSite } from './site.ts'

/** A real service on a real chain, and before it the pages as they are built now. */
export interface ConsoleDesk {
  readonly browser: Browser
  readonly stage: Stage
  readonly url: string
  readonly close: () => Promise<void>
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export async function openConsoleDesk(open: () => Promise<Stage> = setStage): Promise<ConsoleDesk> {
  const [browser, site, stage] = await Promise.all([launchChromium(), startSite(), open()])
  const service = await stage.listen()
  const server = createServer((asked, answer) => {
    void serve(site, service, asked, answer).catch(() => answer.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async () => {
    await browser.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await Promise.all([site.close(), stage.close()])
  }
  return { browser, stage, url: `http://127.0.0.1:${port}`, close }
}

async function serve(
  { folder }: Site,
  service: string,
  asked: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(asked.url ?? '/', 'http://localhost')
  const file = /^\/(?:assets|styles)\/|^\/icon\.svg$/.test(pathname)
  const page = pathname === '/console'
  if (!file && !page) return passOn(service, asked, answer)
  const { headers } = await fetch(`${service}/console`)
  answer.setHeader('content-security-policy', headers.get('content-security-policy') ?? '')
  answer.setHeader('content-type', page ? 'text/html' : (types[extname(pathname)] ?? ''))
  answer.end(await readFile(join(folder, page ? 'console/index.html' : pathname)))
}

/** As it came, events included as they come. */
function passOn(service: string, asked: IncomingMessage, answer: ServerResponse): void {
  const { method = 'GET', headers, url } = asked
  const passed = request(`${service}${url}`, { method, headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers)
    reply.pipe(answer)
  })
  passed.on('error', () => answer.destroy())
  answer.on('close', () => passed.destroy())
  asked.pipe(passed)
}

/** A person at the console; `faults` are errors of the page and violations of its policy. */
export async function sitDown({ browser, url }: ConsoleDesk, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|violat/i.test(message.text())) faults.push(message.text())
  })
  await page.goto(`${url}/console`)
  return { page, faults, leave: () => context.close() }
}

export async function signIn(page: Page, key: string): Promise<void> {
  await page.getByLabel('API key').fill(key)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

export const csv = (rows: readonly string[]) => ({
  name: 'roster.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['name,email,result', ...rows].join('\n')),
})

/** Fills in what an achievement needs. */
export async function describeAchievement(page: Page, name = 'Data Literacy'): Promise<void> {
  await page.getByLabel('Name of the achievement').fill(name)
  await page.getByLabel('Description', { exact: true }).fill('Reads, questions and presents data.')
  await page.getByLabel('How it is earned (criteria)').fill('Passed the final project.')
}

const shots = process.env['SCREENSHOTS']

/** Every state is looked at by a machine here, in both widths; with SCREENSHOTS set also by a person. */
export async function look(page: Page, name: string): Promise<void> {
  expect({ [name]: await violations(page) }).toEqual({ [name]: [] })
  const size = page.viewportSize()
  if (shots) await page.screenshot({ path: `${shots}/${name}-desk.png`, fullPage: true })
  await page.setViewportSize({ width: 320, height: 640 })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect({ [name]: wide }).toEqual({ [name]: 320 })
  if (shots) await page.screenshot({ path: `${shots}/${name}-phone.png`, fullPage: true })
  if (size) await page.setViewportSize(size)
}
