import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { drawSample, parseSample } from '../../scripts/audit/sample.ts'
import { codeOf } from '../core/thrown.ts'

const rootOf = (byte: string) => `0x${byte.repeat(32)}`
const batches = [
  { root: rootOf('AB'), size: 300 },
  { root: rootOf('0c'), size: 2 },
  { root: rootOf('1d'), size: 700 },
]

describe('the sample of credentials that is verified', () => {
  it('is what the documented rule draws', () => {
    const all = batches.flatMap(({ root, size }) =>
      Array.from({ length: size }, (_, statusIndex) => ({ root, statusIndex })),
    )
    const drawOf = ({ root, statusIndex }: (typeof all)[number]) =>
      createHash('sha256').update(`dice ${root.toLowerCase()} ${statusIndex}`).digest('hex')
    const expected = all.toSorted((a, b) => drawOf(a).localeCompare(drawOf(b), 'en')).slice(0, 50)
    expect(drawSample(batches, 50, 'dice')).toEqual(expected)
  })

  it('is the same for the same seed in any order of the files, and another for another', () => {
    const drawn = drawSample(batches, 60, 'seed')
    expect(drawSample(batches.toReversed(), 60, 'seed')).toEqual(drawn)
    const other = drawSample(batches, 60, 'seed ')
    const shared = other.filter((each) =>
      drawn.some((one) => JSON.stringify(one) === JSON.stringify(each)),
    )
    expect(shared.length).toBeLessThan(20)
  })

  it('takes each credential at most once, from every batch about as often as it is large', () => {
    const drawn = drawSample(batches, 500, rootOf('77'))
    expect(new Set(drawn.map(({ root, statusIndex }) => `${root} ${statusIndex}`)).size).toBe(500)
    const ofLarge = drawn.filter(({ root }) => root === rootOf('1d')).length
    // Of 1002 credentials 700 are of the large batch: 349 of 500, give or take four deviations of 7.2.
    expect(Math.abs(ofLarge - 349)).toBeLessThan(30)
    expect(drawSample(batches, Number.POSITIVE_INFINITY, '').length).toBe(1002)
    expect(drawSample(batches, 0, 'x')).toEqual([])
  })

  it.each([
    [undefined, { size: 100 }],
    ['all', { size: Number.POSITIVE_INFINITY }],
    ['0', { size: 0 }],
    ['17', { size: 17 }],
  ])('reads --credentials %s', (text, expected) => {
    expect(parseSample(text, undefined)).toMatchObject(expected)
  })

  it.each([
    ['some', undefined, 'credentials_malformed'],
    ['-1', undefined, 'credentials_malformed'],
    ['1e3', undefined, 'credentials_malformed'],
    ['out/credentials', undefined, 'credentials_malformed'],
    ['5', '', 'seed_malformed'],
    ['5', 'x'.repeat(201), 'seed_malformed'],
  ])('refuses --credentials %s --seed %s', (count, seed, code) => {
    expect(codeOf(() => parseSample(count, seed))).toBe(code)
  })
})
