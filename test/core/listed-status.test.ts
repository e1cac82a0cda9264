import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import type { Signer } from '../../core/data-integrity.ts'
import { contractAddresses } from '../../core/deployment.ts'
import type { Check } from '../../core/report.ts'
import { encodeStatusList, makeStatusListCredential, statusBits } from '../../core/status-list.ts'
import { parseTrust } from '../../core/trust.ts'
import { verifyCredential } from '../../core/verify.ts'
import { badgeBy, now, sign, signerOf } from './signers.ts'

const url = 'https://issuer.example/status/3'
const trust = parseTrust({ version: 1, chains: {} }, contractAddresses)

type Key = Signer & { readonly did: string }
let issuer: Key
let stranger: Key
beforeAll(async () => {
  issuer = await signerOf(7)
  stranger = await signerOf(8)
})

const entry = (more: JsonObject = {}): JsonObject => ({
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '94567',
  statusListCredential: url,
  ...more,
})

/** A list in which `indexes` are set, unsigned; `terms` and `more` go over what it says. */
async function unsigned(
  indexes: readonly number[] = [],
  terms: Partial<Parameters<typeof makeStatusListCredential>[0]> = {},
  more: JsonObject = {},
): Promise<JsonObject> {
  const list = makeStatusListCredential({
    id: url,
    issuer: issuer.did,
    purpose: 'revocation',
    encodedList: await encodeStatusList(statusBits(indexes)),
    validFrom: '2026-05-01T00:00:00Z',
    validUntil: '2026-06-02T00:00:00Z',
    ttl: 300_000,
    ...terms,
  })
  return { ...list, ...more }
}

const signed = async (...args: Parameters<typeof unsigned>) => sign(await unsigned(...args), issuer)

const withSubject = (list: JsonObject, more: JsonObject): JsonObject => ({
  ...list,
  credentialSubject: { ...(list['credentialSubject'] as JsonObject), ...more },
})

/** What the status check says of a badge that the issuer signed, with these entries, where these lists can be read. */
async function statusOf(
  entries: JsonObject | readonly JsonObject[],
  documents: Readonly<Record<string, unknown>>,
  asked: string[] = [],
): Promise<Check & { readonly verdict: string }> {
  const document = badgeBy(issuer.did, { credentialStatus: entries })
  // This kind of proof does without JSON-LD, so that odd entries can be signed, too.
  const badge = await sign(document, issuer, { cryptosuite: 'eddsa-jcs-2022' })
  const report = await verifyCredential(badge, {
    readers: {
      chain: () => undefined,
      document: async (asking) => {
        asked.push(asking)
        if (asking in documents) return structuredClone(documents[asking])
        throw new Error('answered with HTTP 503')
      },
    },
    trust,
    now,
  })
  const check = report.checks.find(({ name }) => name === 'status')
  if (!check) throw new Error('no status check')
  return { ...check, verdict: report.verdict }
}

async function toldOf(
  entries: JsonObject | readonly JsonObject[],
  documents: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { outcome, code, verdict } = await statusOf(entries, documents)
  expect(verdict).toBe(outcome)
  return outcome === 'valid' ? code : `${outcome}: ${code}`
}

