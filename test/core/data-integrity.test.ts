import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey'
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey'
import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../../core/bytes.ts'
import { canonicalize, type JsonObject } from '../../core/canonical.ts'
import { type Cryptosuite, hashData } from '../../core/data-integrity.ts'
import { sha256 } from '../../core/hash.ts'
import { canonizeRdf } from '../../core/json-ld.ts'
import { fromBase58 } from '../../core/multikey.ts'
import { securedDocument } from '../../core/proof-chain.ts'
import { makeSigningKey } from '../../core/signing-key.ts'
import { readJson, readText, sharedVectors } from '../shared-vectors.ts'
import { issueElsewhere, verifyElsewhere } from './digital-bazaar.ts'
import { badgeBy, created, outcomesOf, sign, signerOf } from './signers.ts'

const vectors = sharedVectors('vc-di-eddsa')

/** Folder, suffix of the file names, kind of proof. */
const vectorSets: readonly (readonly [string, string, Cryptosuite])[] = [
  ['eddsa-rdfc-2022', 'DataInt', 'eddsa-rdfc-2022'],
  ['eddsa-jcs-2022', 'JCS', 'eddsa-jcs-2022'],
  ['Ed25519Signature2020', 'EdSig', 'Ed25519Signature2020'],
]

describe.runIf(vectors)('every intermediate value of the W3C vectors', () => {
  const folderOf = (name: string) => new URL(`${name}/`, vectors)
  const hexOf = (bytes: Uint8Array) => toHex(bytes).slice(2)

  it.each(vectorSets)('%s', async (name, suffix, suite) => {
    const folder = folderOf(name)
    const signed = readJson(folder, `signed${suffix}.json`) as JsonObject
    const configuration = readJson(folder, `proofConfig${suffix}.json`) as JsonObject
    const { proof, ...document } = signed as { proof: JsonObject }
    const canonical = (value: JsonObject) =>
      suite === 'eddsa-jcs-2022' ? canonicalize(value) : canonizeRdf(value)
    const text = (what: string) => readText(folder, `${what}${suffix}.txt`)

    expect(await canonical(document as JsonObject)).toBe(text('canonDoc'))
    expect(await canonical(configuration)).toBe(text('proofCanon'))
    expect(hexOf(sha256(utf8(text('canonDoc'))))).toBe(text('docHash'))
    expect(hexOf(sha256(utf8(text('proofCanon'))))).toBe(text('proofHash'))
    const secured = securedDocument(signed, proof)
    const combined = hexOf(await hashData(secured, proof, suite, 'Ed25519'))
    expect(combined).toBe(text('combinedHash'))
    expect(hexOf(fromBase58(text('sigBTC58')))).toBe(text('sigHex'))
    expect(proof['proofValue']).toBe(text('sigBTC58'))
    expect(await outcomesOf(signed)).toEqual(['signature_valid'])
  })

  it('its key makes the signatures of the vectors again', async () => {
    const keys = readJson(vectors as URL, 'keyPair.json') as { privateKeyMultibase: string }
    const key = await makeSigningKey(fromBase58(keys.privateKeyMultibase).slice(2))
    const unsigned = readJson(vectors as URL, 'unsigned.json') as JsonObject
    const verificationMethod = `did:key:${key.multikey}#${key.multikey}`
    for (const [name, suffix, cryptosuite] of vectorSets.slice(0, 2)) {
      const signed = await sign(
        unsigned,
        { verificationMethod, sign: key.sign },
        {
          cryptosuite: cryptosuite as 'eddsa-rdfc-2022' | 'eddsa-jcs-2022',
          created: '2023-02-24T23:36:38Z',
        },
      )
      expect(signed).toEqual(readJson(folderOf(name), `signed${suffix}.json`))
    }
  })

  it('a document whose context is not pinned could not be checked, and is not called invalid', async () => {
    const employ = readJson(folderOf('eddsa-rdfc-2022/employ'), 'signedDataInt.json') as JsonObject
    expect(await outcomesOf(employ)).toEqual(['indeterminate: context_unknown'])
  })
})

/** VC 1.1, as older issuers write it. */
function oldBadgeBy(issuer: string, suiteContext: string): JsonObject {
  const { validFrom, validUntil, name: _, '@context': _context, ...badge } = badgeBy(issuer)
  return {
    '@context': [
      'https://www.w3.org/2018/credentials/v1',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
      suiteContext,
    ],
    ...badge,
    issuanceDate: validFrom,
    expirationDate: validUntil,
  } as JsonObject
}

const dataIntegrity = 'https://w3id.org/security/data-integrity/v2'
const suite2020 = 'https://w3id.org/security/suites/ed25519-2020/v1'
const makers = {
  'VC 2.0': (issuer: string) => badgeBy(issuer),
  'VC 1.1': (issuer: string) => oldBadgeBy(issuer, dataIntegrity),
}

describe('what we sign, @digitalbazaar/vc takes', () => {
  const cases = Object.keys(makers).flatMap((model) =>
    (['eddsa-rdfc-2022', 'eddsa-jcs-2022'] as const).map((suite) => [model, suite] as const),
  )
  it.each(cases)('%s, %s', async (model, cryptosuite) => {
    const signer = await signerOf(7)
    const badge = makers[model as keyof typeof makers](signer.did)
    const signed = await sign(badge, signer, { cryptosuite })
    expect(await verifyElsewhere(signed, cryptosuite)).toBe(true)
    expect(await outcomesOf(signed)).toEqual(['signature_valid'])
    const altered = { ...signed, issuer: { ...(signed['issuer'] as JsonObject), name: 'Other' } }
    expect(await verifyElsewhere(altered, cryptosuite)).not.toBe(true)
    expect(await outcomesOf(altered)).toEqual(['invalid: signature_invalid'])
  })
})

