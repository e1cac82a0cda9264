import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fromMultibase, toMultibase } from '../../core/bytes.ts'
import { decodeAnchorProof, encodeAnchorProof, parseProofs } from '../../core/proof.ts'
import { type Endpoint, openEndpoint, passOn } from './endpoint.ts'
import { anchoredBatch, named, openStage, refusal, type Stage, setStage } from './stage.ts'
import { openDirectory, type Storage } from './storages.ts'

let stage: Stage
let credential: { [name: string]: unknown; proof: { proofValue: string }[] }
let other: typeof credential
beforeAll(async () => {
  stage = await setStage()
  const { credentials } = await anchoredBatch(stage, 4)
  credential = (await stage.ask(`GET /credentials/${credentials[0]}`)).body
  other = (await stage.ask(`GET /credentials/${credentials[1]}`)).body
})
afterAll(() => stage?.close())

const verify = (json: unknown, ask = stage.ask) => ask('POST /verify', { json })
const raw = (text: string | Uint8Array, type = 'application/json') =>
  stage.ask('POST /verify', { raw: text, type })

describe('a report', () => {
  it('is valid for a credential as it was handed out, with every check answered', async () => {
    const { status, body, headers } = await verify(credential)
    expect(status).toBe(200)
    expect(body).toMatchObject({ verdict: 'valid', reason: 'valid' })
    expect(body.checks.map(({ name }: { name: string }) => name)).toEqual([
      'format',
      'integrity',
      'anchor',
      'signature',
      'issuer',
      'accreditation',
      'status',
      'validity',
    ])
    expect(body.accreditation).toMatchObject({ issuerName: 'Northfield University' })
    expect(body.anchor).toMatchObject({ chainId: 31337, finality: 'finalized' })
    expect(headers['cache-control']).toBe('no-store')
  })

  it('tells a changed content, another credential’s proof and a proof left away apart', async () => {
    expect((await verify({ ...credential, name: 'Doctor of Everything' })).body).toMatchObject({
      verdict: 'invalid',
      reason: 'tampered',
    })
    expect((await verify({ ...credential, proof: other.proof })).body).toMatchObject({
      verdict: 'invalid',
      reason: 'proof_mismatch',
    })
    const { proof: _, ...bare } = credential
    expect((await verify(bare)).body).toMatchObject({
      verdict: 'invalid',
      reason: 'anchor_missing',
    })
  })

  it('refuses a proof of 300 siblings without computing it', async () => {
    const [member] = credential.proof
    const proof = decodeAnchorProof(fromMultibase(member?.proofValue ?? ''))
    const siblings = Array.from({ length: 300 }, () => new Uint8Array(32))
    const proofValue = toMultibase(encodeAnchorProof({ ...proof, siblings }))
    const { body } = await verify({ ...credential, proof: [{ ...member, proofValue }] })
    expect(body).toMatchObject({ verdict: 'invalid', reason: 'proof_too_long' })
  })

  it('is about any JSON object, also one that is no credential', async () => {
    const { status, body } = await verify({ hello: 'world' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ verdict: 'invalid', reason: 'not_a_credential' })
  })

  it.each([
    'application/json',
    'application/vc',
    'application/vc+ld+json',
    'application/ld+json',
    'application/json; charset=utf-8',
  ])('is given for %s', async (type) => {
    expect((await raw(JSON.stringify(credential), type)).body.verdict).toBe('valid')
  })

  it('does not depend on the order or spacing of the document', async () => {
    const turned = Object.fromEntries(Object.entries(credential).reverse())
    expect((await raw(JSON.stringify(turned, null, 4))).body.verdict).toBe('valid')
  })
})

