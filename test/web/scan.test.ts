import QRCode from 'qrcode'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { type Desk, openDesk } from './desk.ts'
import { makeStates, stateOf } from './states.ts'
import { type Visitor, verdictOf, visit } from './visitor.ts'

let desk: Desk
let visitor: Visitor

beforeAll(async () => {
  desk = await openDesk()
  const states = await makeStates(desk)
  desk.site.bodies.set('/credentials/one', stateOf(states, 'revoked').input)
}, 180_000)
afterAll(() => desk?.close())
afterEach(async () => {
  expect(visitor.faults).toEqual([])
  await visitor.leave()
})

/** A visitor before whose camera somebody holds this code, or who has no camera. */
async function visitWithCode(text: string | undefined): Promise<void> {
  visitor = await visit(desk, '/nothing')
  const modules = text === undefined ? undefined : QRCode.create(text).modules
  const code = modules && { size: modules.size, data: [...modules.data] }
  await visitor.page.addInitScript((shown) => {
    navigator.mediaDevices.getUserMedia = async () => {
      if (!shown) throw new DOMException('no camera', 'NotFoundError')
      const canvas = document.createElement('canvas')
      canvas.width = 640
      canvas.height = 480
      const context = canvas.getContext('2d') as CanvasRenderingContext2D
      const side = Math.floor(400 / shown.size)
      const draw = () => {
        context.fillStyle = '#ddd'
        context.fillRect(0, 0, 640, 480)
        context.fillStyle = '#111'
        for (const [at, isDark] of shown.data.entries()) {
          const [x, y] = [at % shown.size, Math.floor(at / shown.size)]
          if (isDark) context.fillRect(120 + x * side, 40 + y * side, side, side)
        }
      }
      draw()
      setInterval(draw, 100)
      const stream = canvas.captureStream(10)
      Object.assign(globalThis, { stream })
      return stream
    }
  }, code)
  await visitor.page.goto(`${desk.site.url}/check`)
  await visitor.page.getByRole('button', { name: 'Scan a code' }).click()
}

/** Whether the camera is still on. */
const isOn = () =>
  visitor.page.evaluate(() => {
    const { stream } = globalThis as unknown as { stream?: MediaStream }
    return stream?.getTracks().some(({ readyState }) => readyState === 'live') ?? false
  })

test('a code with a link of this site is read and followed, and the camera goes off', async () => {
  await visitWithCode(`${desk.site.url}/credentials/one`)
  expect((await verdictOf(visitor)).headline).toBe('Revoked by the issuer')
  expect(await visitor.page.locator('dialog').count()).toBe(0)
  expect(await isOn()).toBe(false)
})

test.each([
  'https://192.168.0.1/setup?reset=1',
  'https://10.0.0.7/c',
  'https://[fe80::1]/c',
  'https://[::ffff:7f00:1]/c',
  'https://169.254.169.254/latest/meta-data',
  'https://printer.local/',
  'https://router/',
  'http://127.0.0.1:9/c',
  'https://2130706433/',
])('a code with the private address %s is refused, and nobody is asked', async (link) => {
  await visitWithCode(link)
  const { headline, text } = await verdictOf(visitor)
  expect(headline).toBe('This link is not followed')
  expect(text).toContain('private network')
  expect([...visitor.origins]).toEqual([desk.site.url])
})

test('the same holds for the link in an address that somebody sent', async () => {
  visitor = await visit(desk, '/check?credential=https%3A%2F%2F192.168.0.1%2Fc')
  expect((await verdictOf(visitor)).headline).toBe('This link is not followed')
})

test('without a camera it says what to do instead, closes with the keyboard, and breaks no rule', async () => {
  await visitWithCode(undefined)
  const { page } = visitor
  await page.getByText('The camera cannot be used here').waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect.poll(() => page.locator('dialog').count()).toBe(0)
})
