import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../core/canonical.ts'
import { credential, issuing, receiving } from './sample.ts'

const entry: JsonObject = {
  id: 'https://uni.example/status/1#5',
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '5',
  statusListCredential: 'https://uni.example/status/1',
}
const withEntry = (members: JsonObject) =>
  credential({ credentialStatus: { ...entry, ...members } })

describe('an entry of a status list that is issued', () => {
  it.each<readonly [string, JsonObject]>([
    ['the least', {}],
    ['index 0', { statusListIndex: '0' }],
    ['a large index', { statusListIndex: '9007199254740991' }],
    ['another purpose', { statusPurpose: 'suspension' }],
    ['one bit', { statusSize: 1 }],
    [
      'two bits with their meanings',
      { statusSize: 2, statusMessage: [{ status: '0x0', message: 'pending' }] },
    ],
  ])('may have %s', async (_, members) => {
    expect(await issuing(withEntry(members))).toEqual([])
  })

  it.each<readonly [string, string, Json]>([
    ['no purpose', 'statusPurpose', ''],
    ['a purpose that is a list', 'statusPurpose', ['revocation']],
    ['an index that is a number', 'statusListIndex', 5],
    ['an index that is true', 'statusListIndex', true],
    ['an index below 0', 'statusListIndex', '-1'],
    ['an index in hex', 'statusListIndex', '0x5'],
    ['an index with zeros', 'statusListIndex', '05'],
    ['an index with a fraction', 'statusListIndex', '5.0'],
    ['an index beyond counting', 'statusListIndex', '9'.repeat(40)],
    ['bits below 1', 'statusSize', 0],
    ['bits in words', 'statusSize', 'two'],
  ])('must not have %s', async (_, member, value) => {
    expect(await issuing(withEntry({ [member]: value }))).toEqual([
      `status_malformed /credentialStatus/${member}`,
    ])
    expect((await receiving(withEntry({ [member]: value })))[0] ?? '').not.toContain(
      'status_malformed',
    )
  })

  it('must name its list, and say what more than one bit means', async () => {
    expect(await issuing(withEntry({ statusListCredential: 'list' }))).toEqual([
      'url_malformed /credentialStatus/statusListCredential',
    ])
    expect(await issuing(withEntry({ statusSize: 2 }))).toEqual([
      'status_malformed /credentialStatus/statusMessage',
    ])
  })

  it('is each of several, and no entry of another type', async () => {
    const other = { id: 'https://uni.example/5', type: 'https://uni.example/#Status' }
    const several = [entry, other, { ...entry, statusListIndex: 7 }]
    expect(await issuing(credential({ credentialStatus: several }))).toEqual([
      'status_malformed /credentialStatus/2/statusListIndex',
    ])
  })
})
