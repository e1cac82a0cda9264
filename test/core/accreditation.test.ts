import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Batch } from '../../core/batch.ts'
import type { Report } from '../../core/report.ts'
import { accredit, anchoredFor, timeOf } from './transaction.ts'
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

describe('the accreditation of an issuer', () => {
  it('is missing: the issuer is unknown, whoever else vouches for it', async () => {
    const { issuer, impostor, agency } = world.accounts
    expect(await answerTo(await anchored())).toBe('invalid: issuer_unknown')
    await accredit(world, impostor, { subject: issuer })
    await accredit(world, agency, { subject: issuer })
    await accredit(world, impostor, { subject: agency, maySubaccredit: true })
    expect(await answerTo(await anchored(3))).toBe('invalid: issuer_unknown')
  })

  it('comes from a root that the verifier trusts, whose names are shown', async () => {
    const { issuer, ministry } = world.accounts
    const validUntil = (await timeOf(world)) + 86_400
    await accredit(world, ministry, {
      subject: issuer,
      name: 'University of Example',
      did: 'did:web:uni.example',
      validUntil,
    })
    const report = await ask(first(await anchored()))
    expect(report).toMatchObject({
      verdict: 'valid',
      accreditation: {
        accreditors: [{ account: ministry, name: 'Ministry' }],
        issuerName: 'University of Example',
        issuerDid: 'did:web:uni.example',
        withdrawnAt: undefined,
      },
    })
    expect(report.accreditation?.validUntil).toMatch(/Z$/)
  })

  it('comes through one to whom the root passed its right on, over several steps', async () => {
    const { issuer, ministry, agency, newcomer } = world.accounts
    await accredit(world, ministry, { subject: agency, maySubaccredit: true, name: 'Agency' })
    await accredit(world, agency, { subject: newcomer, maySubaccredit: true, name: 'Office' })
    await accredit(world, newcomer, { subject: issuer, name: 'College' })
    const { verdict, accreditation } = await ask(first(await anchored()))
    expect(verdict).toBe('valid')
    expect(accreditation?.accreditors.map(({ name }) => name)).toEqual([
      'Ministry',
      'Agency',
      'Office',
    ])
  })

  it('does not come through one who may not pass it on', async () => {
    const { issuer, ministry, agency } = world.accounts
    await accredit(world, ministry, { subject: agency })
    await accredit(world, agency, { subject: issuer })
    expect(await answerTo(await anchored())).toBe('invalid: issuer_unknown')
  })

  it('may go round in circles without end', async () => {
    const { issuer, ministry, agency, newcomer } = world.accounts
    for (const [from, subject] of [
      [ministry, agency],
      [agency, newcomer],
      [newcomer, agency],
      [newcomer, ministry],
    ] as const) {
      await accredit(world, from, { subject, maySubaccredit: true })
    }
    expect(await answerTo(await anchored())).toBe('invalid: issuer_unknown')
    await accredit(world, newcomer, { subject: issuer })
    expect(await answerTo(await anchored(3))).toBe('valid')
  })
})

describe('a long list of accreditations', () => {
  it('is read beyond its first page', async () => {
    const { issuer, ministry, agency } = world.accounts
    const past = { validFrom: 1, validUntil: 2 }
    for (let i = 0; i < 40; i++) await accredit(world, ministry, { subject: issuer, ...past })
    await accredit(world, ministry, { subject: issuer, name: 'Late' })
    expect((await ask(first(await anchored()))).accreditation?.issuerName).toBe('Late')
    for (let i = 0; i < 40; i++)
      await accredit(world, ministry, {
        subject: `0x${(i + 1000).toString(16).padStart(40, '0')}`,
        maySubaccredit: true,
        ...past,
      })
    await accredit(world, ministry, { subject: agency, maySubaccredit: true })
    await accredit(world, agency, { subject: world.accounts.newcomer })
    expect(await answerTo(await anchoredFor(world, world.accounts.newcomer, 2))).toBe('valid')
  })

  it('that is longer than what is read makes the answer indeterminate, never "unknown issuer"', async () => {
    const { ministry } = world.accounts
    for (let i = 0; i < 70; i++)
      await accredit(world, ministry, {
        subject: `0x${(i + 1000).toString(16).padStart(40, '0')}`,
        maySubaccredit: true,
      })
    expect(await answerTo(await anchored())).toBe('indeterminate: accreditations_too_many')
  })
})
