import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checksumAddress } from '../../core/abi.ts'
import { type Accreditation, encodeSubaccreditations } from '../../core/accreditation.ts'
import type { JsonObject } from '../../core/canonical.ts'
import type { Chain } from '../../core/chain.ts'
import { provedChain } from '../../core/proved-state.ts'
import type { Report } from '../../core/report.ts'
import { accredit, anchoredFor, type Statement, timeOf, wait } from './transaction.ts'
import { first, readersOf, trusting, verify } from './verifier.ts'
import { accreditationInterface, openWorld, type World } from './world.ts'

let world: World
let chain: Chain
let credential: JsonObject
let snapshot: unknown
beforeAll(async () => {
  world = await openWorld()
  chain = { label: 'test chain', provider: world.provider }
  credential = first(await anchoredFor(world, world.accounts.issuer, 2))
})
afterAll(() => world.close())
beforeEach(async () => {
  snapshot = await world.provider.request({ method: 'evm_snapshot' })
})
afterEach(() => world.provider.request({ method: 'evm_revert', params: [snapshot] }))

/** The verdict of a verifier that trusts the ministry alone, by calls and with proofs: both must say the same, in bounded time. */
async function ask(document: unknown = credential): Promise<Report> {
  const start = performance.now()
  const called = await askOf(chain, document)
  const proved = await askOf(provedChain(chain, [chain], undefined), document)
  expect([proved.verdict, proved.reason, proved.summary]).toEqual([
    called.verdict,
    called.reason,
    called.summary,
  ])
  expect(proved.accreditation).toEqual(called.accreditation)
  expect(performance.now() - start).toBeLessThan(15_000)
  return called
}

function askOf(by: Chain, document: unknown): Promise<Report> {
  const rootAccreditors = [{ account: world.accounts.ministry, name: 'Ministry' }]
  return verify(world, document, {
    readers: { ...readersOf(world), chain: () => by },
    trust: trusting(world, { rootAccreditors }),
  })
}

/** Accounts that nobody has a key for, and that act all the same. */
const account = (i: number) =>
  checksumAddress(`0x${(BigInt(i) + (0xacn << 152n)).toString(16).padStart(40, '0')}`)

/** Records of many accreditors in few blocks. */
async function accreditMany(
  list: readonly (readonly [from: string, Statement])[],
  spoil = (data: string) => data,
): Promise<void> {
  const ask = (method: string, ...params: unknown[]) => world.provider.request({ method, params })
  const full = { validFrom: 0, validUntil: 0, maySubaccredit: true, scope: '', name: 'A', did: '' }
  const profileHash = `0x${'0'.repeat(64)}`
  await ask('evm_setAutomine', false)
  for (const [i, [from, statement]] of list.entries()) {
    await ask('hardhat_impersonateAccount', from)
    const statements = [{ ...full, profileHash, ...statement }]
    const data = spoil(accreditationInterface.encodeFunctionData('accredit', statements))
    const free = { gas: '0x50000', gasPrice: '0x0' }
    await ask('eth_sendTransaction', { from, to: world.accreditationRegistry, data, ...free })
    if (i % 80 !== 79 && i < list.length - 1) continue
    await ask('hardhat_setNextBlockBaseFeePerGas', '0x0')
    await ask('evm_mine')
  }
  await ask('evm_setAutomine', true)
}

const chainOf = (length: number) =>
  Array.from({ length }, (_, i) => [
    i === 0 ? world.accounts.ministry : account(i - 1),
    { subject: account(i), name: `Office ${i}` },
  ]) as [string, Statement][]

describe('circles of accreditors', () => {
  it('end, whoever vouches for whom', async () => {
    const { ministry, agency, newcomer, issuer } = world.accounts
    const sub = { maySubaccredit: true }
    await accredit(world, ministry, { ...sub, subject: agency })
    await accredit(world, agency, { ...sub, subject: newcomer })
    await accredit(world, newcomer, { ...sub, subject: agency, scope: 'eqf: 1' })
    await accredit(world, newcomer, { ...sub, subject: ministry })
    expect((await ask()).reason).toBe('issuer_unknown')
    // The issuer itself vouches for who is to vouch for it.
    await accredit(world, issuer, { ...sub, subject: agency })
    expect((await ask()).reason).toBe('issuer_unknown')
    await accredit(world, newcomer, { subject: issuer, name: 'College' })
    const { verdict, accreditation } = await ask()
    expect([verdict, accreditation?.accreditors.length]).toEqual(['valid', 3])
  })

  it('of one are refused by the contract', async () => {
    const { issuer } = world.accounts
    await expect(accredit(world, issuer, { subject: issuer })).rejects.toThrow('InvalidSubject')
  })
})

