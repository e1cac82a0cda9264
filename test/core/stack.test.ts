import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { partOf } from '../../core/award.ts'
import { credentialAt } from '../../core/batch.ts'
import type { JsonObject } from '../../core/canonical.ts'
import { checkMeaningAndNames } from '../../core/data-model/linked-data.ts'
import { firstProblems } from '../../core/data-model/problem.ts'
import { checkRelatedResources } from '../../core/data-model/related-resource.ts'
import { checkOpenBadge } from '../../core/open-badges/badge.ts'
import type { Readers } from '../../core/verify.ts'
import { badgeBy, sign, signerOf } from './signers.ts'
import { award, bob, check, course, didOf, pathway, statement, zoe } from './stack-stage.ts'
import { rejectionOf } from './thrown.ts'
import { accredit, timeOf, wait, write } from './transaction.ts'
import { readersOf, trusting, verify } from './verifier.ts'
import { openWorld, type World } from './world.ts'

let world: World
let issuer: string
let other: string
let a: JsonObject
let b: JsonObject
let made: { document: JsonObject }
const way = pathway()

beforeAll(async () => {
  world = await openWorld()
  issuer = world.accounts.issuer
  other = world.accounts.newcomer
  a = (await course(world, issuer, 'a')).credentials[0] as JsonObject
  b = (await course(world, other, 'b')).credentials[0] as JsonObject
  made = await award(world, issuer, way, [a, b])
}, 60_000)
afterAll(() => world?.close())

const pathways = [way.document]
const given = (components: readonly JsonObject[], more: object = {}) =>
  check(world, { award: made.document, components, pathways, ...more })

/** Anchors, revokes and so on after `made`: each test makes what it ends itself. */
async function stackOf(policy: string) {
  const mine = pathway({ policy, id: `https://uni.example/pathways/${policy}` })
  const first = await course(world, issuer, 'a')
  const second = await course(world, other, 'b')
  const parts = [first.credentials[0], second.credentials[0]] as JsonObject[]
  const { document } = await award(world, issuer, mine, parts)
  const run = () => check(world, { award: document, components: parts, pathways: [mine.document] })
  const end = (name: string) => write(world, issuer, name, [issuer, first.batch.root, 0, [1n]])
  return { run, end, id: parts[0]?.['id'] as string }
}

describe('an award', () => {
  it('is a good Open Badge that means as linked data what it says, and so is a statement', async () => {
    const said = { from: 'urn:x:b', to: 'urn:x:a', comment: 'Same syllabus.' }
    for (const document of [made.document, await statement(world, issuer, said)]) {
      expect(checkOpenBadge(document)).toEqual([])
      expect(firstProblems(checkRelatedResources(document))).toEqual([])
      expect(await checkMeaningAndNames(document)).toEqual([])
    }
  })

  it('follows from parts of two issuers that came along', async () => {
    const report = await given([b, a])
    expect(report).toMatchObject({
      verdict: 'valid',
      reason: 'valid',
      rule: 'met',
      pathway: { state: 'bound', policy: 'award-suspended', name: 'Certificate' },
      parts: [
        { id: a['id'], state: 'verified', holder: 'same' },
        { id: b['id'], state: 'verified', holder: 'same' },
      ],
      strangers: [],
      notes: [],
    })
    expect(report.summary).toContain('2 of 2 verified')
  })

  it('says in its own report of which parts it claims to be made, and that none was looked at', async () => {
    const { award: told } = await verify(world, made.document)
    const parts = [a['id'], b['id']]
    expect(told).toEqual({ pathway: way.id, policy: 'award-suspended', parts })
    expect((await verify(world, a)).award).toBeUndefined()
    const odd = { ...made.document, relatedResource: [] }
    expect((await verify(world, odd)).award).toEqual({
      problem: expect.stringContaining('does not bind its pathway'),
    })
  })

  it('is checked by the pathway at its address, too', async () => {
    const readers = readersOf(world, { [way.id]: way.document })
    const report = await check(world, { award: made.document, components: [a, b] }, { readers })
    expect(report.verdict).toBe('valid')
  })

  it('is not said to follow from parts that are withheld', async () => {
    const report = await given([a])
    expect([report.verdict, report.reason]).toEqual(['indeterminate', 'components_withheld'])
    expect(report.parts.map(({ state }) => state)).toEqual(['verified', 'bound'])
    expect((await given([])).reason).toBe('components_withheld')
    const without = await check(world, { award: made.document, components: [a, b] })
    expect([without.verdict, without.reason, without.rule]).toEqual([
      'indeterminate',
      'pathway_withheld',
      'unchecked',
    ])
  })

  it('does without a part that the rule does not need, and says so', async () => {
    const mine = pathway({ rule: { credits: 2 } })
    const { document } = await award(world, issuer, mine, [a, b])
    const report = await check(world, {
      award: document,
      components: [a],
      pathways: [mine.document],
    })
    expect(report.verdict).toBe('valid')
    expect(report.notes).toEqual([`${b['id']} is only bound by its digest.`])
  })
})