describe("a badge of another issuer's, with a status list", () => {
  it('is valid where its bit is not set, whatever its neighbours are', async () => {
    const list = await signed([94_566, 94_568, 0, 131_071])
    const check = await statusOf(entry(), { [url]: list })
    expect(check).toMatchObject({ outcome: 'valid', code: 'active', verdict: 'valid' })
    expect(check.read).toEqual([{ what: 'status list', from: url }])
  })

  it('is revoked or suspended where its bit is set', async () => {
    expect(await toldOf(entry(), { [url]: await signed([94_567]) })).toBe('invalid: revoked')
    const list = await signed([94_567], { purpose: 'suspension' })
    expect(await toldOf(entry({ statusPurpose: 'suspension' }), { [url]: list })).toBe(
      'invalid: suspended',
    )
  })

  it('may write its index as a number', async () => {
    const list = await signed([0, 94_567])
    expect(await toldOf(entry({ statusListIndex: 94_567 }), { [url]: list })).toBe(
      'invalid: revoked',
    )
    expect(await toldOf(entry({ statusListIndex: 0 }), { [url]: list })).toBe('invalid: revoked')
    expect(await toldOf(entry({ statusListIndex: 1 }), { [url]: list })).toBe('active')
  })

  it('is answered for at both ends of the list', async () => {
    const list = await signed([131_071])
    expect(await toldOf(entry({ statusListIndex: '131071' }), { [url]: list })).toBe(
      'invalid: revoked',
    )
    expect(await toldOf(entry({ statusListIndex: '131070' }), { [url]: list })).toBe('active')
    for (const beyond of ['131072', '4294967296', '9'.repeat(400)]) {
      expect(await toldOf(entry({ statusListIndex: beyond }), { [url]: list })).toBe(
        'indeterminate: status_index_beyond_list',
      )
    }
  })

  it('is told what a message says without being ended by it', async () => {
    for (const purpose of ['message', 'refresh']) {
      const list = await signed([94_567], { purpose })
      expect(await toldOf(entry({ statusPurpose: purpose }), { [url]: list })).toBe(
        'status_message',
      )
    }
  })

  it('is not passed where it is marked for a purpose that nobody here knows', async () => {
    const marked = await signed([94_567], { purpose: 'quarantine' })
    const purpose = entry({ statusPurpose: 'quarantine' })
    expect(await toldOf(purpose, { [url]: marked })).toBe('indeterminate: status_unsupported')
    const clear = await signed([], { purpose: 'quarantine' })
    expect(await toldOf(purpose, { [url]: clear })).toBe('active')
  })

  it('may have a list for several purposes', async () => {
    const plain = await unsigned([94_567])
    const list = await sign(
      withSubject(plain, { statusPurpose: ['suspension', 'revocation'] }),
      issuer,
    )
    expect(await toldOf(entry(), { [url]: list })).toBe('invalid: revoked')
  })

  it('may have statuses of several bits, of which any that is set counts', async () => {
    const large = (indexes: readonly number[]) =>
      encodeStatusList(statusBits(indexes, 262_144)).then((encodedList) =>
        signed([], { encodedList }),
      )
    const wide = entry({ statusSize: 2, statusListIndex: '10' })
    expect(await toldOf(wide, { [url]: await large([19, 22]) })).toBe('active')
    expect(await toldOf(wide, { [url]: await large([20]) })).toBe('invalid: revoked')
    expect(await toldOf(wide, { [url]: await large([21]) })).toBe('invalid: revoked')
    expect(await toldOf(wide, { [url]: await signed() })).toBe(
      'indeterminate: status_list_too_short',
    )
    const widest = entry({ statusSize: 33, statusListIndex: '10' })
    expect(await toldOf(widest, { [url]: await large([]) })).toBe(
      'indeterminate: status_unsupported',
    )
  })
})

describe('several entries', () => {
  const other = 'https://issuer.example/status/4'
  const suspension = () =>
    entry({ statusPurpose: 'suspension', statusListIndex: '5', statusListCredential: other })
  const suspended = (indexes: readonly number[]) =>
    signed(indexes, { id: other, purpose: 'suspension' })

  it('are all asked, and one that ended it decides', async () => {
    const both = [entry(), suspension()]
    const lists = { [url]: await signed(), [other]: await suspended([5]) }
    expect(await toldOf(both, lists)).toBe('invalid: suspended')
    const clear = { ...lists, [other]: await suspended([]) }
    const check = await statusOf(both, clear)
    expect(check.code).toBe('active')
    expect(check.read.map(({ from }) => from)).toEqual([url, other])
  })

  it('leave the status open where one list cannot be read, unless another ended it', async () => {
    const both = [suspension(), entry()]
    expect(await toldOf(both, { [url]: await signed() })).toBe('indeterminate: status_unreachable')
    expect(await toldOf(both, { [url]: await signed([94_567]) })).toBe('invalid: revoked')
  })

  it('are not hidden by one of a kind that nobody here knows', async () => {
    const unknown = { type: 'https://issuer.example/ns#Ledger', id: 'urn:ledger:9' }
    const lists = { [url]: await signed() }
    expect(await toldOf([unknown, entry()], lists)).toBe('indeterminate: status_unsupported')
    expect(await toldOf([unknown, entry()], { [url]: await signed([94_567]) })).toBe(
      'invalid: revoked',
    )
  })

  it('of one list have it fetched once', async () => {
    const asked: string[] = []
    const lists = { [url]: await signed([3]) }
    const entries = [1, 2, 4].map((index) => entry({ statusListIndex: String(index) }))
    expect((await statusOf(entries, lists, asked)).code).toBe('active')
    expect(asked).toEqual([url])
  })

  it('are asked up to eight, and beyond that nothing is taken for granted', async () => {
    const asked: string[] = []
    const entries = Array.from({ length: 500 }, (_, i) =>
      entry({ statusListCredential: `${url}?${i}` }),
    )
    const check = await statusOf(entries, {}, asked)
    expect(check.verdict).toBe('indeterminate')
    expect(asked).toHaveLength(8)
    const lists = { [url]: await signed() }
    expect(
      await toldOf(
        Array.from({ length: 9 }, () => entry()),
        lists,
      ),
    ).toBe('indeterminate: statuses_too_many')
    expect(
      await toldOf(
        Array.from({ length: 8 }, () => entry()),
        lists,
      ),
    ).toBe('active')
  })
})

