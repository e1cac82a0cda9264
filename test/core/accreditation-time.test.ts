import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Batch, credentialAt } from '../../core/batch.ts'
import type { Report } from '../../core/report.ts'
import { accredit, anchoredFor, timeOf, wait, withdrawAccreditation } from './transaction.ts'
import { first, trusting, verify } from './verifier.ts'
import { openWorld, type World } from './world.ts'

let world: World
let snapshot: unknown
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  snapshot = await world.provider.request({ method: 'evm_snapshot' })
})
afterEach(() => world.provider.request({ method: 'evm_revert', params: [snapshot] }))

/** Asks a verifier that trusts the ministry alone. */
function ask(document: unknown): Promise<Report> {
  const rootAccreditors = [{ account: world.accounts.ministry, name: 'Ministry' }]
  return verify(world, document, { trust: trusting(world, { rootAccreditors }) })
}

async function answerTo(batch: Batch): Promise<string> {
  const { verdict, reason } = await ask(first(batch))
  return verdict === 'valid' ? 'valid' : `${verdict}: ${reason}`
}

const anchored = (count = 2) => anchoredFor(world, world.accounts.issuer, count)

describe('the time of an anchor', () => {
  it('decides: an accreditation that ends or is withdrawn later leaves the credential valid', async () => {
    const { issuer, ministry } = world.accounts
    const now = await timeOf(world)
    await accredit(world, ministry, { subject: issuer, validUntil: now + 1000 })
    const before = await anchored(2)
    await wait(world, 500)
    await withdrawAccreditation(world, ministry, 0)
    const after = await anchored(3)
    await wait(world, 5000)
    const report = await ask(first(before))
    expect(report.verdict).toBe('valid')
    expect(report.accreditation?.withdrawnAt).toBeDefined()
    expect(report.checks[5]?.message).toContain('after the anchor')
    expect(await answerTo(after)).toBe('invalid: accreditation_withdrawn')
  })

  it('decides: an accreditation that begins later does not reach back', async () => {
    const { issuer, ministry } = world.accounts
    const batch = await anchored()
    await accredit(world, ministry, { subject: issuer, validFrom: (await timeOf(world)) + 1 })
    expect(await answerTo(batch)).toBe('invalid: accreditation_not_begun')
    await accredit(world, ministry, { subject: issuer })
    expect(await answerTo(batch)).toBe('valid')
  })

  it('decides also for those in between', async () => {
    const { issuer, ministry, agency } = world.accounts
    await accredit(world, ministry, { subject: agency, maySubaccredit: true })
    await accredit(world, agency, { subject: issuer })
    const before = await anchored(2)
    await wait(world, 10)
    await withdrawAccreditation(world, ministry, 0)
    const after = await anchored(3)
    expect(await answerTo(before)).toBe('valid')
    expect(await answerTo(after)).toBe('invalid: accreditor_not_in_force')
    expect((await ask(first(after))).summary).toMatch(/accredited by A, .* withdrawn at 20/)
  })

  it('cannot be met afterwards: who lost the right cannot date a record back', async () => {
    const { ministry, agency, impostor, newcomer } = world.accounts
    await accredit(world, ministry, { subject: agency, maySubaccredit: true })
    await accredit(world, agency, { subject: newcomer, maySubaccredit: true })
    const forged = await anchoredFor(world, impostor, 2)
    await wait(world, 10)
    await withdrawAccreditation(world, ministry, 0)
    await accredit(world, agency, { subject: impostor, validFrom: 0 })
    await accredit(world, newcomer, { subject: impostor, validFrom: 0 })
    expect(await answerTo(forged)).toBe('invalid: issuer_unknown')
  })
})

describe('an accreditor whose right has ended', () => {
  it('cannot pass it on for a time when it had it, not even to one who vouched before', async () => {
    const { ministry, agency, impostor, newcomer } = world.accounts
    await accredit(world, ministry, { subject: agency, maySubaccredit: true })
    await accredit(world, newcomer, { subject: impostor })
    const forged = await anchoredFor(world, impostor, 2)
    await wait(world, 10)
    await withdrawAccreditation(world, ministry, 0)
    await accredit(world, agency, { subject: newcomer, maySubaccredit: true, validFrom: 0 })
    expect(await answerTo(forged)).toBe('invalid: issuer_unknown')
  })

  it('by its date and not by a withdrawal is no different', async () => {
    const { ministry, agency, impostor } = world.accounts
    const validUntil = (await timeOf(world)) + 100
    await accredit(world, ministry, { subject: agency, maySubaccredit: true, validUntil })
    const forged = await anchoredFor(world, impostor, 2)
    await wait(world, 200)
    await accredit(world, agency, { subject: impostor, validFrom: 0 })
    expect(await answerTo(forged)).toBe('invalid: issuer_unknown')
  })
})

describe('a report', () => {
  it('shows names of the record and not of the credential', async () => {
    const { issuer, ministry } = world.accounts
    await accredit(world, ministry, { subject: issuer, name: 'Small College' })
    const batch = await anchoredFor(world, issuer, 2, {
      issuer: { name: 'Famous University', url: 'https://famous.example' },
    })
    const report = await ask(credentialAt(batch, 1))
    expect(report.accreditation?.issuerName).toBe('Small College')
    expect(report.credential?.issuer.name).toBe('Famous University')
  })
})
