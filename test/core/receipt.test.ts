import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Chain } from '../../core/chain.ts'
import { ChainUnreadableError } from '../../core/chain.ts'
import { InvalidInputError } from '../../core/error.ts'
import { provedChain, type SourcedHeader } from '../../core/proved-state.ts'
import { makeReceipt, parseReceipt, type Receipt, receiptChain } from '../../core/receipt.ts'
import { codeOf } from './thrown.ts'
import { accredit, anchoredFor } from './transaction.ts'
import { first, readersOf, trusting, verify } from './verifier.ts'
import { chainId, openWorld, type World } from './world.ts'

describe('a receipt', () => {
  let world: World
  let receipt: Receipt
  let hash: string

  const settings = () => ({ rootAccreditors: [{ account: world.accounts.ministry, name: 'M' }] })
  const verifyBy = (document: unknown, chain: Chain) =>
    verify(world, document, {
      readers: { ...readersOf(world), chain: () => chain },
      trust: trusting(world, settings()),
    })

  beforeAll(async () => {
    world = await openWorld()
    const { ministry, agency, issuer } = world.accounts
    await accredit(world, ministry, { subject: agency, maySubaccredit: true, name: 'Agency' })
    await accredit(world, agency, { subject: issuer, name: 'University of '.repeat(9) })
    const credential = first(await anchoredFor(world, issuer, 300))
    const chain = { label: 'test chain', provider: world.provider }
    const headers: SourcedHeader[] = []
    const proofs: unknown[] = []
    const witness = {
      onHeader: (header: SourcedHeader) => void headers.push(header),
      onProof: (proof: unknown) => void proofs.push(proof),
    }
    await verifyBy(credential, provedChain(chain, [chain], undefined, witness))
    const [header] = headers
    if (!header) throw new Error('a verification reads a header')
    hash = header.hash
    receipt = makeReceipt(chainId, header, proofs, credential)
  })
  afterAll(() => world.close())

  it('gives the verdict again, and asks nobody', async () => {
    const read = parseReceipt(JSON.stringify(receipt))
    const report = await verifyBy(read.credential, await receiptChain(read, hash))
    expect([report.verdict, report.accreditation?.accreditors.length]).toEqual(['valid', 2])
    expect(read.proofs.map(({ address }) => address.toLowerCase()).sort()).toEqual(
      [world.registry, world.accreditationRegistry].map((each) => each.toLowerCase()).sort(),
    )
  })

  it('holds each slot once', () => {
    for (const { storageProof } of receipt.proofs) {
      expect(new Set(storageProof.map(({ key }) => key)).size).toBe(storageProof.length)
    }
  })

  it('is never valid with a digit changed, wherever it is', async () => {
    const text = JSON.stringify({ header: receipt.header, proofs: receipt.proofs })
    let changed = 0
    for (let at = 0; at < text.length; at += 41) {
      const digit = text[at] as string
      if (!/[0-9a-f]/.test(digit)) continue
      const flipped = (Number.parseInt(digit, 16) ^ 1).toString(16)
      const forged = `${text.slice(0, at)}${flipped}${text.slice(at + 1)}`
      const codes = await outcomeOf(`{"version":1,"chainId":${chainId},${forged.slice(1)}`)
      expect(codes).not.toBe('valid')
      changed += 1
    }
    expect(changed).toBeGreaterThan(300)
  }, 60_000)

  async function outcomeOf(text: string): Promise<string> {
    try {
      const forged = parseReceipt(
        `${text.slice(0, -1)},"credential":${JSON.stringify(receipt.credential)}}`,
      )
      return (await verifyBy(forged.credential, await receiptChain(forged, hash))).reason
    } catch (thrown) {
      if (thrown instanceof InvalidInputError || thrown instanceof ChainUnreadableError) {
        return thrown.code
      }
      throw thrown
    }
  }

  it('does not answer for other accreditors than it was made for', async () => {
    const chain = await receiptChain(receipt, hash)
    const others = { rootAccreditors: [{ account: world.accounts.newcomer, name: 'N' }] }
    const { verdict, reason } = await verify(world, receipt.credential, {
      readers: { ...readersOf(world), chain: () => chain },
      trust: trusting(world, others),
    })
    expect([verdict, reason]).toEqual(['indeterminate', 'receipt_mismatch'])
  })

  it('is refused in another form, with the place', () => {
    const code = (change: object) =>
      codeOf(() => parseReceipt(JSON.stringify({ ...receipt, ...change })))
    expect(code({})).toBeUndefined()
    for (const change of [
      { version: 2 },
      { header: 7 },
      { header: undefined },
      { chainId: 0 },
      { chainId: '1' },
      { credential: 'credential' },
      { proofs: {} },
      { proofs: [null] },
      { proofs: [{ address: '0x', storageProof: {} }] },
      { proofs: [{ address: '0x', storageProof: [{ key: 'key' }] }] },
      { proofs: Array(5).fill(receipt.proofs[0]) },
    ]) {
      expect(code(change)).toBe('receipt_malformed')
    }
    expect(codeOf(() => parseReceipt('[]'))).toBe('receipt_malformed')
    expect(codeOf(() => parseReceipt(`"${'x'.repeat(16_777_216)}"`))).toBe('too_large')
  })
})
