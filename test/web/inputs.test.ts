import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Desk, openDesk, setConfig } from './desk.ts'
import { makeStates, type State, stateOf } from './states.ts'
import { chooseFile, dropFile, paste, type Visitor, verdictOf, verify, visit } from './visitor.ts'

let desk: Desk
let states: readonly State[]
let visitor: Visitor
let elsewhere: Server
let elsewhereUrl: string

beforeAll(async () => {
  desk = await openDesk()
  states = await makeStates(desk)
  elsewhere = createServer((request, response) => {
    if (request.url === '/open.json') response.setHeader('access-control-allow-origin', '*')
    response.setHeader('content-type', 'application/json').end(stateOf(states, 'valid').input)
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  elsewhereUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
  desk.site.bodies.set('/credentials/one', stateOf(states, 'valid').input)
}, 180_000)

afterAll(async () => {
  elsewhere?.close()
  await desk?.close()
})

beforeEach(async () => {
  visitor = await visit(desk)
})

afterEach(async () => {
  expect(visitor.faults).toEqual([])
  await visitor.leave()
})

describe('a file', () => {
  test('that is chosen', async () => {
    await chooseFile(visitor, 'zoe.json', stateOf(states, 'valid').input)
    const { word, text } = await verdictOf(visitor)
    expect(word).toBe('Valid')
    expect(text).toContain('File zoe.json')
  })

  test('that is dropped anywhere on the page', async () => {
    await dropFile(visitor, 'dropped.json', stateOf(states, 'revoked').input)
    expect((await verdictOf(visitor)).headline).toBe('Revoked by the issuer')
  })

  test('of more than 1 MiB is refused before it is read', async () => {
    await chooseFile(visitor, 'large.json', ' '.repeat(1_048_577))
    const { word, text } = await verdictOf(visitor)
    expect(word).toBe('Nothing to check')
    expect(text).toContain('It has 1,048,577 bytes; at most 1,048,576 are read.')
  })

  test('that is a broken PDF is told what is wanted instead', async () => {
    await chooseFile(visitor, 'a.pdf', Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3', 'latin1'))
    const { headline, text } = await verdictOf(visitor)
    expect(headline).toBe('This PDF cannot be read')
    expect(text).toContain('ask the holder for the JSON file')
  })

  test('that is empty', async () => {
    await chooseFile(visitor, 'empty.json', '')
    expect((await verdictOf(visitor)).headline).toBe('This is empty')
  })

  test('with a byte order mark', async () => {
    await chooseFile(visitor, 'bom.json', `\ufeff${stateOf(states, 'valid').input}`)
    expect((await verdictOf(visitor)).word).toBe('Valid')
  })
})

describe('pasted text', () => {
  test('of malformed JSON names line and place, and stays in the field', async () => {
    await paste(visitor, '{\n  "issuer": {"id": "x",}\n}')
    const { text, word } = await verdictOf(visitor)
    expect(word).toBe('Nothing to check')
    expect(text).toContain('Line 2')
    expect(text).toMatch(/The place: \u2066?\/issuer/)
    expect(await visitor.page.locator('textarea').inputValue()).toContain('"issuer"')
  })

  test('that lacks a member names the member', async () => {
    const credential = JSON.parse(stateOf(states, 'valid').input)
    await paste(visitor, JSON.stringify({ ...credential, credentialSubject: undefined }))
    const { headline, text } = await verdictOf(visitor)
    expect(headline).toBe('It is not a well-formed credential')
    expect(text).toContain('(at /credentialSubject)')
  })

  test('that is deeply nested is refused', async () => {
    await paste(visitor, '['.repeat(10_000))
    expect((await verdictOf(visitor)).headline).toBe('No credential looks like this')
  })

  test('of more than 1 MiB is refused', async () => {
    await paste(visitor, `"${'ö'.repeat(600_000)}"`)
    expect((await verdictOf(visitor)).headline).toBe('This is too large for a credential')
  })
})

describe('a link', () => {
  test('in the address of the page is followed', async () => {
    const linked = await visit(desk, '/check?credential=/credentials/one')
    const { word, text } = await verdictOf(linked)
    expect(word).toBe('Valid')
    expect(text).toContain(`Fetched from ${desk.site.url}`)
    await verify(linked, stateOf(states, 'malformed'))
    expect(new URL(linked.page.url()).search).toBe('')
    await linked.leave()
  })

  test('to another site that allows it, and the page says whom it asked', async () => {
    await paste(visitor, `${elsewhereUrl}/open.json`)
    expect((await verdictOf(visitor)).word).toBe('Valid')
    const disclosure = await visitor.page.locator('section.disclosure').textContent()
    expect(disclosure).toContain(`${elsewhereUrl}, for the credential`)
  })

  test('to another site that does not allow it', async () => {
    await paste(visitor, `${elsewhereUrl}/closed.json`)
    const { headline, text } = await verdictOf(visitor)
    expect(headline).toBe('The link leads to no credential')
    expect(text).toContain('download the file and drop it here')
  })

  test('that leads nowhere', async () => {
    await paste(visitor, '/credentials/none')
    expect((await verdictOf(visitor)).text).toContain('it answered with HTTP 404')
  })

  test('that is no https link is not followed', async () => {
    for (const link of ['javascript:alert(1)', 'data:application/json,{}', 'http://example.com/']) {
      const linked = await visit(desk, `/check?credential=${encodeURIComponent(link)}`)
      expect((await verdictOf(linked)).headline).toBe('This link is not followed')
      expect([...linked.origins]).toEqual([desk.site.url])
      await linked.leave()
    }
  })

  test('to more than 1 MiB stops being read', async () => {
    desk.site.bodies.set('/endless', (response) => {
      const timer = setInterval(() => response.write(' '.repeat(65_536)), 1)
      response.on('close', () => clearInterval(timer))
    })
    await paste(visitor, '/endless')
    expect((await verdictOf(visitor)).headline).toBe('This is too large for a credential')
  })
})

test('a second check ends the first, whose answer is not shown', async () => {
  const held: (() => void)[] = []
  desk.site.bodies.set('/slow', (response) => {
    held.push(() => response.end('{"jsonrpc":"2.0","id":1,"result":"0x1"}'))
  })
  setConfig(desk, { chains: { 31337: { rpcUrl: `${desk.site.url}/slow` } } })
  const patient = await visit(desk)
  await paste(patient, stateOf(states, 'valid').input)
  await patient.page.getByText('Asking the chain').first().waitFor()
  expect(await patient.page.locator('.check.valid').count()).toBe(1)
  await paste(patient, '{')
  expect((await verdictOf(patient)).headline).toBe('This is not readable JSON')
  for (const answer of held) answer()
  await patient.page.waitForTimeout(300)
  expect((await verdictOf(patient)).headline).toBe('This is not readable JSON')
  await patient.leave()
  setConfig(desk)
})

test('examples of the service are offered and can be followed', async () => {
  setConfig(desk, { demo: [{ name: 'A valid credential', url: '/credentials/one' }] })
  const curious = await visit(desk, '/')
  await curious.page.getByRole('link', { name: 'A valid credential' }).click()
  expect((await verdictOf(curious)).word).toBe('Valid')
  await curious.leave()
  setConfig(desk)
})
