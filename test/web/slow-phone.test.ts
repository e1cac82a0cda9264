import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, openDesk } from './desk.ts'
import { makeStates, stateOf } from './states.ts'

// A phone as Lighthouse has it: 1.6 Mbit/s, 150 ms, a processor four times as slow. Sizes and counts are asserted; times depend on the machine and are told.

let desk: Desk
let input: string

beforeAll(async () => {
  desk = await openDesk()
  input = stateOf(await makeStates(desk), 'valid').input
}, 180_000)
afterAll(() => desk?.close())

interface Loaded {
  readonly path: string
  readonly size: number
}

async function openOnPhone(
  path: string,
): Promise<{ page: Page; loaded: Loaded[]; waiting: () => Promise<unknown> }> {
  const context = await desk.browser.newContext({
    viewport: { width: 360, height: 640 },
    locale: 'en-GB',
    isMobile: true,
    hasTouch: true,
  })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1_600_000 * 0.9) / 8,
    uploadThroughput: 750_000 / 8,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const loaded: Loaded[] = []
  const bodies: Promise<void>[] = []
  page.on('response', (response) => {
    const read = response.body().then((body) => {
      const { pathname } = new URL(response.url())
      loaded.push({ path: pathname, size: gzipSync(body, { level: 9 }).length })
    })
    bodies.push(read.catch(() => undefined))
  })
  await page.addInitScript(() => {
    const shifts: number[] = []
    Object.assign(globalThis, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        shifts.push((entry as unknown as { value: number }).value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(`${desk.site.url}${path}`)
  return { page, loaded, waiting: () => Promise.all(bodies) }
}

const sum = (loaded: readonly Loaded[]) => loaded.reduce((total, { size }) => total + size, 0)

test('the first paint needs little, all else comes beside it, and nothing jumps', async () => {
  const { page, loaded, waiting } = await openOnPhone('/check')
  await page.locator('credential-intake textarea').waitFor()
  const painted = [...loaded]
  await page.locator('chain-endpoint details').waitFor()
  await waiting()
  const { paint, usable } = await page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    usable: performance.now(),
  }))
  const shift = await page.evaluate(() =>
    (globalThis as unknown as { shifts: number[] }).shifts.reduce(
      (total, value) => total + value,
      0,
    ),
  )
  console.log(
    `slow phone: first contentful paint ${Math.round(paint)} ms with ${sum(painted)} bytes in ${painted.length} files, everything for a check ${Math.round(usable)} ms, ${sum(loaded)} bytes in ${loaded.length} files, layout shift ${shift.toFixed(3)}`,
  )
  const scripts = (some: readonly Loaded[]) => some.filter(({ path }) => path.endsWith('.js'))
  // What was needed to paint is at most what had come by then.
  expect(
    sum(scripts(painted).filter(({ path }) => !/\/(?:chain|checking)-/.test(path))),
  ).toBeLessThanOrEqual(20_000)
  expect(sum(scripts(loaded))).toBeLessThanOrEqual(60_000)
  expect(loaded.length).toBeLessThanOrEqual(20)
  expect(shift).toBeLessThan(0.1)

  const before = sum(scripts(loaded))
  await page.locator('textarea').fill(input)
  await page.getByRole('button', { name: 'Check it' }).click()
  await page.locator('.word', { hasText: 'Valid' }).waitFor()
  await waiting()
  const more = sum(scripts(loaded)) - before
  console.log(`slow phone: the first answer brought ${more} bytes of script more`)
  expect(more).toBeLessThanOrEqual(20_000)
  expect(loaded.filter(({ path }) => /baked-|jsonld|jsqr|worker|table-|scan-/.test(path))).toEqual(
    [],
  )
  await page.context().close()
}, 120_000)
