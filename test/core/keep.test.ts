import { describe, expect, it } from 'vitest'
import type { Block } from '../../core/chain.ts'
import { createKeep } from '../../core/keep.ts'

const blockAt = (number: number): Block => ({ number, hash: `0x${number}`, time: number })

/** A keeper by a clock of the test's, and a chain whose head and whose answers the test decides. */
function scene(maxAgeMs: number) {
  const state = { now: 0, height: 1, reads: 0, isDown: false, seen: 0 }
  const keep = createKeep({
    maxAgeMs,
    now: () => state.now,
    isPassed: ({ number }) => state.seen > number,
  })
  const read = async () => {
    state.reads += 1
    const block = blockAt(state.height)
    await Promise.resolve()
    if (state.isDown) throw new Error('down')
    return block
  }
  const head = async () => (await keep.head(1, read)).number
  return { state, keep, head }
}

describe('the newest block', () => {
  it('is read once within the time that it may be old, and never serves longer', async () => {
    const { state, head } = scene(1000)
    expect(await head()).toBe(1)
    state.height = 2
    state.now = 499
    expect(await head()).toBe(1)
    expect(state.reads).toBe(1)
    state.now = 1000
    expect(await head()).toBe(2)
    expect(state.reads).toBe(2)
  })

  it('is renewed ahead of time for those who ask all the time', async () => {
    const { state, head } = scene(1000)
    await head()
    state.height = 2
    state.now = 600
    expect(await head()).toBe(1)
    await Promise.resolve()
    await Promise.resolve()
    await Promise.resolve()
    expect(await head()).toBe(2)
    expect(state.reads).toBe(2)
  })

  it('is read once for all who ask together', async () => {
    const { state, head } = scene(1000)
    expect(new Set(await Promise.all(Array.from({ length: 50 }, head)))).toEqual(new Set([1]))
    expect(state.reads).toBe(1)
  })

  it('does not come from a reading that began too long ago', async () => {
    const { state, keep } = scene(1000)
    const slow = Promise.withResolvers<Block>()
    const first = keep.head(1, () => slow.promise)
    state.now = 1500
    expect((await keep.head(1, async () => blockAt(7))).number).toBe(7)
    slow.resolve(blockAt(3))
    expect((await first).number).toBe(3)
    // The slow one ends last, and is older all the same.
    expect((await keep.head(1, async () => blockAt(9))).number).toBe(7)
  })

  it('is read again at once where a later one is known', async () => {
    const { state, head } = scene(1000)
    await head()
    state.height = 2
    expect(await head()).toBe(1)
    state.seen = 2
    expect(await head()).toBe(2)
  })

  it('that cannot be read is an error once the last is too old, and is asked for again', async () => {
    const { state, head } = scene(1000)
    await head()
    state.isDown = true
    state.now = 700
    expect(await head()).toBe(1)
    state.now = 1000
    await expect(head()).rejects.toThrow('down')
    await expect(head()).rejects.toThrow('down')
    state.isDown = false
    expect(await head()).toBe(1)
  })

  it('is asked for each time where nothing may be old', async () => {
    const { state, keep, head } = scene(0)
    await head()
    await head()
    expect(state.reads).toBe(2)
    let readings = 0
    const one = () => keep.of(blockAt(1))('key', async () => ++readings)
    expect([await one(), await one()]).toEqual([1, 2])
  })

  it('is kept of a few chains only', async () => {
    const { keep } = scene(1000)
    let reads = 0
    const ask = (chain: number) => keep.head(chain, async () => blockAt(++reads))
    for (let chain = 1; chain <= 17; chain++) await ask(chain)
    await ask(17)
    expect(reads).toBe(17)
    await ask(1)
    expect(reads).toBe(18)
  })
})

describe('readings of a block', () => {
  it('are made once, again where they failed, and gone two blocks later', async () => {
    const { keep } = scene(1000)
    let readings = 0
    const ask = (block: number) => keep.of(blockAt(block))('key', async () => ++readings)
    expect([await ask(1), await ask(1), await ask(2), await ask(1)]).toEqual([1, 1, 2, 1])
    await ask(3)
    expect(await ask(1)).toBe(4)
    const failing = () => keep.of(blockAt(1))('other', () => Promise.reject(new Error('no')))
    await expect(failing()).rejects.toThrow('no')
    expect(await keep.of(blockAt(1))('other', async () => 'yes')).toBe('yes')
  })

  it('are bounded', async () => {
    const { keep } = scene(1000)
    let readings = 0
    const ask = (key: number) => keep.of(blockAt(1))(`${key}`, async () => ++readings)
    for (let key = 0; key < 1001; key++) await ask(key)
    await ask(1000)
    expect(readings).toBe(1001)
    await ask(0)
    expect(readings).toBe(1002)
  })
})
