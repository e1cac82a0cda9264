import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import { badgeBy, sign, signerOf } from '../core/signers.ts'
import { type Stage, setStage } from './stage.ts'

// Badges that other issuers signed, at the same door as our own.

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.close())

const verify = async (json: unknown) => (await stage.ask('POST /verify', { json })).body
const signedBadge = async (more: JsonObject = {}) => {
  const signer = await signerOf(5)
  return sign(badgeBy(signer.did, { validFrom: '2020-01-01T00:00:00Z', ...more }), signer)
}

describe('POST /verify with a badge of somebody else', () => {
  it('is valid by its signature, and names what was checked', async () => {
    const body = await verify(await signedBadge())
    expect(body).toMatchObject({ verdict: 'valid', reason: 'valid' })
    const outcomes = Object.fromEntries(
      body.checks.map(({ name, code }: { name: string; code: string }) => [name, code]),
    )
    expect(outcomes).toMatchObject({
      anchor: 'no_anchor',
      signature: 'signature_valid',
      issuer: 'issuer_key',
    })
    expect(body.anchor).toBe(undefined)
    expect(body.accreditation).toBe(undefined)
  })

  it('is invalid where it was changed, or signed by somebody else than it names', async () => {
    const signed = await signedBadge()
    expect(await verify({ ...signed, name: 'Doctor of Everything' })).toMatchObject({
      verdict: 'invalid',
      reason: 'signature_invalid',
    })
    const { proof: _, ...bare } = signed
    expect(await verify(bare)).toMatchObject({ verdict: 'invalid', reason: 'proof_missing' })
    const forged = await sign(badgeBy((await signerOf(6)).did), await signerOf(5))
    expect(await verify(forged)).toMatchObject({
      verdict: 'invalid',
      reason: 'issuer_key_mismatch',
    })
  })

  it('is never fetched anything for from within: a key on this machine stays unread', async () => {
    const did = 'did:web:127.0.0.1'
    const signer = await signerOf(5)
    const local = await sign(badgeBy(did), { ...signer, verificationMethod: `${did}#key-1` })
    expect(await verify(local)).toMatchObject({
      verdict: 'indeterminate',
      reason: 'key_unreachable',
    })
  })

  it('takes no longer for what is made to keep a computer busy', async () => {
    const loop = Array.from({ length: 30 }, (_, i) => ({
      id: `_:b${i}`,
      type: 'Evidence',
      evidence: Array.from({ length: 30 }, (_, j) => ({ id: `_:b${j}` })),
    }))
    const signed = { ...(await signedBadge()), evidence: loop }
    const started = performance.now()
    expect((await verify(signed)).verdict).not.toBe('valid')
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
