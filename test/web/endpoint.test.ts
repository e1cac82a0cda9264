import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, openDesk, setConfig } from './desk.ts'
import { makeStates, type State, stateOf } from './states.ts'
import { checksOf, type Visitor, verdictOf, verify, visit } from './visitor.ts'

let desk: Desk
let states: readonly State[]

beforeAll(async () => {
  desk = await openDesk()
  states = await makeStates(desk)
}, 180_000)

afterAll(() => desk?.close())
afterEach(() => setConfig(desk))

async function nameEndpoint({ page }: Visitor, url: string): Promise<void> {
  const open = await page.locator('chain-endpoint details').getAttribute('open')
  if (open === null) await page.locator('chain-endpoint summary').click()
  await page.getByLabel('Address of the endpoint').fill(url)
  await page.getByRole('button', { name: 'Use this endpoint' }).click()
}

/** Checks the valid credential and expects that it could not be checked, under a headline. */
async function expectUnchecked(visitor: Visitor, headline: string): Promise<void> {
  await verify(visitor, { ...stateOf(states, 'valid'), headline })
  const { word, text } = await verdictOf(visitor)
  expect(word).toBe('Could not check')
  expect(text).toContain('This says nothing against the credential')
  expect(Object.values(await checksOf(visitor))).not.toContain('invalid')
}

describe('a chain that cannot be read is never a word against the credential', () => {
  test('where nothing listens', async () => {
    setConfig(desk, { chains: { 31337: { rpcUrl: 'http://127.0.0.1:9' } } })
    const visitor = await visit(desk)
    await expectUnchecked(visitor, 'The chain endpoint did not answer')
    await visitor.leave()
  })

  test('where something else answers', async () => {
    desk.site.bodies.set('/garbage', '<html>hello</html>')
    setConfig(desk, { chains: { 31337: { rpcUrl: '/garbage' } } })
    const visitor = await visit(desk)
    await expectUnchecked(visitor, 'The chain endpoint did not answer')
    await visitor.leave()
  })

  test('where it is another chain', async () => {
    desk.site.bodies.set('/other', '{"jsonrpc":"2.0","id":1,"result":"0x1"}')
    setConfig(desk, { chains: { 31337: { rpcUrl: `${desk.site.url}/other` } } })
    const visitor = await visit(desk)
    await expectUnchecked(visitor, 'The endpoint belongs to another chain')
    await visitor.leave()
  })

  test('where it knows no registry', async () => {
    const nowhere = '0x00000000000000000000000000000000000000aa'
    const credential = stateOf(states, 'valid')
    setConfig(desk, {}, { chains: { 31337: { registries: [nowhere] } } })
    const visitor = await visit(desk)
    await verify(visitor, {
      ...credential,
      headline: 'It is anchored in a contract nobody here trusts',
    })
    await visitor.leave()
  })
})

describe('the visitor', () => {
  test('can name another endpoint, and the credential is checked again', async () => {
    setConfig(desk, { chains: {} })
    const visitor = await visit(desk)
    await expectUnchecked(visitor, 'No endpoint is known for its chain')
    await nameEndpoint(visitor, desk.chain.rpcUrl)
    await visitor.page.getByRole('heading', { name: 'Genuine' }).waitFor()
    await visitor.page.getByText(`From now on ${desk.chain.rpcUrl} is asked.`).waitFor()

    // Remembered in this tab …
    await visitor.page.reload()
    await verify(visitor, stateOf(states, 'valid'))
    // … and nowhere else.
    const other = await visitor.page.context().newPage()
    await other.goto(`${desk.site.url}/check`)
    await other.getByText('No endpoint is known').waitFor()
    expect(await visitor.page.evaluate(() => [localStorage.length, document.cookie])).toEqual([
      0,
      '',
    ])

    await visitor.page.locator('chain-endpoint summary').click()
    await visitor.page.getByRole('button', { name: 'Back to the page’s own' }).click()
    await visitor.page.getByRole('heading', { name: 'No endpoint is known' }).waitFor()
    expect(visitor.faults).toEqual([])
    await visitor.leave()
  })

  test('is told when an address cannot be used', async () => {
    const visitor = await visit(desk)
    for (const address of ['', 'example.org', 'http://example.org', 'ftp://127.0.0.1/']) {
      await nameEndpoint(visitor, address)
      await visitor.page.getByText('Give a full address that begins with https://').waitFor()
    }
    await visitor.leave()
  })
})

describe('settings', () => {
  test('that are missing are said to be, and the page works with an endpoint of the visitor', async () => {
    desk.site.bodies.delete('/config.json')
    const visitor = await visit(desk)
    await visitor.page.getByText('came without its settings').waitFor()
    await verify(visitor, stateOf(states, 'malformed'))
    await verify(visitor, stateOf(states, 'not-a-credential'))
    await nameEndpoint(visitor, desk.chain.rpcUrl)
    await visitor.page.getByText('From now on').waitFor()
    expect(visitor.faults).toEqual([])
    await visitor.leave()
  })

  test('that are malformed are said to be, with the reason', async () => {
    for (const [config, why] of [
      ['{', 'JSON'],
      ['[]', 'expected an object'],
      ['{"trust": {"version": 2}}', 'expected "version": 1'],
    ] as const) {
      desk.site.bodies.set('/config.json', config)
      const visitor = await visit(desk)
      await visitor.page.getByText('cannot be used').waitFor()
      expect(await visitor.page.getByRole('alert').first().textContent()).toContain(why)
      await visitor.leave()
    }
  })
})