describe('a chain of accreditors', () => {
  it('of a thousand is told to be more than is read, and a short one is read', async () => {
    await accreditMany(chainOf(1000))
    await accreditMany([[account(999), { subject: world.accounts.issuer }]])
    const deep = await ask()
    expect([deep.verdict, deep.reason]).toEqual(['indeterminate', 'accreditations_too_many'])
    expect(deep.summary).toContain('4 steps below a root')
    await accredit(world, world.accounts.agency, { subject: world.accounts.issuer })
    expect((await ask()).reason).toBe('accreditations_too_many')
    await accreditMany([[account(3), { subject: world.accounts.issuer, name: 'College' }]])
    expect((await ask()).accreditation?.accreditors.map(({ name }) => name)).toEqual([
      'Ministry',
      ...[0, 1, 2, 3].map((i) => `Office ${i}`),
    ])
  }, 60_000)

  it('without an end, made up by an endpoint, ends', async () => {
    let asked = 0
    const pages = new Map<number, string>()
    const next = (text: string) => checksumAddress(`0x${text.slice(34, 72)}${text.slice(72, 74)}`)
    const endless: Chain = {
      label: 'liar',
      provider: {
        request: async ({ method, params = [] }) => {
          const [call] = params as { to?: string; data?: string }[]
          const isSub = call?.data?.startsWith(encodeSubaccreditations(account(1), 0).slice(0, 10))
          if (call?.to !== world.accreditationRegistry || !isSub)
            return world.provider.request({ method, params })
          asked += 1
          // Below everybody are 32 more, page after page.
          const from = Number(BigInt(next(call.data as string)) % 65_537n)
          const known = pages.get(from)
          if (known) return known
          const page = Array.from({ length: 32 }, (_, i) =>
            forged({ subject: account(from * 32 + i) }),
          )
          const answer = accreditationInterface.encodeFunctionResult('subaccreditations', [page])
          pages.set(from, answer)
          return answer
        },
      },
    }
    expect((await askOf(endless, credential)).reason).toBe('accreditations_too_many')
    expect(asked).toBeLessThan(65 * 8)
  })
})

/** A record as the contract gives it, with anything in it. */
function forged(statement: Partial<Accreditation>) {
  const { index = 0, recordedAt = 1, withdrawnAt = 0 } = statement
  const plain = {
    subject: account(0),
    validFrom: 0,
    validUntil: 0,
    maySubaccredit: true,
    scope: '',
    name: 'A',
    did: '',
  }
  const profileHash = `0x${'0'.repeat(64)}`
  return { index, recordedAt, withdrawnAt, statement: { ...plain, profileHash, ...statement } }
}

describe('a list of a thousand sub-accreditors', () => {
  it('is read in part: who is accredited early is found, and else nothing is said against the issuer', async () => {
    const { ministry, issuer } = world.accounts
    const list = Array.from(
      { length: 1000 },
      (_, i) => [ministry, { subject: account(i) }] as const,
    )
    await accreditMany(list)
    await accreditMany([[account(900), { subject: issuer }]])
    const { verdict, reason } = await ask()
    expect([verdict, reason]).toEqual(['indeterminate', 'accreditations_too_many'])
    await accreditMany([[account(20), { subject: issuer, name: 'College' }]])
    expect((await ask()).accreditation?.issuerName).toBe('College')
  }, 60_000)
})

