import { afterEach, expect, it } from 'vitest'
import { credentialAt } from '../../core/batch.ts'
import { ChainUnreadableError } from '../../core/chain.ts'
import { InvalidInputError } from '../../core/error.ts'
import type { Readers } from '../../core/verify.ts'
import { createVerifyMany } from '../../core/verify-many.ts'
import { distantReaders, readFor } from '../../server/distant-readers.ts'
import { openVerifying, type Verifying } from '../../server/verifying.ts'
import { cohort } from '../core/cohort.ts'

const warnings: string[] = []
const log = { info: () => undefined, warn: (_: object, message: string) => warnings.push(message) }
const readers: Readers = {
  chain: () => undefined,
  document: async () => {
    throw new Error('there are none')
  },
}
const trust = { acceptTestNetworks: true, chains: new Map() }
const verify = createVerifyMany({ readersFor: () => readers, trust, clock: Date.now })

let verifying: Verifying | undefined
afterEach(() => verifying?.close())

const linesFrom = (first: number, count: number, text = '{}') =>
  Array.from({ length: count }, (_, i) => ({ line: first + i, content: Buffer.from(text) }))

it('a thread that fails says so of the lines that it had, and the others are answered', async () => {
  // What is no trust at all lets every verification in a thread fail.
  const broken = { trust: { chains: 1 } as never, chains: new Map() }
  verifying = openVerifying(broken, readers, log)
  const credential = JSON.stringify(credentialAt(cohort(2), 0))
  const run = verifying.begin(verify, false)
  const few = await run.answer(linesFrom(1, 200, credential))
  expect(few.text.split('\n')).toHaveLength(201)
  const failed = await run.answer([...linesFrom(201, 100, credential)])
  const said = failed.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(said.map(({ line }) => line)).toEqual(linesFrom(201, 100).map(({ line }) => line))
  expect(new Set(said.map(({ error }) => error?.code))).toEqual(new Set(['internal']))
  expect(warnings).not.toEqual([])
  const unreadable = { line: 301, content: new InvalidInputError('too_large', 'too long') }
  const { text } = await run.answer([unreadable])
  expect(JSON.parse(text)).toMatchObject({ line: 301, error: { code: 'too_large' } })
})

it('what cannot be read elsewhere is told as it is here', async () => {
  const failing: Readers = {
    ...readers,
    chain: () => ({
      label: 'a chain',
      provider: {
        request: async ({ method }) => {
          if (method === 'eth_call') {
            throw Object.assign(new Error('reverted'), { code: 3, data: '0x1234' })
          }
          if (method === 'eth_chainId') return '0x1'
          throw new ChainUnreadableError('endpoints_disagree', 'they disagree')
        },
      },
    }),
    document: async (url) => ({ id: url }),
    migrations: async (issuer, root, from) => [{ issuer, root, from }],
  }
  const chains = new Map([[1, 'a chain']])
  const distant = distantReaders(chains, async (asked) =>
    structuredClone(await readFor(failing, structuredClone(asked))),
  )
  expect(distant.chain(2)).toBeUndefined()
  const chain = distant.chain(1)
  expect(chain?.label).toBe('a chain')
  const ask = (method: string) => chain?.provider.request({ method })
  expect(await ask('eth_chainId')).toBe('0x1')
  await expect(ask('eth_call')).rejects.toMatchObject({
    message: 'reverted',
    code: 3,
    data: '0x1234',
  })
  await expect(ask('eth_getLogs')).rejects.toBeInstanceOf(ChainUnreadableError)
  expect(await distant.document('https://a.example/')).toEqual({ id: 'https://a.example/' })
  const place = { chainId: 1, registry: '0x01' }
  expect(await distant.migrations?.('0x02', '0x03', place)).toEqual([
    { issuer: '0x02', root: '0x03', from: place },
  ])
})
