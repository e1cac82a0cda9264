import { deflateRawSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { printCode } from '../../core/printed-code.ts'
import { certificatePdf } from '../../documents/pdf.ts'
import { packed, pdfOf } from '../core/pdf-files.ts'
import { type Desk, openDesk } from './desk.ts'
import { makeStates, type State, stateOf } from './states.ts'
import { checksOf, chooseFile, dropFile, type Visitor, verdictOf, visit } from './visitor.ts'

// A check page and a chain, and nothing of who made the certificate: no service runs.

let desk: Desk
let states: readonly State[]
let visitor: Visitor
beforeAll(async () => {
  desk = await openDesk()
  states = await makeStates(desk)
}, 180_000)
afterAll(() => desk?.close())
beforeEach(async () => {
  visitor = await visit(desk)
})
afterEach(async () => {
  expect(visitor.faults).toEqual([])
  await visitor.leave()
})

const page = 'https://credentials.example.edu/'

async function pdfOfState(name: string): Promise<Buffer> {
  const credential = JSON.parse(stateOf(states, name).input)
  const deflate = (bytes: Uint8Array, dictionary: Uint8Array) =>
    deflateRawSync(bytes, { dictionary })
  const code = await printCode(credential, { page, link: undefined, deflate })
  return Buffer.from(await certificatePdf(credential, { code, page }))
}

test('a certificate is checked without the service that made it', async () => {
  await chooseFile(visitor, 'zoe.json', stateOf(states, 'valid').input)
  const { word, headline } = await verdictOf(visitor)
  const checks = await checksOf(visitor)
  expect(word).toBe('Valid')
  const pdf = await pdfOfState('valid')
  for (const [hand, name] of [
    [chooseFile, 'zoe.pdf'],
    [dropFile, 'no-extension'],
  ] as const) {
    await hand(visitor, name, pdf)
    await visitor.page.locator('.verdict .source', { hasText: `File ${name}` }).waitFor()
    const answer = await verdictOf(visitor)
    expect([answer.word, answer.headline]).toEqual([word, headline])
    expect(await checksOf(visitor)).toEqual(checks)
  }
  const elsewhere = [...visitor.origins].filter(
    (origin) => origin !== new URL(desk.site.url).origin,
  )
  expect(elsewhere).toEqual([new URL(desk.chain.rpcUrl).origin])
})

test.each([
  ['revoked', 'Revoked by the issuer'],
  ['tampered', 'The content is not what was issued'],
])('one that is %s is told as such', async (state, headline) => {
  await chooseFile(visitor, `${state}.pdf`, await pdfOfState(state))
  expect((await verdictOf(visitor)).headline).toBe(headline)
})

const catalog = '<</Type /Catalog>>'
const filespec = (object: number) => `<</Type /Filespec /EF <</F ${object} 0 R>> >>`
test.each([
  [
    'two attachments',
    pdfOf([catalog, filespec(3), packed('{}'), filespec(5), packed('{}')]),
    /2 files attached/,
  ],
  ['none', pdfOf([catalog]), /no credential attached/],
  ['an encrypted one', pdfOf([catalog], '/Encrypt 9 0 R'), /encrypted/],
  ['a bomb', pdfOf([catalog, filespec(3), packed(Buffer.alloc(3_000_000))]), /1.?048.?576/],
  ['a damaged one', Buffer.from('%PDF-1.7\nnothing'), /damaged/],
])('%s is refused plainly', async (_what, pdf, said) => {
  await chooseFile(visitor, 'odd.pdf', pdf)
  const { text, look } = await verdictOf(visitor)
  expect(look).toBe('refused')
  expect(text).toMatch(said)
})