describe('what @digitalbazaar/vc signs, we take', () => {
  const edKey = async () => {
    const pair = await Ed25519Multikey.generate({ seed: new Uint8Array(32).fill(9) })
    return withDid(pair as unknown as OtherKey)
  }
  const ecKey = async (curve: string) => {
    const { generate } = EcdsaMultikey as unknown as {
      generate: (options: object) => Promise<OtherKey>
    }
    return withDid(await generate({ curve }))
  }
  const withDid = async (pair: OtherKey) => {
    const { publicKeyMultibase } = await pair.export({ publicKey: true })
    const did = `did:key:${publicKeyMultibase}`
    return { did, signer: { ...pair.signer(), id: `${did}#${publicKeyMultibase}` } }
  }
  const cases = [
    ['VC 2.0', 'eddsa-rdfc-2022', edKey, badgeBy],
    ['VC 2.0', 'eddsa-jcs-2022', edKey, badgeBy],
    ['VC 2.0 on P-256', 'ecdsa-rdfc-2019', () => ecKey('P-256'), badgeBy],
    ['VC 2.0 on P-384', 'ecdsa-rdfc-2019', () => ecKey('P-384'), badgeBy],
    ['VC 2.0 with the suite context', 'Ed25519Signature2020', edKey, withSuiteContext],
    ['VC 1.1', 'eddsa-rdfc-2022', edKey, (did: string) => oldBadgeBy(did, dataIntegrity)],
    ['VC 1.1', 'Ed25519Signature2020', edKey, (did: string) => oldBadgeBy(did, suite2020)],
    [
      'VC 1.1 on P-256',
      'ecdsa-rdfc-2019',
      () => ecKey('P-256'),
      (did: string) => oldBadgeBy(did, dataIntegrity),
    ],
  ] as const

  it.each(cases)('%s, %s', async (_, suite, makeKey, makeBadge) => {
    const { did, signer } = await makeKey()
    const signed = await issueElsewhere(makeBadge(did), suite, signer)
    expect(await verifyElsewhere(signed, suite)).toBe(true)
    expect(await outcomesOf(signed)).toEqual(['signature_valid'])
    const subject = signed['credentialSubject'] as JsonObject
    const altered = { ...signed, credentialSubject: { ...subject, id: 'did:example:mallory' } }
    expect(await outcomesOf(altered)).toEqual(['invalid: signature_invalid'])
    const proof = { ...(signed['proof'] as JsonObject), created: '2026-05-01T12:00:01Z' }
    expect(await outcomesOf({ ...signed, proof })).toEqual(['invalid: signature_invalid'])
  })

  function withSuiteContext(did: string): JsonObject {
    const badge = badgeBy(did)
    return { ...badge, '@context': [...(badge['@context'] as readonly string[]), suite2020] }
  }
})

describe('a document whose contexts do not know the kind of its proof', () => {
  it('is refused: vc-di-eddsa §3.2.5 lends a proof no contexts but those of the document', async () => {
    const signer = await signerOf(7)
    const signed = await sign(oldBadgeBy(signer.did, dataIntegrity), signer)
    const [base, badges] = signed['@context'] as readonly string[]
    const bare = { ...signed, '@context': [base, badges] } as JsonObject
    expect(await outcomesOf(bare)).toEqual(['invalid: json_ld_unsafe'])
    const { proof: _, ...unsigned } = bare
    await expect(sign(unsigned as JsonObject, signer)).rejects.toMatchObject({
      code: 'json_ld_unsafe',
    })
  })
})

describe('the proof that is made', () => {
  it('says who signed, when and what for, and nothing else', async () => {
    const signer = await signerOf(1)
    const { proof } = (await sign(badgeBy(signer.did), signer)) as { proof: JsonObject }
    expect(Object.keys(proof)).toEqual([
      'type',
      'cryptosuite',
      'created',
      'verificationMethod',
      'proofPurpose',
      'proofValue',
    ])
    expect(proof).toMatchObject({ created, verificationMethod: signer.verificationMethod })
  })

  it('is the same each time: EdDSA draws nothing', async () => {
    const signer = await signerOf(1)
    const badge = badgeBy(signer.did)
    expect(await sign(badge, signer)).toEqual(await sign(badge, signer))
  })

  it('stands beside the proofs that are there', async () => {
    const signer = await signerOf(1)
    const once = await sign(badgeBy(signer.did), signer)
    const twice = await sign(once, await signerOf(2), { cryptosuite: 'eddsa-jcs-2022' })
    expect(twice['proof']).toHaveLength(2)
    expect(await outcomesOf(twice)).toEqual(['signature_valid', 'signature_valid'])
  })

  it('is refused for what JSON-LD would drop', async () => {
    const signer = await signerOf(1)
    const badge = badgeBy(signer.did, { undefinedTerm: 'x' })
    await expect(sign(badge, signer)).rejects.toMatchObject({ code: 'json_ld_unsafe' })
  })
})