describe('an entry that is not well-formed', () => {
  it.each<[string, JsonObject]>([
    ['a negative index', { statusListIndex: '-1' }],
    ['a negative number', { statusListIndex: -1 }],
    ['a broken number', { statusListIndex: 1.5 }],
    ['a hexadecimal index', { statusListIndex: '0x10' }],
    ['an index with blanks', { statusListIndex: ' 1' }],
    ['an index with leading zeros', { statusListIndex: '007' }],
    ['no digits', { statusListIndex: '' }],
    ['a boolean index', { statusListIndex: true }],
    ['a list of indexes', { statusListIndex: ['1'] }],
    ['no purpose', { statusPurpose: '' }],
    ['a purpose that is no text', { statusPurpose: 3 }],
    ['no address', { statusListCredential: 'status/3' }],
    ['an address that is no text', { statusListCredential: { id: url } }],
    ['a size of nothing', { statusSize: 0 }],
    ['a negative size', { statusSize: -1 }],
    ['a broken size', { statusSize: 1.5 }],
    ['a size that is text', { statusSize: '1' }],
  ])('is refused: %s', async (_, more) => {
    expect(await toldOf(entry(more), { [url]: await signed() })).toBe('invalid: status_malformed')
  })
})

describe('a list that cannot be relied on', () => {
  const open = async (list: unknown) => {
    const told = await toldOf(entry(), { [url]: list })
    expect(told).toMatch(/^indeterminate: /)
    return told.slice('indeterminate: '.length)
  }

  it('may be out of reach', async () => {
    const check = await statusOf(entry(), {})
    expect(check).toMatchObject({ outcome: 'indeterminate', code: 'status_unreachable' })
    expect(check.message).toContain('HTTP 503')
  })

  it.each<[string, unknown]>([
    ['null', null],
    ['a text', 'list'],
    ['a list', []],
    ['an error page in JSON', { error: 'not found' }],
  ])('may be something else: %s', async (_, document) => {
    expect(await open(document)).toBe('status_list_malformed')
  })

  it('may be a credential of another type', async () => {
    const list = await unsigned()
    const plain = { ...list, type: ['VerifiableCredential'] }
    expect(await open(await sign(plain, issuer))).toBe('status_list_malformed')
    const subject = withSubject(list, { type: 'Person' })
    const { encodedList: _, ...person } = subject['credentialSubject'] as JsonObject
    expect(await open({ ...subject, credentialSubject: person })).toBe('status_list_malformed')
  })

  it('may be unsigned, or have lost its signature', async () => {
    expect(await open(await unsigned())).toBe('status_list_unsigned')
    expect(await open({ ...(await unsigned()), proof: [] })).toBe('status_list_unsigned')
  })

  it('may carry nothing but an anchor proof that nobody looked up', async () => {
    const proof = { type: 'DataIntegrityProof', cryptosuite: 'merkle-anchor-2026' }
    expect(await open({ ...(await unsigned()), proof })).toBe('status_list_unsigned')
  })

  it('may have been altered', async () => {
    const list = await signed([94_567])
    const { credentialSubject } = await signed([])
    expect(await open({ ...list, credentialSubject })).toBe('status_list_forged')
    expect(await open({ ...list, validUntil: '2027-01-01T00:00:00Z' })).toBe('status_list_forged')
  })

  it("may be signed with somebody else's key in the issuer's name", async () => {
    expect(await open(await sign(await unsigned(), stranger))).toBe('status_list_forged')
  })

  it("may bear the issuer's signature beside one that does not hold, but beside one that does", async () => {
    const both = await sign(await signed(), stranger)
    expect(await toldOf(entry(), { [url]: both })).toBe('active')
    const [own, other] = both['proof'] as readonly [JsonObject, JsonObject]
    const broken = { ...other, proofValue: own['proofValue'] as string }
    expect(await open({ ...both, proof: [own, broken] })).toBe('status_list_forged')
    expect(await open({ ...both, proof: other })).toBe('status_list_forged')
  })

  it("may be somebody else's own", async () => {
    const list = await sign(await unsigned([], { issuer: stranger.did }), stranger)
    expect(await open(list)).toBe('status_issuer_mismatch')
  })

  it('may be signed for another purpose than assertions', async () => {
    const list = await sign(await unsigned(), issuer, { proofPurpose: 'authentication' })
    expect(await open(list)).toBe('status_list_forged')
  })

  it('may be signed with a key that cannot be read', async () => {
    const away = 'did:web:issuer.example'
    const list = await sign(await unsigned(), {
      ...issuer,
      verificationMethod: `${away}#key-1`,
    })
    expect(await open(list)).toBe('status_list_unverified')
  })

  it('may be over, or not have begun', async () => {
    expect(await open(await signed([], { validUntil: '2026-05-31T23:59:59Z' }))).toBe(
      'status_list_not_in_force',
    )
    expect(await open(await signed([], { validFrom: '2026-06-01T00:00:01Z' }))).toBe(
      'status_list_not_in_force',
    )
  })

  it('may be for another purpose', async () => {
    expect(await open(await signed([], { purpose: 'suspension' }))).toBe('status_purpose_mismatch')
    const many = withSubject(await unsigned(), { statusPurpose: ['message', 'refresh'] })
    expect(await open(await sign(many, issuer))).toBe('status_purpose_mismatch')
  })

  it('may go by another name than its address, as lists that were moved do', async () => {
    const ids = [
      'urn:uuid:0d1f3c2a-9f1d-4c52-8a65-0d2b5ab0a002',
      `${url}#list`,
      'https://issuer.example/status/2',
    ]
    for (const id of ids) {
      expect(await toldOf(entry(), { [url]: await signed([], { id }) })).toBe('active')
    }
  })

  it('may be too short to hide anybody in', async () => {
    const encodedList = `u${gzipSync(Buffer.alloc(16_383)).toString('base64url')}`
    expect(await open(await signed([], { encodedList }))).toBe('status_list_too_short')
  })

  it.each([
    ['no multibase', 'H4sIAAAAAAAAA'],
    ['no gzip', 'uAAAA'],
    ['a bomb', `u${gzipSync(Buffer.alloc(64 * 1_048_576)).toString('base64url')}`],
  ])('may hold no list: %s', async (_, encodedList) => {
    expect(await open(await signed([], { encodedList }))).toBe('status_list_malformed')
  })
})

