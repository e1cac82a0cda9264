import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../core/canonical.ts'
import { competenciesOf } from '../../../core/competencies/competencies.ts'
import { type MatchOptions, matchPresentation } from '../../../core/match.ts'
import { fragmentParts, unpackText } from '../../../core/packed-link.ts'
import { parseRequirement } from '../../../core/pathway/pathway.ts'
import {
  makePresentation,
  type PresentationRequest,
  presentationFragment,
  presentationLimits,
} from '../../../core/portfolio/presentation.ts'
import { progressOf } from '../../../core/portfolio/progress.ts'
import { verifyPresentation } from '../../../core/presentation.ts'
import { readTerms } from '../../../core/presentation-terms.ts'
import { badgeBy, resolverOf, sign, signerOf } from '../signers.ts'
import { award, course, pathway } from '../stack-stage.ts'
import { rejectionOf } from '../thrown.ts'
import { didKeyTokenSigner, payloadBy, tokenOf } from '../tokens.ts'
import { timeOf, write } from '../transaction.ts'
import { readersOf, trusting, verify } from '../verifier.ts'
import { openWorld, type World } from '../world.ts'

let world: World
let now: number
let mine: JsonObject
let mailed: JsonObject
let revoked: JsonObject
const holder = await signerOf(1)
const audience = 'https://employer.example'
const challenge = 'uAAECAwQFBgcICQoLDA0ODw'
const day = 86_400_000
const ada = { name: 'Ada', email: 'ada@example.org' }

beforeAll(async () => {
  world = await openWorld()
  const { issuer } = world.accounts
  const one = async (code: string, learner: object) => {
    const learners = [{ ...ada, ...learner }]
    const { credentials, batch } = await course(world, issuer, code, { learners })
    return { credential: credentials[0] as JsonObject, root: batch.root }
  }
  mine = (await one('a', { did: holder.did })).credential
  mailed = (await one('b', {})).credential
  const third = await one('c', { did: holder.did })
  revoked = third.credential
  await write(world, issuer, 'revoke', [issuer, third.root, 0, [1n]])
  now = (await timeOf(world)) * 1000
}, 60_000)
afterAll(() => world?.close())

const make = (request: Partial<PresentationRequest> = {}, signed = true) =>
  makePresentation(
    {
      credentials: [JSON.stringify(mine)],
      purpose: 'Application as analyst',
      audience,
      until: now + 30 * day,
      ...request,
    },
    { now, ...(signed && { signer: holder }) },
  )

function match(presentation: unknown, more: Partial<MatchOptions> = {}, credits = 2) {
  const requirement = parseRequirement({
    format: 'rootmark-requirement-1',
    name: 'Analyst',
    every: { issuers: 'any' },
    rule: { credits },
  })
  const readers = readersOf(world)
  return matchPresentation(presentation, requirement, {
    readers,
    trust: trusting(world),
    now,
    domain: audience,
    ...more,
  })
}

const told = ({ verdict, reason }: { verdict: string; reason: string }) => `${verdict} ${reason}`

