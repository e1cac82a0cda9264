import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromMultibase } from '../../core/bytes.ts'
import type { Json, JsonObject } from '../../core/canonical.ts'
import { addProof } from '../../core/data-integrity.ts'
import { toBase58 } from '../../core/multikey.ts'
import { verifyProofs } from '../../core/proof-set.ts'
import { iJson } from './arbitrary-json.ts'
import { badgeBy, check, created, now, outcomesOf, resolverOf, sign, signerOf } from './signers.ts'

const suites = ['eddsa-rdfc-2022', 'eddsa-jcs-2022'] as const
const proofOf = (document: JsonObject) => document['proof'] as JsonObject
const withProof = (document: JsonObject, change: JsonObject): JsonObject => ({
  ...document,
  proof: { ...proofOf(document), ...change },
})
const signedBadge = async (cryptosuite: (typeof suites)[number] = 'eddsa-rdfc-2022') => {
  const signer = await signerOf(1)
  return sign(badgeBy(signer.did), signer, { cryptosuite })
}

/** Every place in a JSON value, as a path. */
function pathsOf(value: Json, path: readonly (string | number)[] = []): (string | number)[][] {
  const below =
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).flatMap(([name, child]) =>
          pathsOf(child as Json, [...path, Array.isArray(value) ? Number(name) : name]),
        )
  return [[...path], ...below]
}

function replaceAt(value: Json, path: readonly (string | number)[], by: Json): Json {
  const [step, ...rest] = path
  if (step === undefined) return by
  if (Array.isArray(value))
    return value.with(step as number, replaceAt(value[step as number], rest, by))
  const object = value as JsonObject
  return { ...object, [step]: replaceAt(object[step] as Json, rest, by) }
}

describe.each(suites)('%s', (cryptosuite) => {
  it('is valid as it was made, and tells whose key it was', async () => {
    const signer = await signerOf(1)
    const [result] = await check(await signedBadge(cryptosuite))
    expect(result).toMatchObject({
      outcome: 'valid',
      code: 'signature_valid',
      verificationMethod: signer.verificationMethod,
      controller: signer.did,
    })
  })

  it('is not valid with another text, number or flag at any place of the content', async () => {
    const signed = await signedBadge(cryptosuite)
    const { proof, ...content } = signed as { proof: JsonObject }
    const places = pathsOf(content as JsonObject).filter((path) => path.length > 0)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        fc.constantFrom<Json>('x', 'https://x.example/', 7, true, { id: 'urn:x' }),
        async (path, by) => {
          const altered = replaceAt(content as JsonObject, path, by) as JsonObject
          const [outcome] = await outcomesOf({ ...altered, proof })
          expect(outcome).not.toBe('signature_valid')
        },
      ),
      { numRuns: 120 },
    )
  })

  it('is not valid with a member taken away or added', async () => {
    const signed = await signedBadge(cryptosuite)
    for (const name of Object.keys(signed).filter((each) => each !== 'proof')) {
      const { [name]: _, ...rest } = signed
      const [outcome] = await outcomesOf(rest)
      expect(outcome, name).not.toBe('signature_valid')
    }
    for (const more of [{ description: 'x' }, { validFrom: '2020-01-01T00:00:00Z' }]) {
      expect(await outcomesOf({ ...signed, ...more })).toEqual(['invalid: signature_invalid'])
    }
  })

  it('is not valid with any byte of the signature changed', async () => {
    const signer = await signerOf(1)
    const badge = badgeBy(signer.did)
    const broken = (at: number, bit: number) =>
      sign(
        badge,
        {
          ...signer,
          sign: async (bytes) => {
            const signature = await signer.sign(bytes)
            return signature.with(at, (signature[at] as number) ^ (1 << bit))
          },
        },
        { cryptosuite },
      )
    await fc.assert(
      fc.asyncProperty(fc.nat(63), fc.nat(7), async (at, bit) => {
        expect(await outcomesOf(await broken(at, bit))).toEqual(['invalid: signature_invalid'])
      }),
      { numRuns: 40 },
    )
  })

  it('covers its own options: time, purpose, key, challenge and domain', async () => {
    const signer = await signerOf(1)
    const signed = await sign(badgeBy(signer.did), signer, {
      cryptosuite,
      challenge: 'c1',
      domain: 'd1',
    })
    const other = await signerOf(2)
    for (const change of [
      { created: '2026-05-01T12:00:01Z' },
      { challenge: 'c2' },
      { domain: 'd2' },
      { nonce: 'x' },
      { id: 'urn:uuid:9c3d6f0e-54a8-4b3f-8f5b-6f4d8f1c2a01' },
      { expires: '2040-01-01T00:00:00Z' },
      { verificationMethod: other.verificationMethod },
    ]) {
      expect(await outcomesOf(withProof(signed, change))).toEqual(['invalid: signature_invalid'])
    }
    const suite = suites.find((name) => name !== cryptosuite) as string
    const [outcome] = await outcomesOf(withProof(signed, { cryptosuite: suite }))
    expect(outcome).toMatch(/^invalid/)
  })

  it('cannot be moved to another document', async () => {
    const signed = await signedBadge(cryptosuite)
    const other = badgeBy((await signerOf(2)).did)
    expect(await outcomesOf({ ...other, proof: proofOf(signed) })).toEqual([
      'invalid: signature_invalid',
    ])
  })
})

