import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  assembleBatch,
  issueBatch,
  makeEntry,
  planBatch,
  type Random,
  targetOf,
} from '../../core/batch.ts'
import { drawFrom } from '../../core/draw.ts'
import { cohortRequest, fullAchievement } from './cohort.ts'

const seed = Uint8Array.from({ length: 32 }, (_, i) => i)

/** The same by its definition, with another implementation of SHA-256. */
function stream(label: string, length: number): Buffer {
  const name = Buffer.from(label, 'utf8')
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) => {
    const counter = Buffer.alloc(8)
    counter.writeBigUInt64BE(BigInt(i))
    const hash = createHash('sha256').update(seed).update(Uint8Array.of(name.length))
    return hash.update(name).update(counter).digest()
  })
  return Buffer.concat(blocks).subarray(0, length)
}

describe('a draw', () => {
  it('is what its definition says, however it is cut', () => {
    const random = drawFrom(seed, 'credential 7 ✓')
    const parts = [0, 1, 15, 16, 32, 33, 100, 3].map((length) => random(length))
    expect(Buffer.concat(parts)).toEqual(stream('credential 7 ✓', 200))
  })

  it('gives arrays of its own, so that who changes one changes no other', () => {
    const random = drawFrom(seed, 'order')
    random(16).fill(0)
    expect(Buffer.from(random(16))).toEqual(stream('order', 32).subarray(16))
  })

  it('differs by label and seed, also where a label begins with another', () => {
    const first = (bytes: Uint8Array, label: string) =>
      Buffer.from(drawFrom(bytes, label)(32)).toString('hex')
    const other = Uint8Array.from(seed, (byte) => byte ^ 1)
    const drawn = [
      first(seed, 'credential 1'),
      first(seed, 'credential 11'),
      first(seed, 'credential 1\0'),
      first(seed, ''),
      first(other, 'credential 1'),
    ]
    expect(new Set(drawn).size).toBe(5)
  })

  it('takes a seed of 32 bytes only', () => {
    expect(() => drawFrom(seed.subarray(1), 'order')).toThrow('32 bytes')
  })
})

describe('a batch that is built entry by entry', () => {
  const { id: _, ...unnamed } = fullAchievement
  const request = cohortRequest(60, { achievement: unnamed })

  /** The streams of a build one after the other, as one source. */
  function replay(): { readonly random: Random; readonly used: () => number } {
    const drawn: Uint8Array[] = []
    const record =
      (random: Random): Random =>
      (length) => {
        const bytes = random(length)
        drawn.push(bytes.slice())
        return bytes
      }
    const plan = planBatch(request, record(drawFrom(seed, 'batch')))
    for (const index of plan.seats.keys()) {
      makeEntry(plan, index, record(drawFrom(seed, `credential ${index}`)))
    }
    let next = 0
    return { random: () => drawn[next++] as Uint8Array, used: () => next - drawn.length }
  }

  it('is the batch that issueBatch gives for the same draws, in whatever order it is made', () => {
    const { random, used } = replay()
    const issued = issueBatch(request, random)
    expect(used()).toBe(0)
    const plan = planBatch(request, drawFrom(seed, 'batch'))
    const draw = (index: number) => drawFrom(seed, `credential ${index}`)
    const entries = [...plan.seats.keys()]
      .reverse()
      .map((index) => makeEntry(plan, index, draw(index)))
      .reverse()
    expect(assembleBatch(request.id, targetOf(request), entries)).toEqual(issued)
  })
})
