import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { credentialAt } from '../../core/batch.ts'
import { issueCohort } from './cohort.ts'
import { accreditedName, accreditorName, type Desk, openDesk, setConfig } from './desk.ts'
import { makeStates, type State, stateOf } from './states.ts'
import { checksOf, type Visitor, verdictOf, verify, visit } from './visitor.ts'

const outcomes = [
  'revoked',
  'suspended',
  'expired',
  'not-yet-valid',
  'tampered',
  'issuer-unknown',
  'other-chain',
  'malformed',
]

let desk: Desk
let rootAccreditors: readonly object[]
let states: readonly State[]
let visitor: Visitor

beforeAll(async () => {
  desk = await openDesk()
  states = await makeStates(desk)
  rootAccreditors = [{ account: desk.chain.accreditor, name: accreditorName }]
  visitor = await visit(desk)
}, 180_000)

afterAll(async () => {
  await visitor?.leave()
  await desk?.close()
})

test('says each state in its own word and headline', async () => {
  for (const state of states) {
    await verify(visitor, state)
    const { word, headline } = await verdictOf(visitor)
    expect({ name: state.name, word, headline }).toEqual({
      name: state.name,
      word: state.word,
      headline: state.headline,
    })
  }
})

test('answers each question by itself: what one says tells nothing against the others', async () => {
  const answers = async (name: string) => {
    await verify(visitor, stateOf(states, name))
    return visitor.page.locator('.verdict .glance strong').allTextContents()
  }
  const [passed, failed, open] = ['Passed', 'Failed', 'Could not be told']
  expect(await answers('valid')).toEqual([passed, passed, passed, passed, passed])
  expect(await answers('issuer-unknown')).toEqual([passed, passed, failed, passed, passed])
  expect(await answers('revoked')).toEqual([passed, passed, passed, failed, passed])
  expect(await answers('expired')).toEqual([passed, passed, passed, passed, failed])
  expect((await answers('tampered'))[0]).toBe(failed)
  expect((await answers('other-chain'))[3]).toBe(open)
})

/** The test chain where it calls itself Ethereum's own: the answer to `eth_chainId` is exchanged on the way. */
async function visitOnRealChain() {
  const batch = issueCohort(desk.chain, { chainId: 1 })
  await desk.chain.anchor(batch)
  const { rpcUrl } = desk.chain
  const chains = { 1: { name: 'A real chain', rootAccreditors } }
  setConfig(desk, { chains: { 1: { rpcUrl } } }, { chains })
  const at = await visit(desk)
  await at.page.route(`${rpcUrl}/**`, async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace('"0x7a69"', '"0x1"')
    await route.fulfill({ response, body })
  })
  return { visitor: at, credential: JSON.stringify(credentialAt(batch, 0)) }
}

test('tells nine outcomes apart by shape, frame and word, not by colour alone', async () => {
  const real = await visitOnRealChain()
  const seen: { look: string | undefined; shape: string; word: string; frame: string }[] = []
  const look = async (at: Visitor, name: string) => {
    await verify(
      at,
      name.startsWith('{') ? { input: name, headline: 'Genuine' } : stateOf(states, name),
    )
    const { look, word } = await verdictOf(at)
    const panel = at.page.locator('section.verdict')
    const shape = (await panel.locator('.seal').innerHTML()).replace(/<!--.*?-->/g, '')
    const frame = await panel.evaluate((element) => {
      const style = (pseudo?: string) => getComputedStyle(element, pseudo)
      const { backgroundImage, display } = style('::before')
      const { borderStyle, borderRadius, outlineStyle } = style()
      return JSON.stringify([
        borderStyle,
        borderRadius,
        outlineStyle,
        display,
        backgroundImage.slice(0, 24),
      ])
    })
    seen.push({ look, shape, word, frame })
  }
  await look(real.visitor, real.credential)
  await look(visitor, 'valid')
  for (const name of outcomes) await look(visitor, name)
  expect(seen.map((each) => each.look)).toEqual([
    'valid',
    'valid trial',
    'invalid revoked',
    'invalid suspended',
    'invalid expired',
    'invalid early',
    'invalid altered',
    'invalid unvouched',
    'indeterminate',
    'refused',
  ])
  for (const part of ['shape', 'frame'] as const) {
    expect(new Set(seen.map((each) => each[part])).size).toBe(seen.length)
  }
  // A trial is told by its label.
  expect(new Set(seen.map(({ word }) => word)).size).toBe(seen.length - 1)
  await real.visitor.leave()
  setConfig(desk)
})

