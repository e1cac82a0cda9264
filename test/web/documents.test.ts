import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { encodeStatusList, makeStatusListCredential, statusBits } from '../../core/status-list.ts'
import { badgeBy, sign, signerOf } from '../core/signers.ts'
import { type Desk, openDesk } from './desk.ts'
import { checksOf, paste, verdictOf, visit } from './visitor.ts'

// The issuer's web site is the test's; all else, its signatures and lists included, is as anybody would meet it.
const origin = 'https://issuer.example'

let desk: Desk
let inner: Server
let innerAsked: number
beforeAll(async () => {
  desk = await openDesk()
  innerAsked = 0
  inner = createServer((_request, response) => {
    innerAsked += 1
    response.setHeader('access-control-allow-origin', '*').end('{}')
  })
  await new Promise<void>((resolve) => inner.listen(0, '127.0.0.1', resolve))
}, 180_000)
afterAll(async () => {
  inner?.close()
  await desk?.close()
})

/** What the page says of a badge with status entries for these lists, where the issuer's site answers with `documents`. */
async function check(
  entries: readonly JsonObject[],
  documents: Readonly<Record<string, string>> = {},
  more: JsonObject = {},
) {
  const issuer = await signerOf(9)
  const badge = await sign(badgeBy(issuer.did, { credentialStatus: entries, ...more }), issuer)
  const visitor = await visit(desk)
  const asked: string[] = []
  await visitor.page.route(`${origin}/**`, (route) => {
    const url = route.request().url()
    asked.push(url)
    const body = documents[url]
    const headers = { 'access-control-allow-origin': '*' }
    return route.fulfill({ status: body === undefined ? 404 : 200, headers, body: body ?? '' })
  })
  await paste(visitor, JSON.stringify(badge))
  const { word, text } = await verdictOf(visitor)
  const checks = await checksOf(visitor)
  const { faults } = visitor
  await visitor.leave()
  return { word, text, status: checks['status'], asked, faults }
}

async function listOf(url: string, purpose: string, indexes: readonly number[]): Promise<string> {
  const issuer = await signerOf(9)
  const list = makeStatusListCredential({
    id: url,
    issuer: issuer.did,
    purpose,
    encodedList: await encodeStatusList(statusBits(indexes)),
    validFrom: '2026-05-01T00:00:00Z',
    validUntil: '2100-01-01T00:00:00Z',
    ttl: 60_000,
  })
  return JSON.stringify(await sign(list, issuer))
}

const entry = (url: string, index: number, statusPurpose = 'revocation'): JsonObject => ({
  type: 'BitstringStatusListEntry',
  statusPurpose,
  statusListIndex: String(index),
  statusListCredential: url,
})

test('the page asks the status lists of another issuer itself, each once', async () => {
  const url = `${origin}/status/1`
  const documents = { [url]: await listOf(url, 'revocation', [7]) }
  const clear = await check([entry(url, 5), entry(url, 6)], documents)
  expect(clear).toMatchObject({ word: 'Valid', status: 'valid', asked: [url], faults: [] })
  const revoked = await check([entry(url, 7)], documents)
  expect(revoked).toMatchObject({ word: 'Revoked', status: 'invalid' })
  expect(revoked.text).toContain('Revoked by the issuer')
})

test('a list that is out of reach leaves the question open', async () => {
  const answer = await check([entry(`${origin}/gone`, 5)])
  expect(answer).toMatchObject({ status: 'indeterminate', faults: [] })
  expect(answer.text).toContain('Its status list could not be read')
})

test('nothing is asked of the network that the visitor is in, or without https', async () => {
  const { port } = inner.address() as AddressInfo
  for (const url of [`http://127.0.0.1:${port}/status`, `http://localhost:${port}/status`]) {
    const answer = await check([entry(url, 5)])
    expect(answer).toMatchObject({ status: 'indeterminate', faults: [] })
    expect(answer.text).toContain('Its status list could not be read')
  }
  expect(innerAsked).toBe(0)
})

test('a document that is too large, or nested too deep, is not read', async () => {
  const url = `${origin}/status/1`
  for (const body of ['x'.repeat(1_100_000), `${'['.repeat(5000)}${']'.repeat(5000)}`]) {
    const answer = await check([entry(url, 5)], { [url]: body })
    expect(answer).toMatchObject({ status: 'indeterminate', faults: [] })
  }
})

test('a visitor is not made to ask for more documents than one check reads', async () => {
  const entriesOf = (name: string) =>
    Array.from({ length: 8 }, (_, i) => ({
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '1',
      statusListCredential: `${origin}/${name}/${i}`,
    }))
  const endorser = await signerOf(10)
  const endorsement = Array.from({ length: 12 }, async (_, i) =>
    sign(
      badgeBy(endorser.did, {
        id: `urn:example:endorsement-${i}`,
        type: ['VerifiableCredential', 'EndorsementCredential'],
        credentialSubject: { id: 'urn:example:other', type: ['EndorsementSubject'] },
        credentialStatus: entriesOf(`endorsement-${i}`),
      }),
      endorser,
    ),
  )
  const { asked, word, faults } = await check(
    entriesOf('badge'),
    {},
    {
      endorsement: await Promise.all(endorsement),
    },
  )
  expect(word).not.toBe('Valid')
  expect(new Set(asked).size).toBe(32)
  expect(faults).toEqual([])
}, 60_000)
