import { expect, it } from 'vitest'
import { open as onOneThread } from '../../bench/contenders/pipeline.ts'
import { open as onTwoThreads } from '../../bench/contenders/pipeline-threads.ts'

it.each([3, 1000, 5003])('two threads come to the root of one, of %d learners', async (size) => {
  const one = await onOneThread({ size })
  const two = await onTwoThreads({ size })
  const root = one.run()
  expect(root).toMatch(/^0x[0-9a-f]{64}$/)
  expect(await two.run()).toBe(root)
  // Which thread is done first differs from run to run.
  expect(await two.run()).toBe(root)
})