test('the report is saved as JSON, word for word as core/ makes it', async () => {
  await verify(visitor, stateOf(states, 'revoked'))
  const [download] = await Promise.all([
    visitor.page.waitForEvent('download'),
    visitor.page.getByRole('button', { name: 'Save this report' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^report-\d{4}-.*\.json$/)
  const report = JSON.parse(await readFile(await download.path(), 'utf8'))
  expect(report).toMatchObject({ verdict: 'invalid', reason: 'revoked' })
  expect(report.checks).toHaveLength(8)
})

test('shows a valid credential: checks, what was read, names, evidence', async () => {
  await verify(visitor, stateOf(states, 'valid'))
  expect(await checksOf(visitor)).toEqual({
    format: 'valid',
    integrity: 'valid',
    anchor: 'valid',
    signature: 'skipped',
    issuer: 'valid',
    accreditation: 'valid',
    status: 'valid',
    validity: 'valid',
  })
  const { page } = visitor
  const anchor = page.locator('[data-check=anchor]')
  expect(await anchor.textContent()).toContain(
    `verify(…) of registry ${desk.chain.contracts.registry}`,
  )
  expect(await anchor.textContent()).toContain(`from ${desk.chain.rpcUrl}`)
  const credential = await page.locator('section.credential').textContent()
  for (const said of [
    'Content confirmed by the anchor',
    'Data Literacy for the Public Sector',
    'Micro Credential',
    'Zoë Ångström',
    accreditedName,
    `Name confirmed by ${accreditorName}`,
    'perform data cleansing',
    'data.europa.eu',
  ]) {
    expect(credential).toContain(said)
  }
  await page.getByText('Evidence for experts').click()
  const evidence = page.locator('details.evidence')
  expect(await evidence.textContent()).toMatch(/Root of the batch\s*0x[0-9a-f]{64}/)
  expect(await evidence.textContent()).toContain(desk.chain.issuer)
})

test('the evidence has the call that repeats the question, and the chain answers it alike', async () => {
  for (const [name, standing] of [
    ['valid', 1n],
    ['suspended', 2n],
    ['revoked', 3n],
    ['withdrawn', 4n],
  ] as const) {
    await verify(visitor, stateOf(states, name))
    const { page } = visitor
    const evidence = page.locator('details.evidence')
    if ((await evidence.getAttribute('open')) === null)
      await page.getByText('Evidence for experts').click()
    const command = (await evidence.locator('code').textContent()) ?? ''
    const [, question = ''] = /-d '(.*)'$/.exec(command) ?? []
    const response = await fetch(desk.chain.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: question,
    })
    const { result } = (await response.json()) as { result: string }
    expect(BigInt(result.slice(0, 66))).toBe(standing)
    const root = /Root of the batch\s*0x([0-9a-f]{64})/.exec(
      (await evidence.textContent()) ?? '',
    )?.[1]
    expect(result.slice(66, 130)).toBe(root)
  }
})

test('labels a test network and does not advise to rely on it', async () => {
  await verify(visitor, stateOf(states, 'valid'))
  const { text } = await verdictOf(visitor)
  expect(text).toContain('Test network')
  expect(text).toContain('Before you rely on it, ask for the credential')
})

test('refuses a test network where the trust file does', async () => {
  setConfig(desk, {}, { acceptTestNetworks: false })
  const strict = await visit(desk)
  await verify(strict, {
    ...stateOf(states, 'valid'),
    headline: 'It is anchored on a test network only',
  })
  expect((await verdictOf(strict)).word).toBe('Not valid')
  await strict.leave()
  setConfig(desk)
})

test('says that nobody was asked about the issuer where no accreditor is trusted', async () => {
  setConfig(desk, {}, { chains: { 31337: { name: 'Plain chain' } } })
  const plain = await visit(desk)
  await verify(plain, stateOf(states, 'valid'))
  expect((await verdictOf(plain)).text).toContain('Nobody was asked to vouch for the issuer')
  expect(await plain.page.locator('section.credential').textContent()).toContain(
    'not confirmed by an accreditor',
  )
  await plain.leave()
  setConfig(desk)
})

test('confirms nothing of a tampered credential', async () => {
  await verify(visitor, stateOf(states, 'tampered'))
  const credential = await visitor.page.locator('section.credential').textContent()
  expect(credential).toContain('nothing of it is confirmed')
  expect(credential).not.toContain(accreditedName)
})

test('says what left the browser: the chain question and nothing else', async () => {
  await verify(visitor, stateOf(states, 'valid'))
  const disclosure = await visitor.page.locator('section.disclosure').textContent()
  expect(disclosure).toContain('The credential itself stayed here')
  expect(disclosure).toContain(desk.chain.rpcUrl)
  await verify(visitor, stateOf(states, 'malformed'))
  expect(await visitor.page.locator('section.disclosure').textContent()).toContain('Nothing.')
  expect([...visitor.origins].sort()).toEqual([desk.site.url, desk.chain.rpcUrl].sort())
  expect(visitor.faults).toEqual([])
})