describe('an award is found out', () => {
  it('where a part was forged', async () => {
    const forged = { ...a, name: 'Course a, with distinction' }
    const report = await given([forged, b])
    expect([report.verdict, report.reason]).toEqual(['invalid', 'component_differs'])
    expect(report.parts[0]).toMatchObject({ state: 'differs' })
    // Bound as it is: the award is made of a forgery.
    const { document } = await award(world, issuer, way, [forged, b])
    const bound = await check(world, { award: document, components: [forged, b], pathways })
    expect([bound.verdict, bound.reason, bound.parts[0]?.code]).toEqual([
      'invalid',
      'component_invalid',
      'tampered',
    ])
  })

  it('where parts were swapped, or the digest fits another document', async () => {
    const c = (await course(world, issuer, 'c')).credentials[0] as JsonObject
    const both = await given([{ ...a, name: 'Better' }, a, b])
    expect([both.verdict, both.notes.join()]).toEqual([
      'valid',
      expect.stringContaining('Another document came under the id'),
    ])
    const swapped = await given([c, b])
    expect([swapped.verdict, swapped.reason]).toEqual(['indeterminate', 'components_withheld'])
    expect(swapped.strangers).toEqual([c['id']])
    const misbound = { id: a['id'] as string, digest: partOf(c).digest }
    const { document } = await award(world, issuer, way, [misbound, b])
    for (const components of [
      [a, b],
      [{ ...c, id: a['id'] as string }, b],
    ]) {
      const report = await check(world, { award: document, components, pathways })
      expect([report.verdict, report.reason]).toEqual(['invalid', 'component_differs'])
    }
  })

  it('where the award was altered, revoked, or its parts exchanged', async () => {
    const resources = (made.document['relatedResource'] as JsonObject[]).slice(0, 2)
    const report = await check(world, {
      award: { ...made.document, relatedResource: resources },
      components: [a],
      pathways,
    })
    expect([report.verdict, report.reason]).toEqual(['invalid', 'tampered'])
    const { batch, document } = await award(world, issuer, way, [a, b])
    await write(world, issuer, 'revoke', [issuer, batch.root, 0, [1n]])
    const revoked = await check(world, { award: document, components: [a, b], pathways })
    expect([revoked.verdict, revoked.reason]).toEqual(['invalid', 'revoked'])
  })

  it('where a component is of another holder', async () => {
    const bobs = (await course(world, issuer, 'x', { learners: [bob] }))
      .credentials[0] as JsonObject
    const { document } = await award(world, issuer, way, [bobs, b])
    const report = await check(world, { award: document, components: [bobs, b], pathways })
    expect([report.verdict, report.reason]).toEqual(['invalid', 'component_of_other_holder'])
    // Without DIDs nothing in them tells; the verifier who knows the address does.
    const [mail, hers] = [
      { name: 'Zoë', email: 'zoe@example.org' },
      { name: 'Z. A.', email: 'ZOE@example.org'.toLowerCase() },
    ]
    const his = { name: 'Zoë', email: 'bob@example.org' }
    const x = (await course(world, issuer, 'x', { learners: [his] })).credentials[0] as JsonObject
    const y = (await course(world, issuer, 'y', { learners: [hers] })).credentials[0] as JsonObject
    const second = await award(world, issuer, way, [x, y], { learners: [mail] })
    const stack = { award: second.document, components: [x, y], pathways }
    const blind = await check(world, stack)
    expect(blind.parts.map(({ holder }) => holder)).toEqual(['unproved', 'unproved'])
    expect(blind.notes.join()).toContain("is the word of the award's issuer")
    const knowing = await check(world, stack, { person: { email: 'zoe@example.org' } })
    expect(knowing.parts.map(({ holder }) => holder)).toEqual(['other', 'same'])
    expect(knowing.reason).toBe('component_of_other_holder')
    const shown = await check(world, stack, { person: { email: 'eve@example.org' } })
    expect(shown.reason).toBe('award_of_other_holder')
  })

  it('where one course counts under two ids', async () => {
    const again = (await course(world, issuer, 'a')).credentials[0] as JsonObject
    const { document } = await award(world, issuer, way, [a, again])
    const report = await check(world, { award: document, components: [a, again], pathways })
    expect([report.verdict, report.reason]).toEqual(['invalid', 'rule_unmet'])
    expect(report.missing).toEqual(['2 more ECTS'])
    expect(report.asides[0]?.why).toContain('the same achievement')
  })

  it('where the pathway was changed after it', async () => {
    const easier = { ...way.document, rule: { credits: 1 } }
    const stack = { award: made.document, components: [a, b] }
    const report = await check(world, { ...stack, pathways: [easier] })
    expect([report.verdict, report.reason, report.rule]).toEqual([
      'invalid',
      'pathway_differs',
      'unchecked',
    ])
    const readers = readersOf(world, { [way.id]: easier })
    const online = await check(world, stack, { readers })
    expect([online.verdict, online.reason]).toEqual(['indeterminate', 'pathway_changed'])
  })

  it('where a component came after it', async () => {
    const later = await course(world, issuer, 'later', {
      request: { validFrom: '2026-03-01T00:00:00Z' },
    })
    const dated = later.credentials[0] as JsonObject
    const before = { validFrom: '2026-02-01T00:00:00Z' }
    const { document } = await award(world, issuer, way, [dated, b], before)
    const report = await check(world, { award: document, components: [dated, b], pathways })
    expect(report.asides[0]?.why).toBe('it begins after the award')
    expect(report.notes[0]).toMatch(/^The award dates itself 2026-02-01T00:00:00Z/)
    expect(report.reason).toBe('rule_unmet')
  })

  it('where it is circular, however deep, and where it is too deep', async () => {
    const mine = pathway({ rule: { components: 1 } })
    const own = { id: 'urn:uuid:00000000-0000-4000-8000-000000000001', digest: new Uint8Array(32) }
    const first = await award(world, issuer, mine, [a])
    const self = { ...partOf(first.document), digest: own.digest }
    const second = await award(world, issuer, mine, [self])
    const loop = await award(world, issuer, mine, [partOf(second.document)])
    const stack = { award: loop.document, components: [second.document, first.document, a] }
    const report = await check(world, { ...stack, pathways: [mine.document] })
    expect([report.verdict, report.reason]).toEqual(['invalid', 'component_invalid'])
    expect(report.parts[0]?.stack?.reason).toBe('component_differs')
    // A hundred awards within one another, each the only part of the next.
    let last = a
    const tower: JsonObject[] = []
    for (let i = 0; i < 100; i++) {
      const { document } = await award(world, issuer, mine, [last], {})
      tower.push(last)
      last = document
    }
    const deep = await check(world, { award: last, components: tower, pathways: [mine.document] })
    expect(deep.verdict).toBe('indeterminate')
    expect(deep.reason).toBe('stack_too_deep')
    const shallow = await check(world, {
      award: tower[3] as JsonObject,
      components: tower.slice(0, 3),
      pathways: [mine.document],
    })
    expect(shallow.verdict).toBe('valid')
  }, 60_000)

  it('where it says that it is a part of itself', async () => {
    const id = made.document['id'] as string
    const resources = made.document['relatedResource'] as JsonObject[]
    const [first, second] = resources as [JsonObject, JsonObject]
    const document = { ...made.document, relatedResource: [first, { ...second, id }] }
    const report = await check(world, { award: document, components: [made.document], pathways })
    expect(report.verdict).toBe('invalid')
    expect(report.parts).toEqual([])
  })

  it.each<readonly [string, (resources: JsonObject[]) => JsonObject]>([
    ['no digest', ([first]) => ({ relatedResource: [first as JsonObject, { id: 'urn:x' }] })],
    ['a part twice', (list) => ({ relatedResource: [...list, list[1] as JsonObject] })],
    ['no pathway bound', (list) => ({ relatedResource: list.slice(1) })],
    [
      'a thousand parts',
      ([first]) => ({
        relatedResource: Array.from({ length: 1000 }, (_, i) => ({ ...first, id: `urn:${i}` })),
      }),
    ],
    [
      'an unknown policy',
      () => ({ termsOfUse: [{ id: way.id, type: 'urn:rootmark:pathway:award-vanishes' }] }),
    ],
    [
      'two pathways',
      () => ({
        termsOfUse: [1, 2].map((i) => ({
          id: `urn:${i}`,
          type: 'urn:rootmark:pathway:award-stands',
        })),
      }),
    ],
  ])('where it is malformed: %s', async (_, change) => {
    const document = {
      ...made.document,
      ...change(made.document['relatedResource'] as JsonObject[]),
    }
    const error = await rejectionOf(check(world, { award: document, components: [a, b], pathways }))
    expect(error.code).toMatch(/^(award|digest)_malformed$/)
  })

  it('where it is no award at all, or too much comes with it', async () => {
    expect((await rejectionOf(check(world, { award: a, components: [] }))).code).toBe(
      'not_an_award',
    )
    const many = Array.from({ length: 121 }, () => a)
    expect((await rejectionOf(given(many))).code).toBe('components_too_many')
    const ways = Array.from({ length: 21 }, () => way.document)
    expect((await rejectionOf(given([a], { pathways: ways }))).code).toBe('pathways_too_many')
    const report = await given([a, b, 'no credential' as never])
    expect([report.verdict, report.notes.length]).toEqual(['valid', 1])
  })
})

