import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Chain } from '../../core/chain.ts'
import { provedChain } from '../../core/proved-state.ts'
import { parseReceipt, receiptChain } from '../../core/receipt.ts'
import { proveCredential } from '../../core/receipt-making.ts'
import type { Report } from '../../core/report.ts'
import { fullAchievement } from './cohort.ts'
import { accredit, anchoredFor, timeOf, wait, withdrawAccreditation } from './transaction.ts'
import { first, readersOf, trusting, verify } from './verifier.ts'
import { openWorld, type World } from './world.ts'

const achievement = {
  ...fullAchievement,
  alignment: [
    { targetName: 'EQF level 5', targetUrl: 'http://data.europa.eu/snb/eqf/5' },
    { targetName: 'Software', targetUrl: 'http://data.europa.eu/snb/isced-f/0613' },
  ],
}

let world: World
let chain: Chain
let snapshot: unknown
beforeAll(async () => {
  world = await openWorld()
  chain = { label: 'test chain', provider: world.provider }
})
afterAll(() => world.close())
beforeEach(async () => {
  snapshot = await world.provider.request({ method: 'evm_snapshot' })
})
afterEach(() => world.provider.request({ method: 'evm_revert', params: [snapshot] }))

const anchored = async (account = world.accounts.issuer, count = 2) =>
  first(await anchoredFor(world, account, count, { achievement }))

/** Asks a verifier that trusts the ministry alone, by calls and with proofs: they must say the same. */
async function ask(document: unknown, roots = [world.accounts.ministry]): Promise<Report> {
  const rootAccreditors = roots.map((account) => ({ account, name: 'Ministry' }))
  const [called, proved] = await Promise.all(
    [chain, provedChain(chain, [chain], undefined)].map((by) =>
      verify(world, document, {
        readers: { ...readersOf(world), chain: () => by },
        trust: trusting(world, { rootAccreditors }),
      }),
    ),
  )
  if (!called || !proved) throw new Error('two verifications')
  expect([proved.reason, proved.summary, proved.accreditation]).toEqual([
    called.reason,
    called.summary,
    called.accreditation,
  ])
  return called
}

const checkOf = (report: Report) => report.checks[5] as Report['checks'][number]

