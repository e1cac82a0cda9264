import { describe, expect, it } from 'vitest'
import { withAllowance } from '../../documents/allowance.ts'

describe('what one verification reads', () => {
  it('is as many documents as it may, each as often as it is asked for', async () => {
    const asked: string[] = []
    const read = withAllowance(
      async (url) => {
        asked.push(url)
        return { id: url }
      },
      { urls: 2, ms: 1000 },
    )
    expect(await read('https://a.example/')).toEqual({ id: 'https://a.example/' })
    expect(await read('https://b.example/')).toEqual({ id: 'https://b.example/' })
    expect(await read('https://a.example/')).toEqual({ id: 'https://a.example/' })
    await expect(read('https://c.example/')).rejects.toThrow('2 documents at most')
    expect(asked).toHaveLength(3)
  })

  it('ends with its time, for what hangs and for what is asked later', async () => {
    let asked = 0
    const read = withAllowance(
      () => {
        asked += 1
        return new Promise(() => undefined)
      },
      { urls: 9, ms: 50 },
    )
    const hanging = Promise.allSettled([read('https://a.example/'), read('https://b.example/')])
    for (const { status } of await hanging) expect(status).toBe('rejected')
    await expect(read('https://c.example/')).rejects.toThrow('0.05 seconds')
    expect(asked).toBe(2)
  })

  it('is thrown on as it was thrown', async () => {
    const read = withAllowance(() => Promise.reject(new Error('answered with HTTP 404')))
    await expect(read('https://a.example/')).rejects.toThrow('answered with HTTP 404')
  })
})
