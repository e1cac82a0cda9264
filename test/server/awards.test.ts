import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkPresentationModel } from '../../core/data-model/presentation.ts'
import { sign, signerOf } from '../core/signers.ts'
import type { Document } from '../scripts/command.ts'
import { refusal, type Stage, setStage } from './stage.ts'

let stage: Stage
/** Credentials by name of learner, of two courses. */
const held: Record<string, string[]> = {}
const batches: string[] = []
let published: string
const learners = [
  { name: 'Ada', email: 'ada@example.org' },
  { name: 'Bob', email: 'bob@example.org', did: 'did:example:bob' },
  { name: 'Eve', email: 'eve@example.org' },
]
const pathway = {
  format: 'rootmark-pathway-1',
  name: 'Certificate in data',
  policy: 'award-suspended',
  achievement: {
    name: 'Certificate in data',
    description: 'Two courses.',
    criteria: { narrative: 'Both courses.' },
    achievementType: 'Certificate',
  },
  every: { issuers: 'any' },
  rule: { credits: 10 },
}

async function batch(name: string, who: readonly object[]): Promise<void> {
  const achievement = {
    id: `https://uni.example/${name}`,
    name,
    description: 'A course.',
    criteria: { narrative: 'Passed.' },
    creditsAvailable: 5,
  }
  const { body } = await stage.ask('POST /issuers/northfield/batches', {
    key: stage.key,
    json: { achievement, learners: who },
  })
  await anchor(body.id)
  batches.push(body.id)
  for (const { id, holder } of await credentialsOf(body.id)) {
    held[holder] = [...(held[holder] ?? []), id]
  }
}

async function anchor(id: string): Promise<void> {
  await stage.ask(`POST /batches/${id}/anchor`, { key: stage.key })
  await stage.service.catchUp()
}

async function credentialsOf(id: string): Promise<readonly { id: string; holder: string }[]> {
  return (await stage.ask(`GET /batches/${id}/credentials`, { key: stage.key })).body.credentials
}

const credential = async (id: string): Promise<Document> =>
  JSON.parse((await stage.ask(`GET /credentials/${id}`)).text)
const award = (json: object, query = '', headers = {}) =>
  stage.ask(`POST /issuers/northfield/awards${query}`, { key: stage.key, json, headers })

beforeAll(async () => {
  stage = await setStage()
  await batch('Statistics', learners)
  await batch('Charts', learners.slice(0, 2))
  const { body } = await stage.ask('POST /issuers/northfield/pathways', {
    key: stage.key,
    json: pathway,
  })
  published = body.id
}, 120_000)
afterAll(() => stage?.close())

describe('a published pathway', () => {
  it('has an address that gives, to everybody, the bytes that awards bind', async () => {
    const path = new URL(published).pathname
    const { status, body, headers } = await stage.ask(`GET ${path}`)
    expect([status, body.name, body.id]).toEqual([200, pathway.name, published])
    expect(headers['cache-control']).toContain('immutable')
    const list = await stage.ask('GET /issuers/northfield/pathways', { key: stage.key })
    expect(list.body.pathways).toMatchObject([{ id: published, policy: 'award-suspended' }])
    // Anybody finds it, by the DIDs that credentials name.
    const all = await stage.ask('GET /pathways')
    const did = expect.stringMatching(/^did:pkh:eip155:\d+:0x/)
    expect(all.body.pathways).toEqual([
      { id: published, name: pathway.name, issuer: { slug: 'northfield', id: did, account: did } },
    ])
    expect(all.headers['access-control-allow-origin']).toBe('*')
  })

  it('is refused where it is none, and needs a key', async () => {
    const post = (json: object, key = stage.key) =>
      stage.ask('POST /issuers/northfield/pathways', { key, json })
    expect(refusal(await post({ ...pathway, id: 'urn:x' }))).toBe('400 pathway_id_given')
    expect(refusal(await post({ ...pathway, rule: {} }))).toBe('400 pathway_malformed')
    expect(refusal(await post({ ...pathway, achievement: { name: 'x' } }))).toBe(
      '400 achievement_malformed',
    )
    const many = Array.from({ length: 10_000 }, () => ({ components: 1 }))
    expect(refusal(await post({ ...pathway, rule: { all: many } }))).toBe('400 pathway_too_large')
    expect(refusal(await post(pathway, 'rm_wrong'))).toBe('401 key_invalid')
    const unknown = '/pathways/00000000-0000-4000-8000-000000000000'
    expect(refusal(await stage.ask(`GET ${unknown}`))).toBe('404 pathway_unknown')
  })
})