describe('a component that was ended after the award', () => {
  it.each<readonly [string, string, string, string]>([
    ['award-stands', 'revoke', 'valid', 'valid'],
    ['award-suspended', 'revoke', 'invalid', 'award_suspended'],
    ['award-revoked', 'revoke', 'invalid', 'award_revoked'],
    ['award-stands', 'suspend', 'valid', 'valid'],
    ['award-suspended', 'suspend', 'invalid', 'award_suspended'],
    ['award-revoked', 'suspend', 'invalid', 'award_suspended'],
  ])('counts by the policy %s: %s', async (policy, ending, verdict, reason) => {
    const { run, end, id } = await stackOf(policy)
    expect((await run()).reason).toBe('valid')
    await wait(world, 10)
    await end(ending)
    const report = await run()
    expect([report.verdict, report.reason, report.rule]).toEqual([verdict, reason, 'met'])
    expect(report.parts.find((part) => part.id === id)?.state).toBe('ended')
    expect(report.notes.join()).toContain(
      `${id} is ${ending === 'revoke' ? 'revoked' : 'suspended'}`,
    )
    if (ending === 'suspend') {
      await end('reinstate')
      expect((await run()).reason).toBe('valid')
    }
  })

  it.each(['revoke', 'suspend', 'withdraw'])(
    'did not count where it was ended before the award: %s',
    async (ending) => {
      const mine = pathway({ policy: 'award-stands', rule: { credits: 4 } })
      const first = await course(world, issuer, 'early', { learners: [bob, zoe] })
      const hers = first.credentials[1] as JsonObject
      const index = first.batch.entries.findIndex(
        ({ credential }) => credential['id'] === hers['id'],
      )
      const args = ending === 'withdraw' ? [] : [0, [1n << BigInt(index)]]
      await write(world, issuer, ending, [issuer, first.batch.root, ...args])
      await wait(world, 10)
      const { document } = await award(world, issuer, mine, [hers, b])
      const stack = { award: document, components: [hers, b], pathways: [mine.document] }
      const report = await check(world, stack)
      expect([report.verdict, report.reason]).toEqual(['invalid', 'component_ended_before'])
      expect(report.parts[0]).toMatchObject({ state: 'ended', endedBefore: true })
      // An endpoint without logs leaves it open, and the report says so.
      const readers = readersOf(world)
      const blind: Readers = {
        ...readers,
        chain: (id) => {
          const chain = readers.chain(id)
          const request = async (call: { method: string }) => {
            if (call.method === 'eth_getLogs') throw new Error('block range too large')
            return chain?.provider.request(call)
          }
          return chain && { ...chain, provider: { request } }
        },
      }
      const open = await check(world, stack, { readers: blind })
      expect(open.verdict).toBe('valid')
      expect(open.notes.join()).toContain('its standing alone does not tell')
    },
  )

  it('does not matter where the rule holds without it, and is told', async () => {
    const mine = pathway({ rule: { credits: 2 }, policy: 'award-revoked' })
    const first = await course(world, issuer, 'a')
    const parts = [first.credentials[0] as JsonObject, b]
    const { document } = await award(world, issuer, mine, parts)
    await write(world, issuer, 'revoke', [issuer, first.batch.root, 0, [1n]])
    const report = await check(world, {
      award: document,
      components: parts,
      pathways: [mine.document],
    })
    expect(report.verdict).toBe('valid')
    expect(report.summary).toContain('1 ended since')
    expect(report.notes[0]).toContain('is revoked')
  })

  it('leaves open what withheld parts could mend', async () => {
    const first = await course(world, issuer, 'a')
    const mine = pathway({ rule: { credits: 2 }, policy: 'award-revoked' })
    const parts = [first.credentials[0] as JsonObject, b]
    const { document } = await award(world, issuer, mine, parts)
    await write(world, issuer, 'revoke', [issuer, first.batch.root, 0, [1n]])
    const stack = { award: document, components: parts.slice(0, 1), pathways: [mine.document] }
    expect((await check(world, stack)).reason).toBe('components_withheld')
  })

  it('reaches an award over an award', async () => {
    const { accounts } = world
    const inner = pathway({ id: 'urn:x:inner', policy: 'award-revoked', rule: { components: 1 } })
    const first = await course(world, accounts.issuer, 'a')
    const leaf = first.credentials[0] as JsonObject
    const middle = (await award(world, issuer, inner, [leaf])).document
    const outer = pathway({ id: 'urn:x:outer', rule: { components: 1 } })
    const top = (await award(world, issuer, outer, [middle])).document
    const run = (components: readonly JsonObject[]) =>
      check(world, { award: top, components, pathways: [inner.document, outer.document] })
    expect((await run([middle, leaf])).reason).toBe('valid')
    expect((await run([middle])).reason).toBe('components_withheld')
    await write(world, issuer, 'revoke', [issuer, first.batch.root, 0, [1n]])
    const report = await run([middle, leaf])
    expect([report.reason, report.parts[0]?.code]).toEqual(['award_suspended', 'award_revoked'])
  })

  it('has expired: that was no end when it counted', async () => {
    const now = (await timeOf(world)) * 1000
    const validUntil = new Date(now + 3600_000).toISOString()
    const short = (await course(world, issuer, 's', { request: { validUntil } })).credentials
    const { document } = await award(world, issuer, way, [short[0] as JsonObject, b])
    const stack = { award: document, components: [short[0] as JsonObject, b], pathways }
    const later = await check(world, stack, { now: now + 7200_000 })
    expect(later.verdict).toBe('valid')
    expect(later.notes.join()).toContain('has expired since the award')
  })
})