describe('a body that is refused', () => {
  const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
  it.each([
    ['null', 'null', 'not_a_credential', ''],
    ['an array', '[]', 'not_a_credential', ''],
    ['a text', '"x"', 'not_a_credential', ''],
    ['a number', '7', 'not_a_credential', ''],
    ['nothing but space', '  ', 'empty', ''],
    ['half an object', '{"a":1', 'json_malformed', ''],
    ['two documents', '{} {}', 'json_malformed', ''],
    ['a duplicate member name', '{"a":{"b":1,"b":2}}', 'duplicate_name', '/a/b'],
    ['a duplicate name by another spelling', '{"a":1,"\\u0061":2}', 'duplicate_name', '/a'],
    ['a lone surrogate', '{"a":"\\ud800"}', 'lone_surrogate', '/a'],
    ['1e400', '{"a":[1e400]}', 'number_unsafe', '/a/0'],
    ['2^53 + 1', '{"a":9007199254740993}', 'number_unsafe', '/a'],
    ['__proto__', '{"__proto__":{"polluted":true}}', 'name_forbidden', '/__proto__'],
    ['constructor', '{"a":{"constructor":{}}}', 'name_forbidden', '/a/constructor'],
  ])('is %s', async (_name, text, code, pointer) => {
    const answer = await raw(text)
    expect(refusal(answer)).toBe(`400 ${code}`)
    expect(answer.body.pointer).toBe(pointer)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('is nested 10,000 deep', async () => {
    expect(refusal(await raw(deep(10_000)))).toBe('400 too_deep')
    expect(refusal(await raw('['.repeat(10_000)))).toBe('400 too_deep')
  })

  it('is not UTF-8', async () => {
    expect(refusal(await raw(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)))).toBe(
      '400 utf8_invalid',
    )
  })

  it('is empty', async () => {
    expect((await stage.ask('POST /verify')).status).toBe(400)
    expect((await raw('')).status).toBe(400)
  })

  it('is larger than the limit', async () => {
    expect(refusal(await raw(`{"a":"${'x'.repeat(1_100_000)}"}`))).toBe('413 too_large')
  })

  it('is of a type that is no JSON', async () => {
    const answer = await raw('a=1', 'application/x-www-form-urlencoded')
    expect(refusal(answer)).toBe('415 content_type_unsupported')
    expect(answer.body.detail).toContain('application/json')
  })
})

describe('a chain that cannot be read', () => {
  type Answer = (body: string) => string | Promise<string>
  let misbehaving: { readonly method: string; readonly answer: Answer } | undefined
  let storage: Storage
  let endpoint: Endpoint
  let remote: Awaited<ReturnType<typeof openStage>>
  beforeAll(async () => {
    storage = await openDirectory()
    endpoint = await openEndpoint((body, method) =>
      method === misbehaving?.method ? misbehaving.answer(body) : passOn(stage.chain.url, body),
    )
    const settings = { ...named(stage.chain, endpoint.url), CHAIN_TIMEOUT_MS: '2000' }
    remote = await openStage(stage.chain, storage, settings)
  })
  beforeEach(() => {
    misbehaving = undefined
  })
  afterAll(async () => {
    await remote.close()
    await endpoint.close()
    await storage.remove()
  })
  const result = (value: unknown) => JSON.stringify({ jsonrpc: '2.0', id: 1, result: value })

  it.each<readonly [string, string, Answer, string]>([
    ['answers no JSON', 'eth_call', () => '<html>Bad Gateway</html>', 'chain_unreachable'],
    [
      'answers an error',
      'eth_call',
      () => '{"error":{"code":-32000,"message":"header not found"}}',
      'chain_unreachable',
    ],
    ['answers another type', 'eth_call', () => result(42), 'chain_answer_malformed'],
    ['answers too few bytes', 'eth_call', () => result('0x1234'), 'chain_answer_malformed'],
    ['answers zeros', 'eth_call', () => result(`0x${'00'.repeat(192)}`), 'chain_answer_malformed'],
    ['knows no contract', 'eth_call', () => result('0x'), 'registry_missing'],
    [
      'answers null for a block',
      'eth_getBlockByNumber',
      () => result(null),
      'chain_answer_malformed',
    ],
    ['is another chain', 'eth_chainId', () => result('0x1'), 'chain_mismatch'],
    ['never answers', 'eth_call', () => new Promise(() => undefined), 'chain_unreachable'],
  ])('is indeterminate where the endpoint %s', async (_name, method, answer, reason) => {
    expect((await verify(credential, remote.ask)).body.verdict).toBe('valid')
    misbehaving = { method, answer }
    const { status, body } = await verify(credential, remote.ask)
    expect(status).toBe(200)
    expect(body).toMatchObject({ verdict: 'indeterminate', reason })
  })

  it('is indeterminate where the endpoint is gone, while the process stays healthy', async () => {
    expect((await remote.ask('GET /readyz')).status).toBe(200)
    await endpoint.close()
    expect((await verify(credential, remote.ask)).body).toMatchObject({
      verdict: 'indeterminate',
      reason: 'chain_unreachable',
    })
    expect(refusal(await remote.ask('GET /readyz'))).toBe('503 chain_unready')
    expect((await remote.ask('GET /healthz')).status).toBe(200)
  })

  it('is indeterminate for a chain that this service has no endpoint of', async () => {
    const [member] = credential.proof
    const { anchor } = parseProofs(credential as never)
    if (!anchor) throw new Error('no anchor proof')
    const proof = { ...anchor, chainId: 1 }
    const foreign = JSON.parse(JSON.stringify(credential).replaceAll('eip155:31337', 'eip155:1'))
    foreign.proof = [
      {
        ...member,
        verificationMethod: `did:pkh:eip155:1:${anchor.issuer}#blockchainAccountId`,
        proofValue: toMultibase(encodeAnchorProof(proof)),
      },
    ]
    expect((await verify(foreign)).body).toMatchObject({
      verdict: 'indeterminate',
      reason: 'chain_unknown',
    })
  })
})
