import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAchievement } from '../../core/achievement.ts'
import { canonicalize, type Json } from '../../core/canonical.ts'
import { type BatchTerms, makeCredential } from '../../core/credential.ts'
import {
  fill,
  packValues,
  shapeOf,
  templatesOf,
  unpackValues,
  valuesOf,
} from '../../core/credential-template.ts'
import type { Learner } from '../../core/learner.ts'
import { codeOf } from './thrown.ts'

const achievement = parseAchievement(
  {
    id: 'urn:uuid:6b0a2f3c-7a14-4f61-8f3b-000000000001',
    name: 'Data Analysis with Python',
    description: 'Clean, explore and model a data set.',
    achievementType: 'MicroCredential',
    criteria: { narrative: 'Pass the project and the exam.' },
    resultDescription: [{ id: 'urn:grade', name: 'Grade', resultType: 'LetterGrade' }],
  },
  '',
)
const terms: BatchTerms = {
  batchId: '7f5cbf53-2f4e-4e0e-9a57-000000000001',
  achievement: { ...achievement, id: achievement.id as string },
  issuer: { name: 'Example University', url: 'https://example.edu' },
  account: { chainId: 31337, address: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' },
  registry: '0x10AC6D2AC5D23A27c5e56b11a8948318b77487E3',
  baseUrl: 'https://credentials.example.edu',
  validFrom: '2026-06-01T12:00:00Z',
  validUntil: undefined,
}
const draw = (statusIndex: number) => ({
  id: 'urn:uuid:1f0e7c53-0000-4000-8000-0000000000aa',
  statusIndex,
  identitySalt: Uint8Array.from({ length: 16 }, (_, i) => i * 7 + statusIndex),
})

/** Whatever a text can hold, and what could be taken for a gap or for JSON. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).filter((text) => text.isWellFormed()),
  fc.constantFrom(
    '"},"revoked":false,{"',
    '\\',
    '\\u0022',
    '\n\t\u0000',
    '@0:name@',
    '@0:id@@1:did@',
    '4000000000',
    '\u2028\u2029',
    'José 👩🏽‍🎓',
    '‮fdp.exe',
    '$& $1 $$',
    'urn:uuid:00000000-0000-4000-8000-000000000000',
    '__proto__',
  ),
)
const learners: fc.Arbitrary<Learner> = fc.record(
  {
    name: hostileText,
    did: hostileText,
    email: hostileText,
    credits: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat()),
    result: hostileText,
    validFrom: hostileText,
    validUntil: hostileText,
  },
  { requiredKeys: ['name'] },
)

function expectSame(of: BatchTerms, learner: Learner, statusIndex: number): void {
  const credential = makeCredential(of, learner, draw(statusIndex))
  const template = templatesOf(of)(shapeOf(learner))
  const values = valuesOf(learner, draw(statusIndex))
  expect(fill(template.canonical, values)).toBe(canonicalize(credential))
  expect(fill(template.document, values)).toBe(JSON.stringify(credential))
  const id = draw(statusIndex).id
  expect(unpackValues(packValues(values), id, statusIndex)).toEqual(values)
}

describe('a filled template', () => {
  test('is the canonical form and the document of the credential, whatever a learner is called', () => {
    fc.assert(
      fc.property(learners, fc.nat({ max: 4_294_967_295 }), (learner, statusIndex) => {
        expectSame(terms, learner, statusIndex)
      }),
      { numRuns: 1500 },
    )
  })

  test('is so where the batch itself says what looks like a gap', () => {
    const hostile = fc.record({ name: hostileText, narrative: hostileText, until: fc.boolean() })
    fc.assert(
      fc.property(hostile, learners, ({ name, narrative, until }, learner) => {
        const named = {
          ...terms.achievement,
          name: `${name}@0:name@@1:id@`,
          criteria: { narrative },
        }
        const own = {
          ...terms,
          achievement: named,
          issuer: { ...terms.issuer, name: '@2:result@4000000000 70000000000.5' },
          validUntil: until ? '2030-01-01T00:00:00Z' : undefined,
        }
        expectSame(own, learner, 3)
      }),
      { numRuns: 300 },
    )
  })

  test('has the members of its learner and no others, for all 64 shapes', () => {
    const all: Learner = {
      name: 'Ada',
      did: 'did:key:z6Mk',
      email: 'ada@example.org',
      credits: 5,
      result: '1.0',
      validFrom: '2026-06-02T12:00:00Z',
      validUntil: '2029-06-02T12:00:00Z',
    }
    const members = ['did', 'email', 'credits', 'result', 'validFrom', 'validUntil'] as const
    const shapes = new Set<number>()
    for (let mask = 0; mask < 64; mask++) {
      const chosen = members.filter((_, bit) => (mask >> bit) & 1)
      const learner = {
        name: all.name,
        ...Object.fromEntries(chosen.map((member) => [member, all[member]])),
      } as Learner
      expectSame(terms, learner, mask)
      shapes.add(shapeOf(learner))
    }
    expect(shapes.size).toBe(64)
  })

  test('refuses half of a surrogate pair by name', () => {
    expect(codeOf(() => valuesOf({ name: 'a\ud800' }, draw(0)))).toBe('lone_surrogate')
  })

  test('is compiled once for each shape', () => {
    const templateOf = templatesOf(terms)
    expect(templateOf(2)).toBe(templateOf(2))
    expect(templateOf(2)).not.toBe(templateOf(3))
    const segments = templateOf(63).document
    expect(JSON.parse(JSON.stringify(segments)) as Json).toEqual(segments)
  })
})
