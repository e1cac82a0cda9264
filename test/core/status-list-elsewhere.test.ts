import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
// Comes along with @digitalcredentials/verifier-core, whose status checks it makes.
import { checkStatus, createList, decodeList } from '@digitalcredentials/vc-bitstring-status-list'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/canonical.ts'
import {
  decodeStatusList,
  encodeStatusList,
  makeStatusListCredential,
  statusAt,
  statusBits,
} from '../../core/status-list.ts'
import { documentLoader } from './digital-bazaar.ts'
import { badgeBy, sign, signerOf } from './signers.ts'

const url = 'https://issuer.example/status/3'

/** Whether the library lets a badge with this index pass, by our list in which 7 is set, which `alter` may change. */
async function passesElsewhere(
  index: string,
  { purpose = 'revocation', alter = (list: JsonObject) => list } = {},
): Promise<boolean> {
  const issuer = await signerOf(12)
  const list = makeStatusListCredential({
    id: url,
    issuer: issuer.did,
    purpose,
    encodedList: await encodeStatusList(statusBits([7])),
    validFrom: '2026-05-01T00:00:00Z',
    validUntil: '2100-01-01T00:00:00Z',
    ttl: 60_000,
  })
  const signed = alter(await sign(list, issuer))
  const credentialStatus = {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: index,
    statusListCredential: url,
  }
  const { verified } = await checkStatus({
    credential: badgeBy(issuer.did, { credentialStatus }),
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader: async (asked: string) =>
      asked === url
        ? { contextUrl: null, documentUrl: url, document: structuredClone(signed) }
        : documentLoader(asked),
  })
  return verified
}

describe('status lists, with another implementation', () => {
  it('are read by it as we read them', async () => {
    const list = await decodeList({
      encodedList: await encodeStatusList(statusBits([0, 9, 131_071])),
    })
    const found = [0, 1, 8, 9, 10, 131_070, 131_071].map((index) => list.getStatus(index))
    expect(found).toEqual([true, false, false, true, false, false, true])
  })

  it('are read by us as it writes them', async () => {
    const list = await createList({ length: 131_072 })
    for (const index of [0, 9, 131_071]) list.setStatus(index, true)
    const bits = await decodeStatusList(await list.encode())
    expect(bits).toEqual(statusBits([0, 9, 131_071]))
    expect(statusAt(bits, 9)).toBe(true)
  })

  it('are verified by it, with signature and purpose', async () => {
    expect(await passesElsewhere('8')).toBe(true)
    expect(await passesElsewhere('7')).toBe(false)
    expect(await passesElsewhere('8', { purpose: 'suspension' })).toBe(false)
    const forge = (list: JsonObject) => ({ ...list, validFrom: '2026-05-01T00:00:01Z' })
    expect(await passesElsewhere('8', { alter: forge })).toBe(false)
  })
})
