import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalize, type JsonObject } from '../../core/canonical.ts'
import { parseJson } from '../../core/json.ts'
import { templateText, textTemplates } from '../../core/text-template.ts'
import { iJson } from './arbitrary-json.ts'

/** Texts that somebody might take for something else: for the end of a text, for an escape, for one of our own marks. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '"',
    '\\',
    '\\u0041',
    '@place 0@',
    '@place 1',
    '$&',
    '","x":"',
    '\u2028',
    '\ud800',
  ),
  fc.string({ unit: 'grapheme' }),
)

function open() {
  return textTemplates(({ fill, canonicalOf }) => {
    const canonical = canonicalOf((document) => document)
    return canonical && { fill, canonical }
  })
}

describe('what documents have in common', () => {
  it('gives what parsing gives, whatever the texts are, or nothing', () => {
    const shape = fc.record({ same: iJson, list: fc.array(iJson, { maxLength: 3 }) })
    fc.assert(
      fc.property(
        shape,
        fc.array(fc.tuple(hostile, hostile, hostile), { minLength: 3, maxLength: 8 }),
        (common, rows) => {
          const templates = open()
          for (const [id, name, inner] of rows) {
            const document = {
              id,
              ...common,
              subject: { name, of: [{ inner }, 1.5, null] },
              '10': 1,
            }
            const text = JSON.stringify(document)
            const known = templates.read(text)
            let parsed: JsonObject | undefined
            try {
              parsed = parseJson(text) as JsonObject
            } catch {
              // What is refused alone is not read by a template either.
              expect(known).toBeUndefined()
            }
            if (!parsed) continue
            if (known) {
              expect(known.use.fill(known.texts)).toEqual(parsed)
              expect(JSON.stringify(known.use.fill(known.texts))).toBe(text)
              expect(known.use.canonical(known.texts)).toBe(canonicalize(parsed))
            } else templates.learn(parsed, text)
          }
        },
      ),
    )
  })

  it('is found after a few, and told from what only looks alike', () => {
    const templates = open()
    const text = (name: string, rest = '') => `{"id":"urn:1","name":"${name}"${rest}}`
    for (const name of ['Ada', 'Grace']) templates.learn(JSON.parse(text(name)), text(name))
    expect(templates.read(text('Emmy'))?.texts).toEqual(['Emmy'])
    for (const other of [
      text('Emmy', ',"name":"Eve"'),
      text('Emmy', ' '),
      `${text('Emmy')} `,
      text('Em\\u006dy'),
      text('Em\tmy'),
      text('Emmy').replace('urn:1', 'urn:2'),
      text('Emmy').replace('"Emmy"', '1'),
      text('Emmy').slice(0, -1),
      '',
    ]) {
      expect(templates.read(other), other).toBeUndefined()
    }
  })

  it('is found again after many that had nothing in common, of which few are compared', () => {
    const templates = open()
    const odd = (i: number) => JSON.stringify({ [`name${i}`]: 'x', more: Array(100).fill(i) })
    for (let i = 0; i < 2_000; i++) templates.learn(JSON.parse(odd(i)), odd(i))
    const late = (name: string) => JSON.stringify({ late: name })
    let taken = 0
    for (; !templates.read(late('z')) && taken < 1000; taken++) {
      templates.learn({ late: `name ${taken}` }, late(`name ${taken}`))
    }
    expect(taken).toBeGreaterThan(64)
    expect(taken).toBeLessThan(200)
  })

  it('of what comes again and again is kept, whatever comes between', () => {
    const templates = open()
    const text = (name: string) => JSON.stringify({ name })
    for (const name of ['Ada', 'Grace']) templates.learn({ name }, text(name))
    for (let i = 0; i < 10; i++)
      templates.learn({ [`odd${i}`]: i }, JSON.stringify({ [`odd${i}`]: i }))
    expect(templates.read(text('Emmy'))?.texts).toEqual(['Emmy'])
  })

  it('is not looked for in bytes that are no text, or too many', () => {
    expect(templateText(Uint8Array.of(0x7b, 0xff, 0x7d))).toBeUndefined()
    expect(templateText('{}'.padEnd(1 << 20))).toBeUndefined()
    expect(templateText(new TextEncoder().encode('\ufeff{}'))).toBe('\ufeff{}')
  })
})