describe('awards', () => {
  it('are previewed: who qualifies, and who misses what', async () => {
    const { status, body } = await award({ pathway: published, learners, batches }, '?preview')
    expect(status).toBe(200)
    expect(body.batch).toBeUndefined()
    expect(body.learners.map((one: Document) => [one.name, one.outcome, one.missing])).toEqual([
      ['Ada', 'qualifies', []],
      ['Bob', 'qualifies', []],
      ['Eve', 'misses', ['5 more ECTS']],
    ])
  })

  it('are issued in bulk to everybody who qualifies, anchored, and follow from their parts', async () => {
    const request = { pathway: published, learners, batches }
    const headers = { 'idempotency-key': 'awards of june' }
    const { status, body } = await award(request, '', headers)
    expect([status, body.batch.size]).toEqual([201, 2])
    const again = await award(request, '', headers)
    expect([again.status, again.body.batch.id]).toEqual([200, body.batch.id])
    expect(refusal(await award({ ...request, batches: [] }, '', headers))).toBe(
      '409 idempotency_key_reused',
    )
    await anchor(body.batch.id)
    const awards = await credentialsOf(body.batch.id)
    expect(awards.map(({ holder }) => holder).toSorted()).toEqual(['Ada', 'Bob'])
    for (const { id, holder } of awards) {
      const document = await credential(id)
      expect((await stage.ask('POST /verify', { json: document })).body.verdict).toBe('valid')
      const components = await Promise.all((held[holder] ?? []).map(credential))
      const { email } = learners.find(({ name }) => name === holder) as { email: string }
      const json = { award: document, components, person: { email } }
      const report = await stage.ask('POST /verify/stack', { json })
      expect(report.body, JSON.stringify(report.body.summary)).toMatchObject({
        verdict: 'valid',
        rule: 'met',
        pathway: { state: 'bound', id: published },
      })
      const swapped = {
        ...json,
        components: [components[0], await credential(held['Eve']?.[0] as string)],
      }
      expect((await stage.ask('POST /verify/stack', { json: swapped })).body.reason).toBe(
        'components_withheld',
      )
    }
  })

  it('are asked for everybody of the batches, who is whoever names a DID there', async () => {
    const { body } = await award({ pathway: published, batches }, '?preview')
    expect(body.learners.map((one: Document) => [one.name, one.outcome])).toEqual([
      ['Bob', 'qualifies'],
    ])
    // Ada and Eve, by their addresses alone.
    expect(body.unnamed).toBe(3)
    expect(refusal(await award({ pathway: published }))).toBe('400 learners_malformed')
  })

  it('take what a learner hands in, and nothing of anybody else', async () => {
    const [statistics, charts] = await Promise.all((held['Bob'] ?? []).map(credential))
    const eves = await credential(held['Eve']?.[0] as string)
    const ask = (learner: object) =>
      award({ pathway: published, learners: [learner] }, '?preview=true')
    const bob = learners[1] as object
    const whole = await ask({ ...bob, components: [statistics, charts, eves] })
    expect(whole.body.learners[0]).toMatchObject({
      outcome: 'qualifies',
      refused: [{ id: eves.id }],
    })
    const stolen = await ask({
      name: 'Eve',
      email: 'eve@example.org',
      components: [statistics, charts, eves],
    })
    expect(stolen.body.learners[0].outcome).toBe('misses')
    const forged = await ask({ ...bob, components: [statistics, { ...charts, name: 'Better' }] })
    expect(forged.body.learners[0].refused[0].why).toContain('[tampered]')
  })

  it('do not count what was revoked before', async () => {
    const [first] = held['Ada'] as string[]
    await stage.ask(`POST /credentials/${first}/suspend`, { key: stage.key })
    await stage.service.catchUp()
    const { body } = await award({ pathway: published, learners, batches }, '?preview')
    expect(body.learners[0]).toMatchObject({
      outcome: 'misses',
      refused: [{ why: expect.stringContaining('[suspended]') }],
    })
    await stage.ask(`POST /credentials/${first}/reinstate`, { key: stage.key })
    await stage.service.catchUp()
  })

  it('are refused where the request is bad, with the place', async () => {
    const [statistics] = await Promise.all((held['Bob'] ?? []).map(credential))
    const given = async (json: object) => {
      const answer = await award(json)
      return `${refusal(answer)} ${answer.body.pointer ?? ''}`
    }
    expect(await given({ learners })).toBe('400 pathway_malformed /pathway')
    expect(await given({ pathway: 'https://x.example/p', learners })).toBe(
      '400 pathway_unknown /pathway',
    )
    expect(await given({ pathway: published, learners: [] })).toBe(
      '400 learners_malformed /learners',
    )
    expect(await given({ pathway: published, learners: [{ name: 'X' }] })).toBe(
      '400 roster_invalid /learners',
    )
    expect(
      await given({
        pathway: published,
        learners,
        batches: ['00000000-0000-4000-8000-000000000000'],
      }),
    ).toBe('404 batch_unknown /batches/0')
    expect(await given({ pathway: published, learners, more: 1 })).toBe('400 member_unknown /more')
    expect(
      await given({ pathway: published, learners: [{ ...learners[0], components: [7] }] }),
    ).toBe('400 component_malformed /learners/0/components/0')
    expect(
      await given({ pathway: published, learners: [{ ...learners[0], components: [statistics] }] }),
    ).toBe('409 nobody_qualifies ')
    const odd = { ...pathway, id: 'urn:x:p', rule: { credits: '10' } }
    expect(await given({ pathway: odd, learners })).toBe(
      '400 pathway_malformed /pathway/rule/credits',
    )
  })
})

