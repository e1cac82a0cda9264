import { afterAll, beforeAll, expect, test } from 'vitest'
import { accreditedName, accreditorName, type Desk, openDesk, setConfig } from './desk.ts'
import { makeStates, type State, stateOf } from './states.ts'
import { checksOf, type Visitor, verdictOf, verify, visit } from './visitor.ts'

let desk: Desk
let states: readonly State[]
let visitor: Visitor

beforeAll(async () => {
  desk = await openDesk()
  states = await makeStates(desk)
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

test('tells the verdicts apart by shape and words, not by colour alone', async () => {
  const looks = new Map<string | undefined, string>()
  for (const name of ['valid', 'revoked', 'other-chain', 'malformed']) {
    await verify(visitor, stateOf(states, name))
    const { look } = await verdictOf(visitor)
    const shape = await visitor.page.locator('.verdict .seal').innerHTML()
    looks.set(look, shape.replace(/<!--.*?-->/g, ''))
  }
  expect([...looks.keys()]).toEqual(['valid', 'invalid', 'indeterminate', 'refused'])
  expect(new Set(looks.values()).size).toBe(4)
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
