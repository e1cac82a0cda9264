import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { type MatchOptions, matchPresentation } from '../../core/match.ts'
import { parseRequirement } from '../../core/pathway/pathway.ts'
import { qualify } from '../../core/qualify.ts'
import { verifyCredential } from '../../core/verify.ts'
import { sign, signerOf } from './signers.ts'
import { course, pathway } from './stack-stage.ts'
import { timeOf, write } from './transaction.ts'
import { readersOf, trusting } from './verifier.ts'
import { openWorld, type World } from './world.ts'

let world: World
let now: number
let mine: JsonObject
let mailed: JsonObject
let revoked: JsonObject
let foreign: JsonObject
let holder: Awaited<ReturnType<typeof signerOf>>
const challenge = 'uAAECAwQFBgcICQoLDA0ODw'
const domain = 'employer.example'

beforeAll(async () => {
  world = await openWorld()
  const { issuer } = world.accounts
  holder = await signerOf(1)
  const ada = { name: 'Ada', email: 'ada@example.org' }
  const one = async (code: string, learner: object) => {
    const { credentials, batch } = await course(world, issuer, code, {
      learners: [{ ...ada, ...learner }],
    })
    return { credential: credentials[0] as JsonObject, root: batch.root }
  }
  mine = (await one('a', { did: holder.did })).credential
  mailed = (await one('b', {})).credential
  const third = await one('c', { did: holder.did })
  revoked = third.credential
  await write(world, issuer, 'revoke', [issuer, third.root, 0, [1n]])
  foreign = (await one('d', { name: 'Bob', email: 'bob@example.org', did: 'did:x:bob' })).credential
  now = (await timeOf(world)) * 1000
}, 60_000)
afterAll(() => world?.close())

const asks = (rule: unknown) =>
  parseRequirement({
    format: 'rootmark-requirement-1',
    name: 'Analyst',
    every: { issuers: 'any' },
    rule,
  })

async function presented(credentials: readonly JsonObject[], options: object = {}, signed = true) {
  const document: JsonObject = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    ...(signed && { holder: holder.did }),
    verifiableCredential: [...credentials],
  }
  const proof = { proofPurpose: 'authentication', challenge, domain, ...options } as const
  return signed ? sign(document, holder, proof) : document
}

function match(presentation: unknown, rule: unknown, more: Partial<MatchOptions> = {}) {
  return matchPresentation(presentation, asks(rule), {
    readers: readersOf(world),
    trust: trusting(world),
    now,
    challenge,
    domain,
    ...more,
  })
}

const told = ({ verdict, reason }: { verdict: string; reason: string }) => `${verdict} ${reason}`

describe('a requirement', () => {
  it('is met by verified credentials of the holder, and says by which', async () => {
    const report = await match(await presented([mine]), { credits: 2 })
    expect(told(report)).toBe('valid valid')
    expect(report.clause.components).toMatchObject([{ id: mine['id'], credits: 2 }])
    expect(report.credentials).toMatchObject([{ holder: 'same', counts: true }])
  })

  it('is not met by what is revoked or of somebody else, and says what is missing', async () => {
    const report = await match(await presented([mine, revoked, foreign]), { credits: 6 })
    expect(told(report)).toBe('invalid requirement_unmet')
    expect(report.missing).toEqual(['4 more ECTS'])
    expect(report.credentials.map((one) => [one.reason, one.holder, one.counts])).toEqual([
      ['valid', 'same', true],
      ['revoked', 'same', false],
      ['valid', 'other', false],
    ])
  })

  it('takes a credential that names an address only where the verifier knows the address', async () => {
    const presentation = await presented([mine, mailed])
    const open = await match(presentation, { credits: 4 })
    expect(told(open)).toBe('indeterminate holder_unproved')
    const known = await match(
      presentation,
      { credits: 4 },
      { person: { email: 'ada@example.org' } },
    )
    expect(told(known)).toBe('valid valid')
    const another = await match(
      presentation,
      { credits: 4 },
      { person: { email: 'eve@x.example' } },
    )
    expect(told(another)).toBe('invalid requirement_unmet')
  })

  it('is not answered by a presentation for somebody else, of yesterday, or altered', async () => {
    const rule = { credits: 2 }
    const replayed = await presented([mine], { domain: 'other.example' })
    expect(told(await match(replayed, rule))).toBe('invalid domain_mismatch')
    const old = await presented([mine], { challenge: 'uAAAA' })
    expect(told(await match(old, rule))).toBe('invalid challenge_mismatch')
    const fine = await presented([mine])
    expect(told(await match({ ...fine, verifiableCredential: [mine, mailed] }, rule))).toBe(
      'invalid signature_invalid',
    )
    const unasked = await match(fine, rule, { challenge: undefined })
    expect(told(unasked)).toBe('invalid challenge_missing')
    expect((await match(replayed, rule)).credentials[0]?.counts).toBe(false)
  })

  it('is answered without a signature only where none was asked for and the person is known', async () => {
    const plain = await presented([mailed], {}, false)
    const unasked = { challenge: undefined, domain: undefined }
    expect(told(await match(plain, { credits: 2 }, unasked))).toBe('invalid proof_missing')
    const person = { email: 'ada@example.org' }
    const report = await match(plain, { credits: 2 }, { ...unasked, person })
    expect([told(report), report.presentation.unsigned]).toEqual(['valid valid', true])
    expect(told(await match(plain, { credits: 2 }, { person }))).toBe('invalid proof_missing')
  })

  it.each([[null], ['x'], [{}], [[]], [{ type: ['VerifiablePresentation'] }]])(
    'is not answered by %j',
    async (presentation) => {
      expect((await match(presentation, { credits: 1 })).verdict).toBe('invalid')
    },
  )
})

describe('who qualifies', () => {
  const reported = (document: JsonObject) =>
    verifyCredential(document, { readers: readersOf(world), trust: trusting(world), now })

  it('is who holds valid credentials of their own; the rest is refused with the reason', async () => {
    const all = await Promise.all(
      [mine, mailed, revoked, foreign, mine].map(async (document) => ({
        document,
        report: await reported(document),
      })),
    )
    const ada = { email: 'ada@example.org', did: holder.did }
    const { outcome, parts, refused } = qualify(pathway({ rule: { credits: 4 } }), ada, all, now)
    expect(outcome).toBe('met')
    expect(parts.map(({ id }) => id).toSorted()).toEqual([mine['id'], mailed['id']].toSorted())
    expect(refused.map(({ why }) => why)).toEqual([
      expect.stringContaining('[revoked]'),
      'it is about somebody else, or does not say about whom',
      'it was given twice',
    ])
    const more = qualify(pathway({ rule: { credits: 5 } }), ada, all, now)
    expect([more.outcome, more.missing]).toEqual(['unmet', ['1 more ECTS']])
  })
})
