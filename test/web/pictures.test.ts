import { deflateSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { credentialAt } from '../../core/batch.ts'
import { chunk } from '../core/badge-images.ts'
import { violations } from './axe.ts'
import { achievement, issueCohort } from './cohort.ts'
import { type Desk, openDesk } from './desk.ts'
import { paste, type Visitor, verdictOf, visit } from './visitor.ts'

const remote = 'https://tracker.example/badge.png'

let desk: Desk
let visitor: Visitor
beforeAll(async () => {
  desk = await openDesk()
}, 180_000)
afterAll(() => desk?.close())
beforeEach(async () => {
  visitor = await visit(desk)
})
afterEach(async () => {
  expect(visitor.faults).toEqual([])
  await visitor.leave()
})

/** A picture of one colour that says it has this size. */
function pngOf(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc(Math.min(height, 600) * (Math.min(width, 600) + 1)))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND')])
}

const inUrl = (png: Buffer) => `data:image/png;base64,${png.toString('base64')}`

async function showBadgeWith(image: string): Promise<void> {
  const batch = issueCohort(desk.chain, { achievement: { ...achievement, image: { id: image } } })
  await desk.chain.anchor(batch)
  await paste(visitor, JSON.stringify(credentialAt(batch, 0)))
  expect((await verdictOf(visitor)).word).toBe('Valid')
}

const canvas = () => visitor.page.locator('badge-picture canvas')

test('a picture elsewhere is asked for when the visitor wishes, and not before', async () => {
  const asked: string[] = []
  await visitor.page.route('https://tracker.example/**', (route) => {
    asked.push(JSON.stringify(route.request().headers()))
    const headers = { 'access-control-allow-origin': '*' }
    return route.fulfill({ headers, contentType: 'image/png', body: pngOf(600, 300) })
  })
  await showBadgeWith(remote)
  const button = visitor.page.getByRole('button', {
    name: 'Show its picture, from tracker.example',
  })
  await button.waitFor()
  expect(asked).toEqual([])
  await button.click()
  await canvas().waitFor()
  expect(asked).toHaveLength(1)
  expect(asked[0]).not.toMatch(/referer|cookie/)
  expect(
    await canvas().evaluate((drawn) => [
      (drawn as HTMLCanvasElement).width,
      (drawn as HTMLCanvasElement).height,
    ]),
  ).toEqual([256, 128])
  expect(await violations(visitor.page)).toEqual([])
})

test('one that comes along is drawn at once, and nobody is asked', async () => {
  await showBadgeWith(inUrl(pngOf(64, 64)))
  await canvas().waitFor()
  expect([...visitor.origins].sort()).toEqual([desk.site.url, desk.chain.rpcUrl].sort())
})

test.each([
  ['a bomb', inUrl(pngOf(60_000, 60_000))],
  ['no PNG', 'data:image/png;base64,PHN2Zz48L3N2Zz4='],
])('%s is not drawn, and the page says so', async (_what, image) => {
  await showBadgeWith(image)
  await visitor.page.getByText('The picture cannot be shown').waitFor()
  expect(await canvas().count()).toBe(0)
})

test.each([
  'http://tracker.example/a.png',
  'https://192.168.0.1/a.png',
  'javascript:alert(1)',
  'data:image/svg+xml,<svg/>',
])('nothing is offered of %s', async (image) => {
  await showBadgeWith(image)
  await visitor.page.waitForTimeout(200)
  expect(await visitor.page.locator('badge-picture button, badge-picture canvas').count()).toBe(0)
})
