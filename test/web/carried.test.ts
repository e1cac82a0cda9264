import { deflateRawSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { carry } from '../../core/carried.ts'
import { type Desk, openDesk } from './desk.ts'
import { makeStates, type State, stateOf } from './states.ts'
import { paste, type Visitor, verdictOf, visit } from './visitor.ts'

let desk: Desk
let states: readonly State[]
let visitor: Visitor

beforeAll(async () => {
  desk = await openDesk()
  states = await makeStates(desk)
}, 180_000)
afterAll(() => desk?.close())
afterEach(async () => {
  expect(visitor.faults).toEqual([])
  await visitor.leave()
})

/** The link of a printed code that carries what a state hands in. */
function linkOf(name: string, base = `${desk.site.url}/check`): string {
  const { input } = stateOf(states, name)
  const { head, digits } = carry(
    JSON.stringify(JSON.parse(String(input))),
    base,
    (bytes, dictionary) => deflateRawSync(bytes, { level: 9, dictionary }),
  )
  return head + digits
}
const pathOf = (link: string) => link.slice(desk.site.url.length)

test('a scanned code is checked at once, with nobody asked but the chain', async () => {
  visitor = await visit(desk, pathOf(linkOf('valid')))
  const { word, text } = await verdictOf(visitor)
  expect(word).toBe('Valid')
  expect(text).toContain('Carried by the code or link itself')
  const asked = [...visitor.origins].filter((origin) => origin !== desk.site.url)
  expect(asked).toEqual([new URL(desk.chain.rpcUrl).origin])
})

test('a second code in the same tab is checked in place of the first', async () => {
  visitor = await visit(desk, pathOf(linkOf('valid')))
  expect((await verdictOf(visitor)).word).toBe('Valid')
  await visitor.page.goto(linkOf('revoked'))
  await visitor.page.getByText('Revoked by the issuer').first().waitFor()
  expect((await verdictOf(visitor)).headline).toBe('Revoked by the issuer')
  // What is handed in by hand takes over, and the address no longer names another.
  await paste(visitor, String(stateOf(states, 'valid').input))
  await visitor.page.getByText('Pasted text').first().waitFor()
  expect(new URL(visitor.page.url()).hash).toBe('')
})

test('a code of another page can be pasted, and so can one of none', async () => {
  visitor = await visit(desk)
  await paste(visitor, linkOf('valid', 'https://nobody.invalid/'))
  expect((await verdictOf(visitor)).word).toBe('Valid')
  await paste(visitor, linkOf('revoked').replace(/^.*#c=1\./, 'rootmark:1:'))
  await visitor.page.getByText('Revoked by the issuer').first().waitFor()
  expect([...visitor.origins].some((origin) => origin.includes('nobody'))).toBe(false)
})

test('a code that was not read whole is told, and nothing is held against the credential', async () => {
  visitor = await visit(desk, pathOf(linkOf('valid')).slice(0, -30))
  const { word, headline, text } = await verdictOf(visitor)
  expect([word, headline]).toEqual(['Nothing to check', 'The code was not read whole'])
  expect(text).toContain('This says nothing against the credential.')
})