describe('a proof that is not well-formed', () => {
  const cases: readonly (readonly [string, JsonObject, string])[] = [
    ['no type', { type: '' }, 'proof_malformed'],
    ['a list of types', { type: ['DataIntegrityProof'] }, 'proof_malformed'],
    ['no cryptosuite', { cryptosuite: null }, 'proof_malformed'],
    ['a cryptosuite that is no text', { cryptosuite: 7 }, 'proof_malformed'],
    ['no key', { verificationMethod: '' }, 'proof_malformed'],
    ['a key without a name', { verificationMethod: 'did:key:z6Mk' }, 'proof_malformed'],
    ['a key that is an object', { verificationMethod: { id: 'did:key:z#z' } }, 'proof_malformed'],
    ['a key at an http address', { verificationMethod: 'http://x.example/#k' }, 'proof_malformed'],
    ['no purpose', { proofPurpose: null }, 'proof_purpose_mismatch'],
    ['another purpose', { proofPurpose: 'authentication' }, 'proof_purpose_mismatch'],
    ['a time without a zone', { created: '2026-05-01T12:00:00' }, 'time_malformed'],
    ['a day that is none', { created: '2026-02-30T12:00:00Z' }, 'time_malformed'],
    ['a time that is no text', { created: 1 }, 'time_malformed'],
    ['an expiry that is no time', { expires: 'never' }, 'time_malformed'],
    ['an expiry in the past', { expires: '2026-05-31T23:59:59Z' }, 'proof_expired'],
    ['no value', { proofValue: '' }, 'proof_malformed'],
    ['a value in base64', { proofValue: 'uAAAA' }, 'multibase_malformed'],
    ['a value with letters that base58 lacks', { proofValue: 'z0OIl' }, 'multibase_malformed'],
    ['a value of too few bytes', { proofValue: 'z6MkrJVna' }, 'proof_malformed'],
    ['a value without end', { proofValue: `z${'2'.repeat(100_000)}` }, 'multibase_malformed'],
    ['a value for a larger curve', { proofValue: toBase58(new Uint8Array(96)) }, 'proof_malformed'],
    ['a previous proof that is no text', { previousProof: 7 }, 'previous_proof_malformed'],
    ['a previous proof that is not there', { previousProof: 'urn:x' }, 'previous_proof_missing'],
    ['an empty previous proof', { previousProof: [''] }, 'previous_proof_malformed'],
  ]
  it.each(cases)('is invalid: %s', async (_, change, code) => {
    expect(await outcomesOf(withProof(await signedBadge(), change))).toEqual([`invalid: ${code}`])
  })

  it.each([null, 7, 'x', true, []])('is invalid where it is %j', async (odd) => {
    const results = await outcomesOf({ ...badgeBy('did:x:y'), proof: [odd] })
    expect(results).toEqual(['invalid: proof_malformed'])
  })

  it('is never valid and never thrown off, whatever its members hold', async () => {
    const signed = await signedBadge()
    const names = [...Object.keys(proofOf(signed)), 'previousProof', 'expires', '@context', 'id']
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), iJson, async (name, value) => {
        const [outcome] = await outcomesOf(withProof(signed, { [name]: value }))
        const isContext = name === '@context' // a proof over RDF is read with its document's
        const isSame = proofOf(signed)[name] === value
        const isEmpty = name === 'previousProof' && Array.isArray(value) && value.length === 0
        if (!isContext && !isSame && !isEmpty) expect(outcome).not.toBe('signature_valid')
      }),
      { numRuns: 200 },
    )
  })
})