describe('parts that are not ours', () => {
  it('count where the rule takes plain badges, and one without a status only where it says so', async () => {
    const signer = await signerOf(7)
    const plain = (members: JsonObject) =>
      sign(
        badgeBy(signer.did, {
          validUntil: '2036-01-01T00:00:00Z',
          validFrom: '2026-01-01T00:00:00Z',
          credentialSubject: {
            ...(badgeBy(signer.did)['credentialSubject'] as JsonObject),
            id: zoe.did as string,
          },
          ...members,
        }),
        signer,
      )
    const foreign = await plain({})
    const tryRule = async (where: object) => {
      const mine = pathway({ rule: { components: 1, where }, every: { issuers: [signer.did] } })
      const { document } = await award(world, issuer, mine, [foreign], {
        validFrom: '2026-06-01T00:00:00Z',
      })
      return check(world, { award: document, components: [foreign], pathways: [mine.document] })
    }
    expect((await tryRule({})).asides[0]?.why).toBe('it is signed and not anchored')
    expect((await tryRule({ plain: true })).asides[0]?.why).toContain('it names no status')
    const report = await tryRule({ plain: true, withoutStatus: true })
    expect(report.verdict).toBe('valid')
    expect(report.notes.join()).toContain(
      'names no status: whether it was revoked since, nobody can tell',
    )
  })

  it('are verified by their signatures, fifty of them in one stack', async () => {
    const signer = await signerOf(8)
    const subject = badgeBy(signer.did)['credentialSubject'] as JsonObject
    const badges = await Promise.all(
      Array.from({ length: 50 }, (_, i) => {
        const id = `https://badges.example/${i}`
        const achievement = { ...(subject['achievement'] as JsonObject), id }
        const credentialSubject = { ...subject, id: zoe.did as string, achievement }
        const validFrom = '2026-01-01T00:00:00Z'
        return sign(
          badgeBy(signer.did, { id: `urn:uuid:${i}`, validFrom, credentialSubject }),
          signer,
        )
      }),
    )
    const where = { plain: true, withoutStatus: true }
    const mine = pathway({ rule: { components: 50, where }, every: { issuers: [signer.did] } })
    const { document } = await award(world, issuer, mine, badges)
    const stack = { award: document, components: badges, pathways: [mine.document] }
    expect((await check(world, stack)).reason).toBe('valid')
    const last = badges[49] as JsonObject
    const forged = { ...last, proof: (badges[48] as JsonObject)['proof'] as JsonObject }
    const one = await check(world, { ...stack, components: [...badges.slice(0, 49), forged] })
    expect([one.reason, one.parts[49]?.code]).toEqual(['component_invalid', 'signature_invalid'])
  })

  it('count as another achievement by the word of whom the pathway believes', async () => {
    const said = {
      from: 'https://uni.example/achievements/b',
      to: 'https://uni.example/achievements/z',
      comment: 'Same syllabus, compared in 2026.',
    }
    const word = await statement(world, world.accounts.agency, said)
    const mine = pathway({
      rule: { components: 1, where: { achievements: [said.to] } },
      equivalences: { issuers: [didOf(world.accounts.agency)] },
    })
    const { document } = await award(world, issuer, mine, [b, word])
    const run = (components: readonly JsonObject[], chosen = mine) =>
      check(world, { award: document, components, pathways: [chosen.document] })
    const report = await run([b, word])
    expect(report.verdict).toBe('valid')
    expect(report.parts[1]).toMatchObject({ kind: 'statement', state: 'verified' })
    expect(report.clause?.components[0]?.by).toMatchObject({
      from: said.from,
      to: said.to,
      by: { id: didOf(world.accounts.agency) },
    })
    expect((await run([b])).reason).toBe('components_withheld')
    const strict = pathway({ ...mine.document, equivalences: { issuers: [didOf(other)] } })
    const refused = await award(world, issuer, strict, [b, word])
    const stack = { award: refused.document, components: [b, word], pathways: [strict.document] }
    expect((await check(world, stack)).reason).toBe('rule_unmet')
  })
})

