import { readFile } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAchievement } from '../../../core/achievement.ts'
import { InvalidInputError } from '../../../core/error.ts'
import { parsePathway, parseRequirement } from '../../../core/pathway/pathway.ts'

const read = async (path: string) =>
  JSON.parse(await readFile(new URL(`../../../${path}`, import.meta.url), 'utf8'))
const validate = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false }).compile(
  await read('docs/pathway.schema.json'),
)
const pathway = await read('examples/pathway/pathway.json')
const requirement = await read('examples/pathway/requirement.json')

function isTaken(value: unknown): boolean {
  try {
    parsePathway(value)
    return true
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) return false
    throw thrown
  }
}

describe('the JSON Schema of pathways', () => {
  it('takes the examples, as the parser does', () => {
    for (const [value, parse] of [
      [pathway, parsePathway],
      [requirement, parseRequirement],
    ] as const) {
      expect(validate(value), JSON.stringify(validate.errors)).toBe(true)
      parse(value)
    }
    parseAchievement(pathway.achievement)
  })

  it('agrees with the parser when any one value of the example is replaced', () => {
    const places: (readonly [Record<string, unknown>, string])[] = []
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      for (const [name, child] of Object.entries(value)) {
        places.push([value as Record<string, unknown>, name])
        collect(child)
      }
    }
    const { achievement: _, ...whole } = structuredClone(pathway)
    collect(whole)
    const odd = fc.constantFrom(
      null,
      true,
      0,
      -1,
      1,
      2.5,
      9,
      100_001,
      '',
      'x',
      'urn:x',
      'any',
      'P1Y',
      '06',
      [],
      {},
      ['urn:x'],
      ['06'],
      { issuers: 'any' },
      [{ components: 1 }],
      { components: 1, where: { eqf: 5 } },
      { credits: '1' },
      { all: [] },
    )
    fc.assert(
      fc.property(fc.nat({ max: places.length - 1 }), odd, (i, value) => {
        const [holder, name] = places[i] as (typeof places)[number]
        const before = holder[name]
        holder[name] = value
        const document = { ...whole, achievement: pathway.achievement }
        const [bySchema, byParser] = [validate(document), isTaken(document)]
        holder[name] = before
        // The parser also asks what a schema cannot say: enough clauses to choose from, and whose credentials count.
        if (byParser) expect(bySchema, `${name}: ${JSON.stringify(value)}`).toBe(true)
        else if (bySchema)
          expect(['any', 'of', 'every', 'rule', 'where', 'issuers']).toContain(name)
      }),
      { numRuns: 3000 },
    )
  })
})