describe('the scope of an accreditation', () => {
  it('allows what it names', async () => {
    const { issuer, ministry } = world.accounts
    const scope = 'types: MicroCredential, Badge; eqf: 5-6; isced: 06'
    await accredit(world, ministry, { subject: issuer, name: 'University', scope })
    const report = await ask(await anchored())
    expect(report).toMatchObject({
      verdict: 'valid',
      accreditation: { scope, coverage: 'covered' },
    })
    expect(checkOf(report).code).toBe('accredited')
  })

  it('refuses what it does not name, and says what was found and what it allows', async () => {
    const { issuer, ministry } = world.accounts
    await accredit(world, ministry, {
      subject: issuer,
      name: 'University',
      scope: 'types: MicroCredential; eqf: 6-7; isced: 01',
    })
    const report = await ask(await anchored())
    expect([report.verdict, report.reason]).toEqual(['invalid', 'accreditation_scope_mismatch'])
    expect(report.summary).toContain(
      'EQF level 5 (allowed: 6-7) and ISCED-F field 0613 (allowed: 01)',
    )
    expect(report.accreditation).toMatchObject({ issuerName: 'University', coverage: 'mismatch' })
  })

  it('that limits what the credential does not state leaves the verdict open', async () => {
    const { issuer, ministry } = world.accounts
    await accredit(world, ministry, { subject: issuer, scope: 'eqf: 5' })
    const report = await ask(first(await anchoredFor(world, issuer, 2)))
    expect([report.verdict, report.reason]).toEqual([
      'indeterminate',
      'accreditation_scope_unstated',
    ])
    expect(report.summary).toContain('EQF level (allowed: 5)')
  })

  it('that leaves the verdict open can be proved by a receipt, which says the same', async () => {
    const { issuer, ministry } = world.accounts
    await accredit(world, ministry, { subject: issuer, scope: 'eqf: 5' })
    const document = first(await anchoredFor(world, issuer, 2))
    const trust = trusting(world, { rootAccreditors: [{ account: ministry, name: 'Ministry' }] })
    const { receipt, header } = await proveCredential(document, {
      proved: (witness) => () => provedChain(chain, [chain], undefined, witness),
      trust,
      now: (await timeOf(world)) * 1000,
    })
    const offline = await receiptChain(parseReceipt(JSON.stringify(receipt)), header.hash)
    const readers = { ...readersOf(world), chain: () => offline }
    expect((await verify(world, document, { readers, trust })).reason).toBe(
      'accreditation_scope_unstated',
    )
  })

  it('in words is shown, said to be no more than that, and never a mismatch', async () => {
    const { issuer, ministry } = world.accounts
    await accredit(world, ministry, { subject: issuer, scope: 'Courses in baking, EQF 2' })
    const report = await ask(await anchored())
    expect(report).toMatchObject({ verdict: 'valid', accreditation: { coverage: 'in_words' } })
    expect(checkOf(report)).toMatchObject({ outcome: 'valid', code: 'accredited_in_words' })
    expect(checkOf(report).message).toMatch(
      /“Courses in baking, EQF 2” is in words and not machine-readable/,
    )
  })

  it('of one record is enough where several are in force', async () => {
    const { issuer, ministry } = world.accounts
    for (const scope of ['types: Badge', 'eqf: 5; isced: 0613', 'types: Course'])
      await accredit(world, ministry, { subject: issuer, scope, name: scope })
    const report = await ask(await anchored())
    expect(report.accreditation).toMatchObject({
      scope: 'eqf: 5; isced: 0613',
      coverage: 'covered',
    })
    await accredit(world, ministry, { subject: world.accounts.newcomer, scope: 'types: Course' })
    await accredit(world, ministry, { subject: world.accounts.newcomer, scope: 'isced: 0613' })
    expect((await ask(await anchored(world.accounts.newcomer))).verdict).toBe('valid')
  })

  it('that was in force is not mended by one that was not', async () => {
    const { issuer, ministry } = world.accounts
    await accredit(world, ministry, { subject: issuer, scope: 'types: Badge' })
    await accredit(world, ministry, { subject: issuer, scope: 'eqf: 5' })
    await withdrawAccreditation(world, ministry, 1)
    await wait(world, 10)
    expect((await ask(await anchored())).reason).toBe('accreditation_scope_mismatch')
  })
})

describe('scopes along a way', () => {
  it('all have to cover it, and each is shown', async () => {
    const { issuer, ministry, agency, newcomer } = world.accounts
    const sub = { maySubaccredit: true }
    await accredit(world, ministry, { ...sub, subject: agency, name: 'Agency', scope: 'eqf: 1-5' })
    await accredit(world, agency, { ...sub, subject: newcomer, name: 'Office', scope: 'isced: 06' })
    await accredit(world, newcomer, {
      subject: issuer,
      name: 'College',
      scope: 'types: MicroCredential',
    })
    const { verdict, accreditation } = await ask(await anchored())
    expect(verdict).toBe('valid')
    expect(accreditation?.accreditors).toEqual([
      { account: ministry, name: 'Ministry' },
      { account: agency, name: 'Agency', scope: 'eqf: 1-5' },
      { account: newcomer, name: 'Office', scope: 'isced: 06' },
    ])
  })

  it('cannot be widened further down', async () => {
    const { issuer, ministry, agency } = world.accounts
    const scope = 'types: Badge'
    await accredit(world, ministry, {
      subject: agency,
      maySubaccredit: true,
      name: 'Agency',
      scope,
    })
    for (const wider of ['', 'types: MicroCredential', 'Everything there is']) {
      await accredit(world, agency, { subject: issuer, name: 'College', scope: wider })
    }
    const report = await ask(await anchored())
    expect(report.reason).toBe('accreditation_scope_mismatch')
    expect(report.summary).toContain('by the scope of Agency, which accredited it')
  })

  it('lead elsewhere where another way to the same accreditor covers it', async () => {
    const { issuer, ministry, agency, newcomer } = world.accounts
    const sub = { subject: agency, maySubaccredit: true }
    await accredit(world, ministry, { ...sub, name: 'Agency for bread', scope: 'types: Badge' })
    await accredit(world, newcomer, { ...sub, name: 'Agency for software', scope: 'isced: 0613' })
    await accredit(world, agency, { subject: issuer })
    const credential = await anchored()
    expect((await ask(credential)).reason).toBe('accreditation_scope_mismatch')
    const report = await ask(credential, [ministry, newcomer])
    expect(report.verdict).toBe('valid')
    expect(report.accreditation?.accreditors[1]?.name).toBe('Agency for software')
  })

  it('in words somewhere are said to be so, and the others still count', async () => {
    const { issuer, ministry, agency } = world.accounts
    const sub = { subject: agency, maySubaccredit: true, name: 'Agency', scope: 'Universities' }
    await accredit(world, ministry, sub)
    await accredit(world, agency, { subject: issuer })
    const report = await ask(await anchored())
    expect(checkOf(report).code).toBe('accredited_in_words')
    expect(checkOf(report).message).toContain('an accreditor on the way')
    await accredit(world, agency, { subject: world.accounts.newcomer, scope: 'eqf: 8' })
    expect((await ask(await anchored(world.accounts.newcomer))).reason).toBe(
      'accreditation_scope_mismatch',
    )
  })
})