describe('statements of equivalence', () => {
  it('are issued, anchored and taken by a pathway that believes their issuer', async () => {
    const statements = [
      {
        from: 'https://uni.example/Charts',
        to: 'https://other.example/Graphics',
        comment: 'Same.',
      },
    ]
    const post = (json: object) =>
      stage.ask('POST /issuers/northfield/equivalences', { key: stage.key, json })
    const { status, body } = await post({ statements })
    expect(status).toBe(201)
    await anchor(body.id)
    const [row] = await credentialsOf(body.id)
    const statement = await credential(row?.id as string)
    expect((await stage.ask('POST /verify', { json: statement })).body.verdict).toBe('valid')
    const charts = await credential(held['Bob']?.[1] as string)
    const rule = { components: 1, where: { achievements: ['https://other.example/Graphics'] } }
    const ask = async (equivalences: object) => {
      const way = { ...pathway, id: 'urn:x:p', rule, equivalences }
      const who = { ...learners[1], components: [charts, statement] }
      return (await award({ pathway: way, learners: [who] }, '?preview')).body.learners[0].outcome
    }
    expect(await ask({ issuers: [statement.issuer.id] })).toBe('qualifies')
    expect(await ask({ issuers: ['did:example:other'] })).toBe('misses')
    expect(
      refusal(await post({ statements: [{ from: 'urn:a', to: 'urn:a', comment: 'x' }] })),
    ).toBe('400 equivalence_malformed')
  })
})

describe('POST /verify/match', () => {
  it('answers a requirement over HTTP, for a signed presentation or a known person', async () => {
    const requirement = {
      format: 'rootmark-requirement-1',
      name: 'Analyst',
      every: { issuers: 'any' },
      rule: { credits: 10 },
    }
    const presentation = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      verifiableCredential: await Promise.all((held['Ada'] ?? []).map(credential)),
    }
    expect(await checkPresentationModel(presentation)).toEqual([])
    const ask = (options: object, verifiablePresentation: object = presentation) =>
      stage.ask('POST /verify/match', { json: { verifiablePresentation, requirement, options } })
    const met = await ask({ person: { email: 'ada@example.org' } })
    expect(met.body).toMatchObject({ verdict: 'valid', outcome: 'met', requirement: 'Analyst' })
    expect((await ask({ person: { email: 'bob@example.org' } })).body.reason).toBe(
      'requirement_unmet',
    )
    const signer = await signerOf(5)
    const signed = await sign({ ...presentation, holder: signer.did }, signer, {
      proofPurpose: 'authentication',
      challenge: 'uAAECAw',
      domain: 'a.example',
    })
    const person = { email: 'ada@example.org' }
    expect(
      (await ask({ challenge: 'uAAECAw', domain: 'a.example', person }, signed)).body.verdict,
    ).toBe('valid')
    expect(
      (await ask({ challenge: 'uAAECAw', domain: 'b.example', person }, signed)).body.reason,
    ).toBe('domain_mismatch')
    for (const json of [{}, { requirement: [] }, { requirement, options: { person: {} } }]) {
      expect((await stage.ask('POST /verify/match', { json })).status).toBe(400)
    }
    const bad = await stage.ask('POST /verify/stack', { json: { award: 7 } })
    expect(refusal(bad)).toBe('400 body_malformed')
  })
})
