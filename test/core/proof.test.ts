import { getAddress } from 'ethers'
import { describe, expect, it } from 'vitest'
import { toHex } from '../../core/bytes.ts'
import type { JsonObject } from '../../core/canonical.ts'
import {
  type AnchorProof,
  attachAnchorProof,
  encodeAnchorProof,
  parseProofs,
} from '../../core/proof.ts'
import { codeOf, refusalOf } from './thrown.ts'

const sample: AnchorProof = {
  chainId: 31337,
  registry: getAddress(`0x${'c1'.repeat(20)}`),
  issuer: getAddress(`0x${'ab'.repeat(20)}`),
  statusIndex: 3,
  salt: new Uint8Array(32).fill(7),
  siblings: [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)],
}

describe('the anchor proof of a credential', () => {
  const credential: JsonObject = attachAnchorProof({ id: 'urn:x' }, sample)
  const member = (credential['proof'] as JsonObject[])[0] as JsonObject
  const withProof = (proof: unknown): JsonObject => ({ id: 'urn:x', proof: proof as JsonObject })

  it('is parsed whether it stands alone or in a set', () => {
    expect(parseProofs(credential)).toEqual({ anchor: sample, others: [] })
    expect(parseProofs(withProof(member)).anchor).toEqual(sample)
    const other = { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' }
    expect(parseProofs(withProof([other, member]))).toEqual({ anchor: sample, others: [other] })
    expect(attachAnchorProof({ proof: other }, sample)['proof']).toEqual([other, member])
  })

  it.each([
    ['type', 'Ed25519Signature2020'],
    ['proofPurpose', 'authentication'],
    ['verificationMethod', `did:pkh:eip155:1:${sample.issuer}#blockchainAccountId`],
    ['verificationMethod', String(member['verificationMethod']).toLowerCase()],
    ['created', '2026-01-01T00:00:00Z'],
    ['toString', 'x'],
    ['proofValue', undefined],
    ['proofValue', 7],
    ['proofValue', toHex(encodeAnchorProof(sample))],
  ])('is refused with another %s', (name, value) => {
    const changed = Object.fromEntries(
      Object.entries({ ...member, [name]: value }).filter(([, v]) => v !== undefined),
    )
    expect(refusalOf(() => parseProofs(withProof([changed]))).pointer).toBe(`/proof/0/${name}`)
  })

  it.each(['type', 'proofPurpose', 'verificationMethod', 'proofValue'])(
    'is refused without its %s',
    (name) => {
      const { [name]: _, ...rest } = member
      expect(codeOf(() => parseProofs(withProof(rest)))).toBe('proof_malformed')
    },
  )

  it('is refused where there are two, or where a proof is no object', () => {
    expect(codeOf(() => parseProofs(withProof([member, member])))).toBe('anchor_ambiguous')
    for (const odd of [null, 'x', 7, [null], [[member]], ['x', member]]) {
      expect(codeOf(() => parseProofs(withProof(odd)))).toBe('proof_malformed')
    }
  })
})
