import { expect, it } from 'vitest'
import { workTogether } from '../../server/together.ts'

it('who comes in the same turn goes on in the same turn, and who comes later in a later one', async () => {
  const together = workTogether()
  const seen: string[] = []
  const work = async (name: string) => {
    seen.push(`${name} came`)
    await together()
    seen.push(`${name} went on`)
  }
  const first = [work('a'), work('b')]
  const later = new Promise((resolve) => setImmediate(resolve)).then(() => work('c'))
  await Promise.all([...first, later])
  expect(seen).toEqual(['a came', 'b came', 'a went on', 'b went on', 'c came', 'c went on'])
})