describe('an accreditor without a right of its own at the time', () => {
  it('is told from one that nobody knows, by calls and with proofs', async () => {
    const { issuer, ministry, agency, newcomer } = world.accounts
    const sub = { maySubaccredit: true, name: 'Agency' }
    await accredit(world, agency, { subject: issuer })
    expect((await ask(await anchored())).reason).toBe('issuer_unknown')
    await accredit(world, ministry, { ...sub, subject: agency, validFrom: 1, validUntil: 2 })
    const report = await ask(await anchored(issuer, 3))
    expect([report.verdict, report.reason]).toEqual(['invalid', 'accreditor_not_in_force'])
    expect(report.summary).toContain('accredited by Agency')
    expect(report.summary).toContain('that ended at 1970-01-01T00:00:02Z')
    expect(report.accreditation).toBe(undefined)
    // What it says of others, or passes on, is no way either.
    expect((await ask(await anchored(newcomer, 4))).reason).toBe('issuer_unknown')
    await accredit(world, agency, { ...sub, subject: newcomer })
    await accredit(world, newcomer, { subject: world.accounts.impostor })
    expect((await ask(await anchored(world.accounts.impostor))).reason).toBe('issuer_unknown')
    await accredit(world, ministry, { ...sub, subject: agency })
    expect((await ask(await anchored(issuer, 5))).verdict).toBe('valid')
  })
})

describe('a registry of accreditations that cannot be read', () => {
  const failing = (what: string): Chain => ({
    label: 'test chain',
    provider: {
      request: ({ method, params = [] }) => {
        const [about] = params as readonly unknown[]
        const to = typeof about === 'string' ? about : (about as { to?: string } | undefined)?.to
        if (to?.toLowerCase() !== world.accreditationRegistry.toLowerCase())
          return world.provider.request({ method, params })
        return what === 'empty' ? Promise.resolve('0x') : Promise.reject(new Error(what))
      },
    },
  })
  const answerBy = async (by: Chain, document: unknown, settings: object = {}) => {
    const rootAccreditors = [{ account: world.accounts.ministry, name: 'Ministry' }]
    const { verdict, reason } = await verify(world, document, {
      readers: { ...readersOf(world), chain: () => by },
      trust: trusting(world, { rootAccreditors, ...settings }),
    })
    return `${verdict}: ${reason}`
  }

  it('leaves the verdict open, by calls and with proofs, and never says that the issuer is unknown', async () => {
    const { issuer, ministry } = world.accounts
    await accredit(world, ministry, { subject: issuer })
    const document = await anchored()
    const down = failing('connection refused')
    expect(await answerBy(down, document)).toBe('indeterminate: chain_unreachable')
    expect(await answerBy(failing('empty'), document)).toBe('indeterminate: registry_missing')
    expect(await answerBy(provedChain(chain, [down], undefined), document)).toBe(
      'indeterminate: state_proof_missing',
    )
    const elsewhere = { accreditationRegistry: `0x${'77'.repeat(20)}` }
    for (const by of [chain, provedChain(chain, [chain], undefined)]) {
      expect(await answerBy(by, document, elsewhere)).toBe('indeterminate: registry_missing')
    }
  })
})