describe('a kind of proof that is not known', () => {
  it.each([
    { type: 'RsaSignature2018' },
    { type: 'Ed25519Signature2018', jws: 'x' },
    { cryptosuite: 'bbs-2023' },
    { cryptosuite: 'Ed25519Signature2020' },
    { type: 'eddsa-rdfc-2022' },
    { cryptosuite: 'toString' },
  ])('could not be checked, and is neither valid nor invalid: %j', async (change) => {
    expect(await outcomesOf(withProof(await signedBadge(), change))).toEqual([
      'indeterminate: signature_unsupported',
    ])
  })
})

describe('challenge and domain', () => {
  const proven = async (more: object) => {
    const signer = await signerOf(1)
    return sign(badgeBy(signer.did), signer, { proofPurpose: 'authentication', ...more })
  }
  const expected = { proofPurpose: 'authentication', challenge: 'c1', domain: 'd1' } as const

  it('must be those that were given', async () => {
    expect(await outcomesOf(await proven({ challenge: 'c1', domain: 'd1' }), { expected })).toEqual(
      ['signature_valid'],
    )
    for (const [more, code] of [
      [{ challenge: 'c2', domain: 'd1' }, 'challenge_mismatch'],
      [{ domain: 'd1' }, 'challenge_mismatch'],
      [{ challenge: 'c1', domain: 'd2' }, 'domain_mismatch'],
      [{ challenge: 'c1' }, 'domain_mismatch'],
    ] as const) {
      expect(await outcomesOf(await proven(more), { expected })).toEqual([`invalid: ${code}`])
    }
  })

  it('do not make a presentation out of a credential', async () => {
    const signed = await signedBadge()
    expect(await outcomesOf(signed, { expected })).toEqual(['invalid: proof_purpose_mismatch'])
  })
})

describe('a set of proofs', () => {
  it('is answered for member by member', async () => {
    const one = await signedBadge()
    const two = await sign(one, await signerOf(2))
    const three = await sign(two, await signerOf(3), { cryptosuite: 'eddsa-jcs-2022' })
    expect(await outcomesOf(three)).toEqual(Array(3).fill('signature_valid'))
    const [first, second, third] = three['proof'] as readonly JsonObject[]
    const bad = { ...second, proofValue: proofOf(one)['proofValue'] }
    expect(await outcomesOf({ ...three, proof: [first, bad, third] } as JsonObject)).toEqual([
      'signature_valid',
      'invalid: signature_invalid',
      'signature_valid',
    ])
  })

  it('without members gives no result, which nobody may take for a good one', async () => {
    expect(await check(badgeBy('did:x:y'))).toEqual([])
    expect(await check({ ...badgeBy('did:x:y'), proof: [] })).toEqual([])
  })

  it('leaves the anchor proof to the check of the anchor', async () => {
    const signed = await signedBadge()
    const anchor = { type: 'DataIntegrityProof', cryptosuite: 'merkle-anchor-2026' }
    expect(await outcomesOf({ ...signed, proof: [anchor, proofOf(signed)] })).toEqual([
      'signature_valid',
    ])
  })

  it('of hundreds is not looked through', async () => {
    const signed = await signedBadge()
    let asked = 0
    const resolveDid = (did: string) => {
      asked += 1
      return resolverOf()(did)
    }
    const proof = Array.from({ length: 300 }, () => proofOf(signed))
    expect(await outcomesOf({ ...signed, proof }, { resolveDid })).toEqual([
      'indeterminate: proofs_too_many',
    ])
    expect(asked).toBe(0)
    const few = Array.from({ length: 16 }, () => proofOf(signed))
    await outcomesOf({ ...signed, proof: few }, { resolveDid })
    expect(asked).toBe(1)
  })
})

