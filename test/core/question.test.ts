import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fragmentParts, packText, unpackText } from '../../core/packed-link.ts'
import { parseRequirement } from '../../core/pathway/pathway.ts'
import {
  openQuestion,
  parseQuestion,
  type Question,
  questionDocument,
  questionFragment,
} from '../../core/question.ts'
import { codeOf, rejectionOf } from './thrown.ts'

const limits = { characters: 10_000, bytes: 10_000 }
const document = JSON.parse(readFileSync('examples/pathway/requirement.json', 'utf8'))
const question: Question = {
  requirement: parseRequirement(document),
  challenge: 'a challenge of ours'.replaceAll(' ', '-'),
  domain: 'https://quayside.example',
  until: Date.UTC(2026, 11, 31),
}

describe('a packed link', () => {
  it('gives back any text', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
        expect(await unpackText(await packText(text), limits)).toBe(text)
      }),
      { numRuns: 40 },
    ))

  it('is refused cut, changed, of another version, or as a bomb, which is not unpacked', async () => {
    const whole = await packText(JSON.stringify(document))
    const changed = whole.replace(/(?<=^.{40})./, (sign) => (sign === 'A' ? 'B' : 'A'))
    const bomb = `1.${deflateSync(Buffer.alloc(20_000_000)).toString('base64url')}`
    const ofHalfSigns = `1.${deflateSync(Uint8Array.of(0xff, 0x41)).toString('base64url')}`
    const cases: readonly (readonly [string, string])[] = [
      [whole.slice(0, -3), 'link_malformed'],
      [`${whole}A`, 'link_malformed'],
      [changed, 'link_malformed'],
      [whole.replace('1.', '2.'), 'link_malformed'],
      ['', 'link_malformed'],
      [ofHalfSigns, 'link_malformed'],
      [bomb, 'too_large'],
    ]
    for (const [packed, code] of cases) {
      const thrown = await rejectionOf(unpackText(packed, { characters: 30_000, bytes: 1_000_000 }))
      expect([packed.slice(0, 40), thrown]).toEqual([
        packed.slice(0, 40),
        expect.objectContaining({ code }),
      ])
    }
    expect(await rejectionOf(unpackText(whole, { ...limits, characters: 10 }))).toMatchObject({
      code: 'too_large',
    })
  })

  it('is found by its name in a fragment', () => {
    expect([...fragmentParts('#p=1.a=b&r=1.c&p=second&=x&y')]).toEqual([
      ['p', '1.a=b'],
      ['r', '1.c'],
    ])
    expect(fragmentParts('').size).toBe(0)
    expect(fragmentParts(`#${'a=1&'.repeat(100_000)}b=2`).has('b')).toBe(false)
  })
})

describe('a question', () => {
  it('travels in the fragment of a link', async () => {
    const fragment = await questionFragment(question)
    expect(fragment.length).toBeLessThan(600)
    const packed = fragmentParts(`#${fragment}`).get('r') as string
    expect(questionDocument(await openQuestion(packed))).toEqual(questionDocument(question))
    const endless = { ...question, until: undefined }
    expect(parseQuestion(questionDocument(endless)).until).toBeUndefined()
  })

  it('says where it is malformed', () => {
    const good = questionDocument(question)
    const cases: readonly (readonly [unknown, string, string])[] = [
      [[], 'question_malformed', ''],
      [{ ...good, format: 'rootmark-question-2' }, 'question_malformed', '/format'],
      [{ ...good, extra: 1 }, 'question_malformed', '/extra'],
      [{ ...good, challenge: 'short' }, 'question_malformed', '/challenge'],
      [{ ...good, challenge: 'x'.repeat(201) }, 'question_malformed', '/challenge'],
      [{ ...good, challenge: 'sixteen and more sıgns' }, 'question_malformed', '/challenge'],
      [{ ...good, domain: '' }, 'question_malformed', '/domain'],
      [{ ...good, domain: 'https://quаyside.example' }, 'question_malformed', '/domain'],
      [{ ...good, until: '2026' }, 'time_malformed', '/until'],
      [
        { ...good, requirement: { ...document, rule: {} } },
        'pathway_malformed',
        '/requirement/rule',
      ],
    ]
    for (const [value, code, pointer] of cases) {
      expect(codeOf(() => parseQuestion(value))).toBe(code)
      expect(() => parseQuestion(value)).toThrow(expect.objectContaining({ pointer }))
    }
  })

  it('is refused with a rule of 10,000 clauses, by what carries it and by what is in it', async () => {
    const clause = { components: 1, where: { issuers: 'any' } }
    const rule = { all: Array.from({ length: 10_000 }, () => clause) }
    const huge = { ...questionDocument(question), requirement: { ...document, rule } }
    expect(codeOf(() => parseQuestion(huge))).toBe('pathway_too_large')
    const packed = await packText(JSON.stringify(huge))
    expect(await rejectionOf(openQuestion(packed))).toMatchObject({ code: 'too_large' })
    const noise = Array.from({ length: 190 }, (_, i) => ({
      url: `https://skills.example/${Array.from({ length: 4 }, (_, k) => createHash('sha256').update(`${i} ${k}`).digest('hex')).join('/')}`,
      name: `${i}`,
    }))
    const long = parseRequirement({ ...document, rule: { skills: noise } })
    expect(await rejectionOf(questionFragment({ ...question, requirement: long }))).toMatchObject({
      code: 'too_large',
    })
  })
})