describe('a stack of fifty', () => {
  const codes = Array.from({ length: 50 }, (_, i) => `fifty-${i}`)
  let parts: JsonObject[]
  let top: JsonObject
  const large = pathway({ id: 'https://uni.example/pathways/fifty', rule: { credits: 100 } })
  const calls: string[] = []

  beforeAll(async () => {
    const { ministry } = world.accounts
    await accredit(world, ministry, { subject: issuer, name: 'University' })
    await accredit(world, ministry, { subject: other, name: 'College' })
    parts = []
    for (const [i, code] of codes.entries()) {
      const by = i % 3 === 0 ? other : issuer
      parts.push((await course(world, by, code)).credentials[0] as JsonObject)
    }
    top = (await award(world, issuer, large, parts)).document
    // So that the last anchor is not in the newest second, of which the registry would be asked once more.
    await wait(world, 5)
  }, 60_000)

  function counting(): Readers {
    calls.length = 0
    const readers = readersOf(world)
    return {
      ...readers,
      chain: (id) => {
        const chain = readers.chain(id)
        const request = (call: { method: string; params?: readonly unknown[] }) => {
          calls.push(call.method)
          return (chain as NonNullable<typeof chain>).provider.request(call)
        }
        return chain && { ...chain, provider: { request } }
      },
    }
  }
  const trust = () =>
    trusting(world, { rootAccreditors: [{ account: world.accounts.ministry, name: 'Ministry' }] })
  const run = (components: readonly JsonObject[]) =>
    check(
      world,
      { award: top, components, pathways: [large.document] },
      { readers: counting(), trust: trust() },
    )

  it('of fifty batches of two issuers is verified with three calls of contracts, and reports as each alone', async () => {
    const report = await run(parts)
    expect(report.verdict).toBe('valid')
    expect(report.parts.filter(({ state }) => state === 'verified')).toHaveLength(50)
    expect(calls.filter((method) => method === 'eth_call')).toHaveLength(3)
    // Beside them: the chain id, the newest block, and the one that is final.
    expect(calls).toHaveLength(6)
    const alone = await check(world, { award: top, components: [] }, { trust: trust() })
    expect(report.award).toEqual(alone.award)
    for (const [i, part] of report.parts.slice(0, 4).entries()) {
      const own = await verify(world, parts[i], { trust: trust() })
      expect(part.report).toEqual(own)
      expect(own.anchor?.finality).toBe('finalized')
    }
  })

  it('is invalid for one bad among them, which is named', async () => {
    const bad: JsonObject = { ...(parts[17] as JsonObject), name: 'Better' }
    const report = await run(parts.map((part, i) => (i === 17 ? bad : part)))
    expect([report.verdict, report.reason]).toEqual(['invalid', 'component_differs'])
    expect(report.summary).toContain(bad['id'] as string)
    const missing = await run(parts.slice(1))
    expect([missing.reason, missing.parts[0]?.state]).toEqual(['components_withheld', 'bound'])
  })
})

describe('credentials that are known from one call', () => {
  it('get the reports that they get alone, whatever their state', async () => {
    const { batch } = await course(world, issuer, 'many', {
      learners: Array.from({ length: 5 }, (_, i) => ({ name: `N ${i}`, email: `n${i}@x.example` })),
    })
    await write(world, issuer, 'revoke', [issuer, batch.root, 0, [2n]])
    await write(world, issuer, 'suspend', [issuer, batch.root, 0, [4n]])
    const all = batch.entries.map((_, i) => credentialAt(batch, i))
    const parts = [...all, { ...(all[3] as JsonObject), name: 'Forged' }].slice(0, 5)
    const any = pathway({ rule: { components: 1 } })
    const { document } = await award(world, issuer, any, parts)
    const report = await check(world, {
      award: document,
      components: parts,
      pathways: [any.document],
    })
    expect(report.parts.map(({ code }) => code)).toEqual([
      'valid',
      'revoked',
      'suspended',
      'valid',
      'valid',
    ])
  })
})
