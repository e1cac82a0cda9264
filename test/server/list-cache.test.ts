import { describe, expect, it } from 'vitest'
import { createListCache, freshMs, type MadeList } from '../../server/list-cache.ts'

/** A cache with a clock, and what was made for it. */
function stage() {
  let at = 0
  const made: string[] = []
  const cache = createListCache(() => at)
  const madeOf = (body: string): MadeList => ({ list: { body, etag: `"${body}"` }, basis: body })
  return {
    cache,
    made,
    pass(ms: number) {
      at += ms
    },
    ask: async (url: string, body = url) => {
      const list = await cache.get(url, async () => {
        made.push(body)
        return madeOf(body)
      })
      return list.body
    },
    madeOf,
  }
}

describe('lists in memory', () => {
  it('are made anew when they are no longer fresh, from what was made before', async () => {
    const { cache, made, pass, ask, madeOf } = stage()
    expect(await ask('a', '1')).toBe('1')
    pass(freshMs - 1)
    expect(await ask('a', '2')).toBe('1')
    pass(1)
    const again = await cache.get('a', async (last) => last ?? madeOf('none'))
    expect(again.body).toBe('1')
    pass(freshMs)
    expect(await ask('a', '3')).toBe('3')
    expect(made).toEqual(['1', '3'])
  })

  it('are made once for all who ask meanwhile, however long that takes', async () => {
    const { cache, pass, madeOf } = stage()
    const making = Promise.withResolvers<MadeList>()
    let times = 0
    const ask = () =>
      cache.get('a', () => {
        times += 1
        return making.promise
      })
    const asked = Array.from({ length: 50 }, ask)
    pass(freshMs * 10)
    asked.push(ask())
    making.resolve(madeOf('1'))
    expect(new Set((await Promise.all(asked)).map(({ body }) => body))).toEqual(new Set(['1']))
    expect(times).toBe(1)
    // It is as old as its beginning.
    await ask()
    expect(times).toBe(2)
  })

  it('are not kept where they could not be made', async () => {
    const { cache, ask } = stage()
    const failing = cache.get('a', () => Promise.reject(new Error('no chain')))
    await expect(failing).rejects.toThrow('no chain')
    expect(await ask('a', '1')).toBe('1')
  })

  it('are forgotten when something changed, also those that are being made', async () => {
    const { cache, ask, madeOf } = stage()
    const making = Promise.withResolvers<MadeList>()
    const old = cache.get('x/1', () => making.promise)
    await ask('x/2')
    await ask('y/1')
    cache.forget('x/')
    expect(await ask('x/1', 'new')).toBe('new')
    making.resolve(madeOf('old'))
    expect((await old).body).toBe('old')
    expect(await ask('x/1', 'newer')).toBe('new')
    expect(await ask('x/2', 'new')).toBe('new')
    expect(await ask('y/1', 'new')).toBe('y/1')
  })

  it('take no more memory than they may, and those that nobody asks for go first', async () => {
    const { made, ask } = stage()
    const megabyte = 'x'.repeat(1024 * 1024)
    await ask('kept', megabyte)
    for (let i = 0; i < 100; i++) {
      await ask(`${i}`, megabyte)
      await ask('kept', 'another')
    }
    expect(made).not.toContain('another')
    await ask('99', 'another')
    expect(made).not.toContain('another')
    await ask('30', 'another')
    expect(made).toContain('another')
    const many = stage()
    for (let i = 0; i < 1_002; i++) await many.ask(`${i}`)
    expect(await many.ask('2', 'another')).toBe('2')
    expect(await many.ask('1', 'another')).toBe('another')
  })
})