describe('a presentation', () => {
  it('is verified by whoever it is for, and says what it is for', async () => {
    const presentation = await make({ challenge })
    expect(readTerms(presentation)).toEqual({
      purpose: 'Application as analyst',
      audience,
      until: Math.floor((now + 30 * day) / 1000) * 1000,
    })
    expect(told(await match(presentation, { challenge }))).toBe('valid valid')
    const report = await verifyPresentation(presentation, {
      challenge,
      domain: audience,
      now,
      resolveDid: resolverOf(),
      verifyCredential: (credential) => verify(world, credential),
    })
    expect([report.verdict, report.problems, report.holder]).toEqual(['valid', [], holder.did])
  })

  it('is of no use to another audience, for another question, or once it has ended', async () => {
    const presentation = await make({ challenge })
    const told_ = async (options: Partial<MatchOptions>) => told(await match(presentation, options))
    expect(await told_({ challenge, domain: 'https://other.example' })).toBe(
      'invalid domain_mismatch',
    )
    expect(await told_({ challenge: 'uAAAA-another-question' })).toBe('invalid challenge_mismatch')
    expect(await told_({})).toBe('invalid challenge_missing')
    expect(await told_({ challenge, now: now + 31 * day })).toBe('invalid presentation_expired')
  })

  it('cannot be given another purpose, audience or end', async () => {
    const presentation = await make({ challenge })
    const [purpose, , until] = presentation['termsOfUse'] as readonly JsonObject[]
    const proof = presentation['proof'] as JsonObject
    const later = new Date(now + 90 * day).toISOString()
    const altered: readonly JsonObject[] = [
      {
        ...presentation,
        termsOfUse: [{ ...purpose, description: 'Anything' }, until as JsonObject],
      },
      { ...presentation, termsOfUse: [purpose as JsonObject] },
      { ...presentation, proof: { ...proof, expires: later } },
      { ...presentation, proof: { ...proof, domain: 'https://other.example' } },
    ]
    const outcomes = await Promise.all(
      altered.map(async (one) => told(await match(one, { challenge, domain: undefined }))),
    )
    expect(new Set(outcomes)).toEqual(new Set(['invalid signature_invalid']))
    const { proof: _, ...bare } = presentation
    expect(told(await match(bare, { challenge }))).toBe('invalid proof_missing')
  })

  it('without a key says as much, and is taken from a person who is known, until it ends', async () => {
    const presentation = await make({ credentials: [JSON.stringify(mailed)] }, false)
    expect(presentation['holder']).toBeUndefined()
    const person = { email: ada.email }
    expect(told(await match(presentation, { person }))).toBe('invalid proof_missing')
    const unasked = { person, domain: undefined }
    const report = await match(presentation, unasked)
    expect([told(report), report.presentation.unsigned]).toEqual(['valid valid', true])
    const late = { ...unasked, now: now + 31 * day }
    expect(told(await match(presentation, late))).toBe('invalid presentation_expired')
    const replayed = await match(presentation, { person, domain: 'https://other.example' })
    expect(told(replayed)).toBe('invalid domain_mismatch')
  })

  it('carries foreign badges and tokens as they came', async () => {
    const issuer = await signerOf(5)
    const badge = await sign(badgeBy(issuer.did), issuer)
    const other = await didKeyTokenSigner(6)
    const token = await tokenOf(payloadBy(other.did), other, { kid: other.kid, typ: 'JWT' })
    const presentation = await make({ credentials: [JSON.stringify(badge), `${token}\n`] })
    const [first, second] = presentation['verifiableCredential'] as readonly JsonObject[]
    expect(first).toEqual(badge)
    expect(second).toMatchObject({ type: 'EnvelopedVerifiableCredential' })
    const report = await match(presentation)
    expect(report.presentation.verdict).toBe('valid')
    expect(report.credentials.map(told)).toEqual(['valid valid', 'valid valid'])
  })

  it('is refused where nothing, too much or the past is chosen, or nobody can sign', async () => {
    const codeOf = async (request: Partial<PresentationRequest>, signed = true) =>
      (await rejectionOf(make(request, signed))).code
    expect(await codeOf({ credentials: [] })).toBe('credentials_missing')
    const many = Array.from({ length: 25 }, () => JSON.stringify(mine))
    expect(await codeOf({ credentials: many })).toBe('credentials_too_many')
    expect(await codeOf({ until: now - 1 })).toBe('presentation_expired')
    expect(await codeOf({ challenge }, false)).toBe('key_missing')
    expect(await codeOf({ credentials: ['[]'] })).toBe('not_a_credential')
  })

  it('travels in a link as long as it is small', async () => {
    const presentation = await make({ challenge })
    const fragment = await presentationFragment(presentation)
    const packed = fragmentParts(`#${fragment}`).get('p') as string
    const { bytes } = presentationLimits
    const text = await unpackText(packed, { characters: 60_000, bytes })
    expect(JSON.parse(text)).toEqual(presentation)
    const noise = Array.from(crypto.getRandomValues(new Uint8Array(60_000)), (n) => n.toString(36))
    expect(await presentationFragment({ ...presentation, noise: noise.join('') })).toBeUndefined()
  })
})

