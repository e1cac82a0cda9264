import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../core/bytes.ts'
import { refuseDuplicates } from '../../core/leaf-duplicate.ts'
import { refusalOf } from './thrown.ts'

/** The first leaf that stands before another of the same bytes, found the slow way. */
function twinsOf(leaves: Uint8Array): readonly [number, number] | undefined {
  const seen = new Map<string, number>()
  for (let i = 0; i < leaves.length / 32; i++) {
    const text = toHex(leaves.subarray(i * 32, i * 32 + 32))
    const twin = seen.get(text)
    if (twin !== undefined) return [twin, i]
    seen.set(text, i)
  }
  return undefined
}

function expectTwins(leaves: Uint8Array): void {
  const twins = twinsOf(leaves)
  if (!twins) {
    refuseDuplicates(leaves)
    return
  }
  const message = `leaves ${twins[0]} and ${twins[1]} are the same`
  expect(refusalOf(() => refuseDuplicates(leaves))).toMatchObject({
    code: 'leaf_duplicate',
    message,
    pointer: `/${twins[1]}`,
  })
}

describe('leaves that stand twice', () => {
  it('are found as a slow search finds them, wherever the leaves lie in memory', () => {
    const few = fc.array(fc.tuple(fc.nat(31), fc.nat(40)), { maxLength: 60 })
    fc.assert(
      fc.property(few, fc.nat(3), (marks, shift) => {
        const leaves = new Uint8Array(marks.length * 32 + shift).subarray(shift)
        for (const [i, [at, byte]] of marks.entries()) leaves[i * 32 + at] = byte
        expectTwins(leaves)
      }),
      { numRuns: 300 },
    )
  })

  it('are found among 30,000 that are the same but for a few bytes', () => {
    for (const at of [0, 4, 28]) {
      const leaves = new Uint8Array(30_000 * 32).fill(7)
      const view = new DataView(leaves.buffer)
      for (let i = 0; i < 30_000; i++) view.setUint32(i * 32 + at, i)
      refuseDuplicates(leaves)
      leaves.copyWithin(29_998 * 32, 12_345 * 32, 12_346 * 32)
      expectTwins(leaves)
    }
  })

  it('are found among leaves that meet in the whole hash', () => {
    // The hash sums words by these factors: what one takes, the other gives back.
    const [first, second] = [0x9e3779b1, 0x85ebca6b]
    const pick = (times: readonly number[]) =>
      new Uint8Array(
        Uint32Array.from(times.flatMap((by) => [5 + by * second, 9 - by * first, 0, 0, 0, 0, 0, 0]))
          .buffer,
      )
    refuseDuplicates(pick([0, 1, 2, 3]))
    expectTwins(pick([0, 1, 2, 0]))
    expectTwins(pick([0, 1, 2, 1]))
    expectTwins(pick([0, 1, 2, 2, 1]))
  })

  it('are not looked for where leaves are not whole', () => {
    expect(() => refuseDuplicates(new Uint8Array(33))).toThrow('a leaf has 32 bytes')
  })
})