describe('periods of several records for one subject', () => {
  it('may overlap and leave gaps: what held at the anchor counts, the latest word first', async () => {
    const { ministry, issuer } = world.accounts
    const now = await timeOf(world)
    const record = (name: string, from: number, until: number) =>
      accredit(world, ministry, {
        subject: issuer,
        name,
        validFrom: now + from,
        validUntil: now + until,
      })
    await record('First', 100, 300)
    await record('Second', 200, 400)
    await record('Later', 600, 700)
    const nameAt = async (seconds: number, count: number) => {
      await wait(world, Math.max(1, now + seconds - (await timeOf(world))))
      const report = await ask(first(await anchoredFor(world, issuer, count)))
      return report.accreditation?.issuerName ?? report.reason
    }
    expect(await nameAt(10, 3)).toBe('accreditation_not_begun')
    expect(await nameAt(150, 4)).toBe('First')
    expect(await nameAt(250, 5)).toBe('Second')
    expect(await nameAt(350, 6)).toBe('Second')
    expect(await nameAt(450, 7)).toBe('accreditation_not_begun')
    expect(await nameAt(650, 8)).toBe('Later')
    expect(await nameAt(750, 9)).toBe('accreditation_ended')
  })

  it('that end before they begin are refused by the contract, and hold never where an endpoint makes them up', async () => {
    const { ministry, issuer } = world.accounts
    for (const validUntil of [1, 9, 10]) {
      const inverted = { subject: issuer, validFrom: 10, validUntil }
      await expect(accredit(world, ministry, inverted)).rejects.toThrow('InvertedPeriod')
    }
    const now = await timeOf(world)
    const answers = async (record: Partial<Accreditation>) => {
      const data = accreditationInterface.encodeFunctionResult('accreditationsAlong', [
        [[forged({ subject: issuer, ...record })]],
      ])
      const selector = accreditationInterface.getFunction('accreditationsAlong')?.selector as string
      const liar: Chain = {
        label: 'liar',
        provider: {
          request: async ({ method, params = [] }) =>
            (params as { data?: string }[])[0]?.data?.startsWith(selector)
              ? data
              : world.provider.request({ method, params }),
        },
      }
      return (await askOf(liar, credential)).reason
    }
    expect(await answers({})).toBe('valid')
    expect(await answers({ validFrom: now + 9, validUntil: now - 9 })).toBe(
      'accreditation_not_begun',
    )
    expect(await answers({ validFrom: 10, validUntil: 9 })).toBe('accreditation_ended')
    expect(await answers({ validFrom: 2 ** 40 - 1, validUntil: 1, withdrawnAt: 1 })).toBe(
      'accreditation_not_begun',
    )
    expect(await answers({ withdrawnAt: 1 })).toBe('accreditation_withdrawn')
    expect(await answers({ recordedAt: 2 ** 40 - 1 })).toBe('valid')
  })
})

describe('hostile names', () => {
  it.each([
    ['reversed', '\u202eytisrevinU\u202c'],
    ['of marks that pile up', `a${'\u0301'.repeat(127)}`],
    ['that clear a screen', '\u001b[2J\u001b[1;1HUniversity'],
    ['of lines', 'University\n\nVALID: genuine'],
    ['of markup', '<img src=x onerror=alert(1)>'],
    ['of nothing that is seen', '\u200b'.repeat(85)],
    ['that are a path', '__proto__'],
  ])('%s are read as they are, both ways', async (_, name) => {
    const { ministry, agency, issuer } = world.accounts
    await accredit(world, ministry, { subject: agency, maySubaccredit: true, name })
    await accredit(world, agency, { subject: issuer, name, did: name, scope: name })
    const { verdict, accreditation } = await ask()
    expect([verdict, accreditation?.issuerName, accreditation?.accreditors[1]?.name]).toEqual([
      'valid',
      name,
      name,
    ])
    expect(accreditation?.coverage).toBe('in_words')
  })

  it('that are no UTF-8 are shown with what stands for it, and both ways the same', async () => {
    const { ministry, issuer } = world.accounts
    await accreditMany([[ministry, { subject: issuer, name: 'ABCDEFG', did: 'ABCDEFG' }]], (data) =>
      data.replaceAll('41424344454647', '41fffec0afed80'),
    )
    const { verdict, accreditation } = await ask()
    expect([verdict, accreditation?.issuerName]).toEqual([
      'valid',
      'A\ufffd\ufffd\ufffd\ufffd\ufffd',
    ])
  })

  it('longer than 256 bytes are refused by the contract', async () => {
    const { ministry, issuer } = world.accounts
    const long = { subject: issuer, name: 'é'.repeat(129) }
    await expect(accredit(world, ministry, long)).rejects.toThrow('TextTooLong')
  })
})