describe('a chain of proofs', () => {
  const ids = [1, 2, 3].map((n) => `urn:uuid:00000000-0000-4000-8000-00000000000${n}`)
  const [id1, id2, id3] = ids as [string, string, string]
  const chain = async (cryptosuite: (typeof suites)[number] = 'eddsa-rdfc-2022') => {
    const options = { cryptosuite }
    const signer = await signerOf(1)
    const one = await sign(badgeBy(signer.did), signer, { ...options, id: id1 })
    const two = await sign(one, await signerOf(2), { ...options, id: id2, previousProof: id1 })
    return sign(two, await signerOf(3), { ...options, id: id3, previousProof: [id1, id2] })
  }
  const members = (document: JsonObject) => document['proof'] as readonly JsonObject[]

  it.each(suites)('is valid as it was made: %s', async (cryptosuite) => {
    expect(await outcomesOf(await chain(cryptosuite))).toEqual(Array(3).fill('signature_valid'))
  })

  it('notices that a proof it builds on was taken away, or replaced by one as good', async () => {
    const signed = await chain()
    const [first, second, third] = members(signed) as [JsonObject, JsonObject, JsonObject]
    expect(await outcomesOf({ ...signed, proof: [second, third] })).toEqual([
      'invalid: previous_proof_missing',
      'invalid: previous_proof_missing',
    ])
    const again = await sign(badgeBy((await signerOf(1)).did), await signerOf(4), { id: id1 })
    expect(await outcomesOf({ ...signed, proof: [proofOf(again), second, third] })).toEqual([
      'signature_valid',
      'invalid: signature_invalid',
      'invalid: signature_invalid',
    ])
    expect(await outcomesOf({ ...signed, proof: [first, first, second] })).toEqual([
      'signature_valid',
      'signature_valid',
      'invalid: proof_ambiguous',
    ])
  })

  it('notices that it was taken out of the chain', async () => {
    const signed = await chain()
    const [first, second] = members(signed) as [JsonObject, JsonObject]
    const { previousProof: _, ...alone } = second
    expect(await outcomesOf({ ...signed, proof: [first, alone as JsonObject] })).toEqual([
      'signature_valid',
      'invalid: signature_invalid',
    ])
  })

  it('is refused where it goes in a circle', async () => {
    const signed = await chain()
    const [first, second] = members(signed) as [JsonObject, JsonObject]
    const circle = [{ ...first, previousProof: id2 }, second]
    expect(await outcomesOf({ ...signed, proof: circle })).toEqual(
      Array(2).fill('invalid: previous_proof_cycle'),
    )
    expect(await outcomesOf({ ...signed, proof: [{ ...first, previousProof: id1 }] })).toEqual([
      'invalid: previous_proof_cycle',
    ])
  })

  it('does not take long where every proof names all others before it', async () => {
    const signed = await signedBadge()
    const proof = Array.from({ length: 16 }, (_, i) => ({
      ...proofOf(signed),
      id: `urn:x:${i}`,
      previousProof: Array.from({ length: i }, (_, j) => `urn:x:${j}`),
    }))
    const started = performance.now()
    const outcomes = await outcomesOf({ ...signed, proof })
    expect(outcomes.every((outcome) => outcome !== 'signature_valid')).toBe(true)
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  it('cannot be made over a proof that is not there', async () => {
    const signer = await signerOf(1)
    await expect(
      sign(badgeBy(signer.did), signer, { previousProof: 'urn:x' }),
    ).rejects.toMatchObject({ code: 'previous_proof_missing' })
  })
})

describe('where the key is found', () => {
  const did = 'did:web:college.example'
  const url = 'https://college.example/.well-known/did.json'
  const keyUrl = `${did}#key-1`
  const documentWith = async (method: object = {}, more: object = {}) => {
    const { did: keyDid } = await signerOf(1)
    return {
      '@context': ['https://www.w3.org/ns/did/v1'],
      id: did,
      verificationMethod: [
        {
          id: keyUrl,
          type: 'Multikey',
          controller: did,
          publicKeyMultibase: keyDid.slice('did:key:'.length),
          ...method,
        },
      ],
      assertionMethod: [keyUrl],
      ...more,
    }
  }
  const signedByWeb = async () => {
    const signer = await signerOf(1)
    return sign(badgeBy(did), { ...signer, verificationMethod: keyUrl })
  }
  const askWith = async (document: unknown, more: object = {}) =>
    (
      await outcomesOf(await signedByWeb(), {
        resolveDid: resolverOf({ [url]: document }),
        ...more,
      })
    )[0]

  it('a did:web is read where it says, and its keys in any of the usual ways', async () => {
    expect(await askWith(await documentWith())).toBe('signature_valid')
    expect(await askWith(await documentWith({ id: '#key-1' }))).toBe('signature_valid')
    expect(await askWith(await documentWith({}, { assertionMethod: ['#key-1'] }))).toBe(
      'signature_valid',
    )
    const { verificationMethod, ...bare } = await documentWith()
    expect(await askWith({ ...bare, assertionMethod: verificationMethod })).toBe('signature_valid')
    expect(await askWith(await documentWith({ type: 'Ed25519VerificationKey2020' }))).toBe(
      'signature_valid',
    )
    const x = (await signerOf(1)).did
    expect(x).toMatch(/^did:key:z6Mk/)
  })

  it('the key of another, or one that is not meant for this, is refused', async () => {
    const other = (await signerOf(2)).did.slice('did:key:'.length)
    const cases: readonly (readonly [unknown, string])[] = [
      [await documentWith({ publicKeyMultibase: other }), 'invalid: signature_invalid'],
      [await documentWith({ id: `${did}#key-2` }), 'invalid: method_missing'],
      [await documentWith({}, { assertionMethod: [] }), 'invalid: method_purpose'],
      [
        await documentWith({}, { assertionMethod: [], authentication: [keyUrl] }),
        'invalid: method_purpose',
      ],
      [await documentWith({ controller: 'did:web:evil.example' }), 'invalid: controller_mismatch'],
      [await documentWith({}, { id: 'did:web:evil.example' }), 'invalid: did_document_mismatch'],
      [await documentWith({ publicKeyMultibase: 'z6Mk' }), 'invalid: key_type_unknown'],
      [await documentWith({ publicKeyMultibase: 'u6Mk' }), 'invalid: multibase_malformed'],
      [await documentWith({ publicKeyMultibase: undefined }), 'invalid: key_malformed'],
      [await documentWith({ type: 'Ed448Key' }), 'indeterminate: key_format_unknown'],
      ['<html>', 'invalid: did_document_mismatch'],
      [null, 'invalid: did_document_mismatch'],
      [[], 'invalid: did_document_mismatch'],
      [{ id: did, verificationMethod: 7 }, 'invalid: method_missing'],
      [{ id: did, verificationMethod: [null, 7, 'x'] }, 'invalid: method_missing'],
    ]
    for (const [document, outcome] of cases) expect(await askWith(document)).toBe(outcome)
  })

  it('a document that cannot be had now says nothing against the signature', async () => {
    const [result] = await check(await signedByWeb())
    expect(result).toMatchObject({ outcome: 'indeterminate', code: 'key_unreachable' })
    expect(result?.verificationMethod).toBe(keyUrl)
    expect(result?.controller).toBe(undefined)
  })

  it('a retired key keeps what it signed in its time, a revoked one keeps nothing', async () => {
    const before = '2026-05-01T11:59:59Z'
    const after = '2026-05-01T12:00:01Z'
    expect(await askWith(await documentWith({ expires: after }))).toBe('signature_valid')
    expect(await askWith(await documentWith({ expires: before }))).toBe('invalid: key_expired')
    expect(await askWith(await documentWith({ expires: created }))).toBe('invalid: key_expired')
    expect(await askWith(await documentWith({ expires: 'soon' }))).toBe('invalid: time_malformed')
    expect(await askWith(await documentWith({ revoked: after }))).toBe('invalid: key_revoked')
    expect(await askWith(await documentWith({ revoked: '2030-01-01T00:00:00Z' }))).toBe(
      'signature_valid',
    )
  })

  it('a DID of another method cannot be resolved here', async () => {
    const signer = await signerOf(1)
    for (const method of ['did:ebsi:zabc#k', 'did:pkh:eip155:1:0xab#x']) {
      const signed = await sign(badgeBy('did:x:y'), { ...signer, verificationMethod: method })
      expect(await outcomesOf(signed)).toEqual(['indeterminate: did_method_unsupported'])
    }
    const broken = await sign(badgeBy('did:x:y'), {
      ...signer,
      verificationMethod: 'did:key:z6MkBroken#z6MkBroken',
    })
    expect((await outcomesOf(broken))[0]).toMatch(/^invalid: did_key_malformed$/)
  })

  it('a did:key has one name for its key', async () => {
    const signer = await signerOf(1)
    const signed = await sign(badgeBy(signer.did), {
      ...signer,
      verificationMethod: `${signer.did}#key-1`,
    })
    expect(await outcomesOf(signed)).toEqual(['invalid: method_missing'])
  })

  it('the document of a key with an https address works as well', async () => {
    const signer = await signerOf(1)
    const home = 'https://college.example/issuer'
    const key = `${home}#key-1`
    const signed = await sign(badgeBy(home), { ...signer, verificationMethod: key })
    const document = {
      id: home,
      verificationMethod: [
        {
          id: key,
          type: 'Multikey',
          controller: home,
          publicKeyMultibase: signer.did.slice('did:key:'.length),
        },
      ],
      assertionMethod: key,
    }
    expect(await outcomesOf(signed, { resolveDid: resolverOf({ [home]: document }) })).toEqual([
      'signature_valid',
    ])
  })
})

describe('a browser that keeps its cryptography from the page', () => {
  it('leaves the signature open, good or bad', async () => {
    const signed = await signedBadge()
    const kept = Object.getOwnPropertyDescriptor(globalThis, 'crypto') as PropertyDescriptor
    Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true })
    try {
      for (const document of [signed, { ...signed, name: 'Other' }]) {
        expect(await outcomesOf(document)).toEqual(['indeterminate: crypto_unavailable'])
      }
    } finally {
      Object.defineProperty(globalThis, 'crypto', kept)
    }
    expect(await outcomesOf(signed)).toEqual(['signature_valid'])
  })
})

describe('a signature over nothing', () => {
  it('does not stand for a document that JSON-LD empties', async () => {
    const signer = await signerOf(1)
    const options = { cryptosuite: 'eddsa-rdfc-2022', signer, created } as const
    await expect(
      addProof({ '@context': [] }, { ...options, proofPurpose: 'assertionMethod' }),
    ).rejects.toMatchObject({ code: 'json_ld_unsafe' })
    const results = await verifyProofs(
      { proof: { type: 'DataIntegrityProof' } },
      { resolveDid: resolverOf(), now, expected: { proofPurpose: 'assertionMethod' } },
    )
    expect(results[0]?.outcome).toBe('invalid')
    expect(fromMultibase('u')).toEqual(new Uint8Array())
  })
})