describe('a status of the draft of 2021, as issuers still write it', () => {
  const old = entry({ type: 'StatusList2021Entry', id: `${url}#94567` })
  const list = (
    indexes: readonly number[],
    encode: 'base64' | 'base64url',
    more: JsonObject = {},
  ) =>
    sign(
      {
        '@context': [
          'https://www.w3.org/2018/credentials/v1',
          'https://w3id.org/vc/status-list/2021/v1',
          'https://w3id.org/security/data-integrity/v2',
        ],
        id: url,
        type: ['VerifiableCredential', 'StatusList2021Credential'],
        issuer: issuer.did,
        issuanceDate: '2026-05-01T00:00:00Z',
        credentialSubject: {
          id: `${url}#list`,
          type: 'StatusList2021',
          statusPurpose: 'revocation',
          encodedList: gzipSync(statusBits(indexes)).toString(encode),
          ...more,
        },
      },
      issuer,
    )

  it.each(['base64', 'base64url'] as const)('is read from a list in %s', async (encode) => {
    expect(await statusOf(old, { [url]: await list([], encode) })).toMatchObject({
      outcome: 'valid',
      code: 'active',
    })
    expect(await statusOf(old, { [url]: await list([94567], encode) })).toMatchObject({
      outcome: 'invalid',
      code: 'revoked',
    })
  })

  it('is not answered by a list of the other kind, nor the other way round', async () => {
    const other = await statusOf(old, { [url]: await signed([]) })
    expect([other.outcome, other.code]).toEqual(['indeterminate', 'status_list_malformed'])
    const reverse = await statusOf(entry(), { [url]: await list([], 'base64url') })
    expect([reverse.outcome, reverse.code]).toEqual(['indeterminate', 'status_list_malformed'])
  })

  it.each([
    ['no base64', { encodedList: 'H4sI!!' }, 'status_list_malformed'],
    ['a number', { encodedList: 7 }, 'status_list_malformed'],
    ['another purpose', { statusPurpose: 'suspension' }, 'status_purpose_mismatch'],
    [
      'few entries',
      { encodedList: gzipSync(new Uint8Array(10)).toString('base64') },
      'status_list_too_short',
    ],
  ])('is open where the list has %s', async (_what, more, code) => {
    const check = await statusOf(old, { [url]: await list([], 'base64', more as JsonObject) })
    expect([check.outcome, check.code]).toEqual(['indeterminate', code])
  })
})
