import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { reasons } from '../../web/messages/en/reasons.ts'
import { wordedAs } from '../../web/words/alike.ts'

const core = new URL('../../core/', import.meta.url)

/** Every code that core gives an invalid or indeterminate check, or a credential's bytes are refused with. */
async function reasonCodes(): Promise<readonly string[]> {
  const checks = (await readdir(new URL('checks/', core))).map((file) => `checks/${file}`)
  const parts = [
    'json.ts',
    'i-json.ts',
    'format.ts',
    'proof.ts',
    'anchor-state.ts',
    'accreditors.ts',
    'baked.ts',
    'carried.ts',
    'digits.ts',
    'baked-png.ts',
    'baked-svg.ts',
    'baked-pdf.ts',
    'pdf-file.ts',
    'pdf-syntax.ts',
    'bounded-xml.ts',
    'foreign-list.ts',
    'listed-status.ts',
    'proof-options.ts',
    'proof-set.ts',
    'proof-chain.ts',
    'data-integrity.ts',
    'data-model/linked-data.ts',
    'json-ld-bounds.ts',
    'contexts.ts',
    'json-ld.ts',
    'did-resolver.ts',
    'did-document.ts',
    'multikey.ts',
    'jwk.ts',
    'curve-point.ts',
    'x25519.ts',
    'did-jwk.ts',
    'data-model/envelope.ts',
    'jwt/algorithm.ts',
    'jwt/claims.ts',
    'jwt/key.ts',
    'jwt/open.ts',
    'jwt/signature.ts',
    'jwt/token.ts',
  ]
  const texts = await Promise.all(
    [...checks, ...parts, 'chain.ts', 'report.ts'].map((file) =>
      readFile(new URL(file, core), 'utf8'),
    ),
  )
  return texts.flatMap((text) =>
    [
      ...[...text.matchAll(/'(?:invalid|indeterminate)',\s*(?:code: )?'([a-z_]+)'/g)],
      ...[...text.matchAll(/(?:InvalidInputError|ChainUnreadableError|problem)\(\s*'([a-z_]+)'/g)],
      ...[...text.matchAll(/reason: '([a-z_]+)'/g)],
      ...[...text.matchAll(/\? '([a-z]+_[a-z_]+)' : '([a-z]+_[a-z_]+)'/g)],
    ].flatMap(([, ...codes]) => codes),
  )
}

test('every reason of core has a headline and a next step', async () => {
  const codes = [...new Set(await reasonCodes())]
  expect(codes.length).toBeGreaterThan(30)
  expect(codes.filter((code) => !Object.hasOwn(reasons, wordedAs(code)))).toEqual([])
})

const folder = new URL('../../web/messages/', import.meta.url)
const languages = ['de', 'fr', 'es', 'ar', 'ja']
const listed = async (language: string) =>
  (await readdir(new URL(`${language}/`, folder))).toSorted()
const parts = await listed('en')

type Text = string | ((...values: unknown[]) => string)

/** The texts of one file by their path, such as `intake.hint`. */
async function textsOf(language: string, part: string): Promise<ReadonlyMap<string, Text>> {
  const module = await import(new URL(`${language}/${part}`, folder).href)
  const found = new Map<string, Text>()
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'string' || typeof value === 'function') found.set(path, value as Text)
    else for (const [name, inner] of Object.entries(value as object)) walk(inner, `${path}.${name}`)
  }
  for (const [name, value] of Object.entries(module)) walk(value, name)
  return found
}

const marks = ['⟦first⟧', '⟦second⟧', '⟦third⟧', '⟦fourth⟧']

/** What a text says: a sentence that depends on what was found is given marks to find again. */
function said(text: Text): string {
  return typeof text === 'string' ? text : text(...marks.slice(0, Math.max(text.length, 1)))
}

/** Several words: something to translate, and not a name, a file or an example of JSON. */
function isSentence(text: string): boolean {
  return text.split(' ').length > 2 && !text.includes('"@context"')
}

describe.each(languages)('the texts in %s', (language) => {
  test('are those of the English files, one by one', async () => {
    expect(await listed(language)).toEqual(parts)
    for (const part of parts) {
      const english = await textsOf('en', part)
      const translated = await textsOf(language, part)
      expect([part, [...translated.keys()].toSorted()]).toEqual([
        part,
        [...english.keys()].toSorted(),
      ])
    }
  })

  test('say everything that was found, and in their own words', async () => {
    for (const part of parts) {
      const english = await textsOf('en', part)
      for (const [path, text] of await textsOf(language, part)) {
        const original = said(english.get(path) ?? '')
        const marked = (sentence: string) => marks.filter((mark) => sentence.includes(mark))
        expect({ path, marks: marked(said(text)) }).toEqual({ path, marks: marked(original) })
        if (isSentence(original))
          expect({ path, text: said(text) }).not.toEqual({ path, text: original })
        expect({ path, said: said(text).trim() }).not.toEqual({ path, said: '' })
      }
    }
  })

  test('count in the forms of the language', async () => {
    for (const part of parts) {
      for (const [path, text] of await textsOf(language, part)) {
        if (typeof text !== 'function') continue
        for (const count of [0, 1, 2, 3, 11, 100, 1000]) {
          const sentence = text(...Array.from({ length: text.length }, () => count))
          expect({ path, sentence }).toEqual({
            path,
            sentence: expect.not.stringMatching(/#|undefined|NaN/),
          })
        }
      }
    }
  })
})