describe('terms', () => {
  const presented = (...termsOfUse: readonly unknown[]): JsonObject => ({
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    termsOfUse: termsOfUse as never,
    verifiableCredential: [mine],
  })
  const term = (name: string, description: unknown) => ({
    type: `urn:rootmark:presentation:${name}`,
    description,
  })

  it.each([
    ['a number', term('until', 2030)],
    ['no time', term('until', 'tomorrow')],
    ['nothing', term('purpose', '')],
    ['too much', term('purpose', 'x'.repeat(1001))],
  ])('that say %s are refused', async (_, bad) => {
    expect(told(await match(presented(bad)))).toBe('invalid terms_malformed')
  })

  it('that contradict themselves are refused, and those of others passed over', async () => {
    const twice = presented(term('audience', audience), term('audience', 'https://other.example'))
    expect(told(await match(twice))).toBe('invalid terms_malformed')
    const others = presented({ type: 'urn:x:policy' })
    expect(readTerms(others)).toEqual({})
  })
})

describe('what a holder keeps', () => {
  const verified = async (document: JsonObject) => ({
    document,
    report: await verify(world, document),
  })

  it('shows how far they have got on a pathway, and what only an address ties to them', async () => {
    const held = [await verified(revoked), await verified(mine), await verified(mailed)]
    const asked = (credits: number, person: object) =>
      progressOf(pathway({ rule: { credits } }), held, { now, person })
    const all = asked(4, { did: holder.did, email: ada.email })
    expect([all.outcome, all.places.toSorted(), all.unproved]).toEqual(['met', [1, 2], []])
    const unknown = asked(6, { did: holder.did })
    expect([unknown.outcome, unknown.missing]).toEqual(['unmet', ['2 more ECTS']])
    expect(unknown.unproved).toEqual([mailed['id']])
    const other = asked(4, { did: 'did:x:bob', email: 'bob@example.org' })
    expect(other.places).toEqual([])
  })

  it('counts no award towards the pathway that it was awarded by', async () => {
    const way = pathway({ rule: { components: 2, label: 'anything' } })
    const { document } = await award(world, world.accounts.issuer, way, [mine])
    const held = [await verified(mine), await verified(document)]
    expect(held.map(({ report }) => report.verdict)).toEqual(['valid', 'valid'])
    const progress = progressOf(way, held, { now: now + day, person: {} })
    expect([progress.outcome, progress.places]).toEqual(['unmet', [0]])
    const other = pathway({ id: 'https://uni.example/pathways/other', rule: { components: 2 } })
    expect(progressOf(other, held, { now: now + day, person: {} }).outcome).toBe('met')
  })

  it('may be more than a rule is evaluated over', async () => {
    const one = await verified(mine)
    const held = Array.from({ length: 1000 }, (_, i) => {
      const document = { ...mine, id: `urn:x:${i}` }
      return { ...one, document }
    })
    const rule = { credits: 2, where: { achievements: ['https://uni.example/achievements/z'] } }
    const { outcome } = progressOf(pathway({ rule }), [...held, one], { now, person: {} })
    expect(outcome).toBe('unmet')
    expect(progressOf(pathway({ rule: { credits: 2 } }), held, { now, person: {} }).outcome).toBe(
      'met',
    )
  })

  it('is summed up from what verification returned', async () => {
    const held = [await verified(mine), await verified(mailed), await verified(revoked)]
    const { credits, claims } = competenciesOf(held, { now, person: { did: holder.did } })
    expect(claims.map(({ discount }) => discount)).toEqual([
      undefined,
      'holder_unproved',
      'not_valid',
    ])
    expect(credits).toMatchObject({ total: 2, counted: [{ at: 0, credits: 2 }] })
  })
})
