import { describe, expect, it } from 'vitest'
import type { Fetched } from '../../documents/guarded-fetch.ts'
import { createDocumentReader } from '../../documents/reader.ts'

const url = 'https://issuer.example/did.json'
const bytesOf = (text: string) => new TextEncoder().encode(text)

/** A reader with a clock and a remote of the test's own. */
function stage(answer: (url: string) => Promise<Fetched> | Fetched) {
  const asked: string[] = []
  let now = 1000
  const fetch = async (remote: string) => {
    asked.push(remote)
    return answer(remote)
  }
  const clock = () => now
  return {
    asked,
    fetch,
    clock,
    read: createDocumentReader({ fetch }, clock),
    pass(milliseconds: number) {
      now += milliseconds
    },
  }
}

const fresh = (text: string, freshMs = 10_000): Fetched => ({ bytes: bytesOf(text), freshMs })

describe('a document reader', () => {
  it('asks the pinned documents, then its own, then the network', async () => {
    const { asked, fetch, clock } = stage(() => fresh('"network"'))
    const read = createDocumentReader(
      {
        fetch,
        pinned: (remote) =>
          remote.includes('pin') ? Promise.resolve(bytesOf('"pinned"')) : undefined,
        own: ({ hostname }) =>
          hostname === 'own.example' ? Promise.resolve(bytesOf('"own"')) : undefined,
      },
      clock,
    )
    expect(await read('https://own.example/pin')).toBe('pinned')
    expect(await read('https://own.example/x')).toBe('own')
    expect(await read(url)).toBe('network')
    expect(asked).toEqual([url])
  })

  it('leaves the fragment away and writes a URL in one way', async () => {
    const { asked, read } = stage(() => fresh('{}'))
    await read('https://Issuer.example:443/x/../did.json#key-1')
    await read(`${url}#key-2`)
    expect(asked).toEqual([url])
  })

  it.each([
    ['no JSON', '<html>'],
    ['nothing', ''],
    ['names that stand twice', '{"id":1,"id":2}'],
    ['names that reach a prototype', '{"__proto__":{}}'],
    ['nesting without end', `${'['.repeat(40)}${']'.repeat(40)}`],
    ['more values than are read', `[${'0,'.repeat(60_000)}0]`],
  ])('refuses %s', async (_, text) => {
    await expect(stage(() => fresh(text)).read(url)).rejects.toThrow()
  })

  it('refuses what is no URL, without asking for it', async () => {
    const { asked, read } = stage(() => fresh('{}'))
    await expect(read('did.json')).rejects.toThrow('is no URL')
    expect(asked).toEqual([])
  })
})

describe('what was read', () => {
  it('is kept for as long as its server says, and no longer', async () => {
    let text = '{"version":1}'
    const { asked, read, pass } = stage(() => fresh(text, 1000))
    expect(await read(url)).toEqual({ version: 1 })
    text = '{"version":2}'
    pass(999)
    expect(await read(url)).toEqual({ version: 1 })
    pass(1)
    expect(await read(url)).toEqual({ version: 2 })
    expect(asked).toHaveLength(2)
  })

  it('is asked for every time where its server says so', async () => {
    const { asked, read } = stage(() => fresh('{}', 0))
    await read(url)
    await read(url)
    expect(asked).toHaveLength(2)
  })

  it('is a value of its own for everybody', async () => {
    const { read } = stage(() => fresh('{"list":[]}'))
    const first = (await read(url)) as { list: unknown[] }
    first.list.push('altered')
    expect(await read(url)).toEqual({ list: [] })
  })

  it('is asked for once by all who ask at the same time', async () => {
    let release = (_: Fetched): void => undefined
    const { asked, read } = stage(() => new Promise((resolve) => (release = resolve)))
    const all = [read(url), read(url), read(`${url}#x`)]
    await Promise.resolve()
    release(fresh('{"one":1}', 0))
    expect(await Promise.all(all)).toEqual([{ one: 1 }, { one: 1 }, { one: 1 }])
    expect(asked).toHaveLength(1)
  })

  it('may be that it could not be had, for a moment', async () => {
    let down = true
    const { asked, read, pass } = stage(() => {
      if (down) throw new Error('answered with HTTP 503')
      return fresh('{"up":true}')
    })
    await expect(read(url)).rejects.toThrow('HTTP 503')
    down = false
    await expect(read(url)).rejects.toThrow('HTTP 503')
    pass(5000)
    expect(await read(url)).toEqual({ up: true })
    expect(asked).toHaveLength(2)
  })

  it('does not grow without end: the oldest goes first', async () => {
    const megabyte = `"${'x'.repeat(1_000_000)}"`
    const { asked, read } = stage(() => fresh(megabyte, 300_000))
    for (let i = 0; i < 40; i++) await read(`https://issuer.example/${i}`)
    asked.length = 0
    for (let i = 39; i >= 0; i--) await read(`https://issuer.example/${i}`)
    expect(asked[0]).toMatch(/\/2[34]$/)
    expect(asked.at(-1)).toBe('https://issuer.example/0')
  })

  it('does not grow by URLs that cannot be read either', async () => {
    const { asked, read, pass } = stage(() => {
      throw new Error('gone')
    })
    for (let i = 0; i < 3000; i++) {
      await read(`https://issuer.example/${'x'.repeat(10_000)}${i}`).catch(() => undefined)
      pass(1)
    }
    expect(asked).toHaveLength(3000)
    asked.length = 0
    await read(`https://issuer.example/${'x'.repeat(10_000)}0`).catch(() => undefined)
    expect(asked).toHaveLength(1)
  })
})

describe('many documents', () => {
  it('are read sixteen at a time, and each in its turn', async () => {
    let running = 0
    let most = 0
    const { read } = stage(async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 2))
      running -= 1
      return fresh('{}')
    })
    const all = Array.from({ length: 100 }, (_, i) => read(`https://issuer.example/${i}`))
    expect(await Promise.all(all)).toHaveLength(100)
    expect(most).toBe(16)
    expect(running).toBe(0)
  })

  it('free their place where they fail', async () => {
    const { read } = stage(async (remote) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      if (remote.endsWith('0')) throw new Error('gone')
      return fresh('{}')
    })
    const all = Array.from({ length: 200 }, (_, i) => read(`https://issuer.example/${i % 2}-${i}`))
    const settled = await Promise.allSettled(all)
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(20)
    expect(await read('https://issuer.example/after')).toEqual({})
  })

  it('are refused rather than piled up without end', async () => {
    const { read } = stage(() => new Promise(() => undefined))
    for (let i = 0; i < 1016; i++) void read(`https://issuer.example/${i}`)
    await expect(read('https://issuer.example/one-more')).rejects.toThrow('too many documents')
  })
})
