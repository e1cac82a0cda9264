import { expect, it } from 'vitest'
import { rememberNewest } from '../../core/remember.ts'

it('reads once for all who want the same, and forgets the oldest', async () => {
  const remember = rememberNewest(2)
  const read: string[] = []
  const reading = (key: string) =>
    remember(key, async () => {
      read.push(key)
      return key.toUpperCase()
    })
  expect(await Promise.all([reading('a'), reading('a'), reading('b')])).toEqual(['A', 'A', 'B'])
  expect(read).toEqual(['a', 'b'])
  await reading('c')
  await reading('b')
  expect(read).toEqual(['a', 'b', 'c'])
  await reading('a')
  expect(read).toEqual(['a', 'b', 'c', 'a'])
})

it('does not keep a failure, which all who waited for it get', async () => {
  const remember = rememberNewest(2)
  let tries = 0
  const reading = () =>
    remember('a', async () => {
      tries += 1
      if (tries === 1) throw new Error('down')
      return tries
    })
  const both = await Promise.allSettled([reading(), reading()])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await reading()).toBe(2)
})
