import { expect, test } from 'vitest'
import { contest, measuredOf } from '../../bench/contest.ts'
import { disturbance } from '../../bench/noise.ts'
import { parseOptions } from '../../bench/options.ts'

test('sides take turns in processes of their own, come to the same root, and one that fails stops no other', async () => {
  const task = { size: 100 }
  const sides = await contest(
    {
      ours: { module: 'tree', task: { ...task, bare: true } },
      peer: { module: 'merkletreejs-tree', task, mostRounds: 1 },
      absent: { module: 'nobody' },
      broken: { module: 'tree' },
      late: { module: 'openzeppelin-tree', task: { size: 200_000 }, patienceMs: 2000 },
    },
    { rounds: 3, warmUps: 1 },
  )
  const ours = measuredOf(sides.ours)
  const peer = measuredOf(sides.peer)
  expect(ours.rounds).toHaveLength(3)
  expect(peer.rounds).toHaveLength(1)
  expect(ours.result).toBe(peer.result)
  expect(ours.peakMb).toBeGreaterThan(20)
  expect(sides.absent).toMatchObject({ failed: expect.stringContaining('Cannot find module') })
  expect(sides.broken).toEqual({ failed: 'the task names no size' })
  expect(() => measuredOf(sides.broken)).toThrow('the task names no size')
  expect(sides.late).toEqual({ failed: 'it took more than 2 s' })
})

test('what disturbs a measurement is said, and a quiet machine is not', () => {
  const quiet = { loopMs: 10, others: 0.01 }
  expect(disturbance([quiet, { loopMs: 11, others: undefined }], 10)).toBeUndefined()
  expect(disturbance([quiet, { loopMs: 10, others: 0.5 }], 10)).toBe(
    'others used 50 % of the machine',
  )
  expect(disturbance([{ loopMs: 15, others: 0 }], 10)).toContain('1.50 × as long')
})

test('options name parts, and a wrong one is refused with those that there are', () => {
  expect(parseOptions([], ['tree', 'wrap'])).toEqual({ quick: false, only: [], out: 'bench' })
  expect(parseOptions(['--quick', '--only', 'tree,wrap'], ['tree', 'wrap'])).toMatchObject({
    quick: true,
    only: ['tree', 'wrap'],
  })
  expect(() => parseOptions(['--only', 'trees'], ['tree', 'wrap'])).toThrow(
    'there is no part trees; name one or several of tree, wrap',
  )
})
