import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { verifyPresented } from '../../core/presented.ts'
import { maxPresentedStacks, verifyPresentedStacks } from '../../core/presented-stacks.ts'
import { award, course, pathway } from './stack-stage.ts'
import { timeOf } from './transaction.ts'
import { readersOf, trusting } from './verifier.ts'
import { openWorld, type World } from './world.ts'

let world: World
let now: number
let first: JsonObject
let second: JsonObject
let whole: JsonObject
const way = pathway()

beforeAll(async () => {
  world = await openWorld()
  const { issuer } = world.accounts
  first = (await course(world, issuer, 'p')).credentials[0] as JsonObject
  second = (await course(world, issuer, 'q')).credentials[0] as JsonObject
  whole = (await award(world, issuer, way, [first, second])).document
  now = (await timeOf(world)) * 1000
}, 60_000)
afterAll(() => world?.close())

async function stacksOf(credentials: readonly JsonObject[]) {
  const readers = {
    ...readersOf(world),
    document: async (url: string) => {
      if (url === way.id) return way.document
      throw new Error('nothing is there')
    },
  }
  const options = { readers, trust: trusting(world), now }
  const presentation = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    verifiableCredential: [...credentials],
  }
  return verifyPresentedStacks(await verifyPresented(presentation, options), options)
}

describe('awards in a presentation', () => {
  it('are verified with the parts that came along, and with nothing else', async () => {
    const [stack, ...others] = await stacksOf([first, whole, second])
    expect(others).toEqual([])
    expect([stack?.at, stack?.report.verdict]).toEqual([1, 'valid'])
    expect([...(stack?.parts ?? [])]).toEqual([
      [first['id'], 0],
      [second['id'], 2],
    ])
    expect(stack?.report.strangers).toEqual([])
  })

  it('stay open without a part, and are refuted by another document under its id', async () => {
    const [alone] = await stacksOf([whole, first])
    expect([alone?.report.verdict, alone?.report.reason]).toEqual([
      'indeterminate',
      'components_withheld',
    ])
    const forged = { ...second, name: 'Another' }
    const [refuted] = await stacksOf([whole, first, forged])
    expect([refuted?.report.verdict, refuted?.report.reason]).toEqual([
      'invalid',
      'component_differs',
    ])
    // The genuine one among two of one id is the part, wherever it stands.
    const [both] = await stacksOf([whole, second, first, forged])
    expect(both?.parts.get(second['id'] as string)).toBe(1)
  })

  it('are looked into up to a bound, and none where there is none', async () => {
    expect(await stacksOf([first])).toEqual([])
    const many = Array.from({ length: maxPresentedStacks + 2 }, () => whole)
    expect(await stacksOf([...many, first])).toHaveLength(maxPresentedStacks)
  })
})
