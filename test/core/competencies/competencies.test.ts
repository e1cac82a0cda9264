import { describe, expect, it } from 'vitest'
import { competenciesOf } from '../../../core/competencies/competencies.ts'
import { badge, verified } from './badges.ts'

const now = Date.parse('2026-06-01T00:00:00Z')
const esco = 'http://data.europa.eu/esco/skill/'
const uuid = '11111111-2222-4333-8444-555555555555'

const aligned = (...alignment: readonly object[]) => ({
  achievement: { alignment: alignment as never },
})
const skill = (targetUrl: string, targetName: string, more: object = {}) => ({
  type: ['Alignment'],
  targetUrl,
  targetName,
  ...more,
})
const level = (eqf: number) =>
  skill(`http://data.europa.eu/snb/eqf/${eqf}`, `EQF ${eqf}`, { targetFramework: 'EQF' })

describe('the claims', () => {
  it('name each credential with its verdict, and why it counts for nothing', () => {
    const { claims, credits } = competenciesOf(
      [
        verified(badge('a')),
        verified(badge('b', { achievement: { creditsAvailable: 5 } }), {
          verdict: 'invalid',
          reason: 'revoked',
        }),
        verified(badge('c'), { verdict: 'indeterminate', reason: 'chain_unreadable' }),
        verified(badge('a', { id: 'urn:x:again' })),
        verified(
          badge('d', { document: { type: ['VerifiableCredential', 'EndorsementCredential'] } }),
        ),
        verified(badge('e', { subject: { achievement: [] } })),
      ],
      { now },
    )
    expect(claims.map(({ reason, discount, sameAs }) => [reason, discount, sameAs])).toEqual([
      ['valid', undefined, undefined],
      ['revoked', 'not_valid', undefined],
      ['chain_unreadable', 'not_valid', undefined],
      ['valid', 'same_component', 0],
      ['valid', 'statement', undefined],
      ['valid', 'no_achievement', undefined],
    ])
    expect(claims[0]).toMatchObject({ at: 0, id: 'urn:x:a', name: 'a', holder: 'unproved' })
    expect(credits.total).toBe(0)
  })

  it('are the person’s own where the verifier knows who presents', () => {
    const of = (name: string, id: string) => badge(name, { subject: { id } })
    const { claims } = competenciesOf(
      [
        verified(of('a', 'did:example:ada')),
        verified(of('b', 'did:example:bob')),
        verified(badge('c')),
      ],
      { now, person: { did: 'did:example:ada' } },
    )
    expect(claims.map(({ holder, discount }) => [holder, discount])).toEqual([
      ['same', undefined],
      ['other', 'of_another'],
      ['unproved', 'holder_unproved'],
    ])
  })
})

describe('skills and levels', () => {
  it('are grouped by framework, with the credentials behind each', () => {
    const own = skill('https://uni.example/skills/7', 'Charts', { targetFramework: 'House list' })
    const { frameworks, levels } = competenciesOf(
      [
        verified(badge('a', aligned(own, skill(esco + uuid, 'statistics'), level(6)))),
        verified(
          badge('b', aligned(skill(`${esco}${uuid.toUpperCase()}`, 'statistics'), level(5))),
        ),
        verified(
          badge('c', aligned(skill('https://x.example/1', 'Lies', { targetFramework: 'ESCO' }))),
        ),
        verified(badge('d', aligned(skill(esco + uuid, 'statistics'))), {
          verdict: 'invalid',
          reason: 'revoked',
        }),
      ],
      { now },
    )
    const [first, ...others] = frameworks
    expect(first).toMatchObject({ framework: 'ESCO', recognised: 'ESCO' })
    expect(first?.skills).toEqual([
      { name: 'statistics', url: esco + uuid, code: uuid, by: [0, 1], eqf: 6 },
    ])
    const named = others.map(({ framework, recognised, skills }) => [
      framework,
      recognised,
      skills.map(({ name }) => name),
    ])
    expect(named).toContainEqual(['House list', undefined, ['Charts']])
    expect(named.at(-1)).toEqual([undefined, undefined, ['Lies']])
    expect(levels).toEqual([
      { eqf: 6, by: [0] },
      { eqf: 5, by: [1] },
    ])
  })

  it('are no more than are shown, however many a credential names', () => {
    const many = (from: number) =>
      aligned(...Array.from({ length: 3000 }, (_, i) => skill(`urn:x:${from + i}`, `${from + i}`)))
    const { frameworks } = competenciesOf(
      [verified(badge('a', many(0))), verified(badge('b', many(1000)))],
      { now },
    )
    expect(frameworks[0]?.skills).toHaveLength(4000)
    const over = competenciesOf(
      [verified(badge('a', many(0))), verified(badge('b', many(10_000)))],
      { now },
    )
    expect(over.frameworks[0]?.skills).toHaveLength(5000)
  })
})

describe('the time line', () => {
  const at = (day: string) => `${day}T00:00:00Z`
  const dated = (name: string, from: string, until?: string, subject: object = {}) =>
    badge(name, {
      document: { validFrom: at(from), validUntil: until ? at(until) : undefined } as never,
      subject: subject as never,
    })
  const lineOf = (...documents: readonly ReturnType<typeof badge>[]) =>
    competenciesOf(
      documents.map((document) => {
        const until = document['validUntil']
        const isOver = typeof until === 'string' && Date.parse(until) < now
        return verified(document, isOver ? { verdict: 'invalid', reason: 'expired' } : {})
      }),
      { now },
    ).timeline

  it('shows gaps of more than a year between what was learned, up to now', () => {
    const began = { activityStartDate: at('2022-01-10') }
    const { entries, gaps } = lineOf(
      dated('b', '2022-06-01', undefined, began),
      dated('a', '2020-03-01'),
      dated('c', '2022-12-01'),
    )
    expect(entries.map((one) => one.at)).toEqual([1, 0, 2])
    const text = (time: number) => new Date(time).toISOString().slice(0, 10)
    expect(gaps.map(({ from, until }) => [text(from), text(until)])).toEqual([
      ['2020-03-01', '2022-01-10'],
      ['2022-12-01', '2026-06-01'],
    ])
  })

  it('shows what lapsed, and what renewed it', () => {
    const { lapses, entries } = lineOf(
      dated('aid', '2020-01-01', '2022-01-01'),
      { ...dated('aid', '2022-07-01', '2024-07-01'), id: 'urn:x:second' },
      dated('other', '2025-01-01', '2026-01-01'),
    )
    expect(entries).toHaveLength(3)
    expect(lapses).toEqual([
      {
        at: 0,
        from: Date.parse(at('2022-01-01')),
        until: Date.parse(at('2022-07-01')),
        renewedBy: 1,
      },
      { at: 1, from: Date.parse(at('2024-07-01')), until: now },
      { at: 2, from: Date.parse(at('2026-01-01')), until: now },
    ])
  })

  it('leaves out what is not genuine, and takes no time that is none', () => {
    const odd = badge('a', { document: { awardedDate: 'yesterday' } })
    const forged = verified(badge('b'), { verdict: 'invalid', reason: 'digest_mismatch' })
    const { timeline } = competenciesOf([verified(odd), forged], { now })
    expect(timeline.entries).toMatchObject([{ at: 0, awardedAt: Date.parse(at('2026-05-01')) }])
  })
})
