import { describe, expect, it } from 'vitest'
import type { Json } from '../../../core/canonical.ts'
import { credential, issuing, oldCredential, receiving, without } from './sample.ts'

const versions = [
  ['2.0', 'validFrom', 'validUntil', credential],
  ['1.1', 'issuanceDate', 'expirationDate', oldCredential],
] as const

const times = [
  '2026-06-30T00:00:00Z',
  '2026-06-30T23:59:59.999Z',
  '2026-06-30T00:00:00+14:00',
  '2026-06-30T00:00:00-06:00',
  '2024-02-29T12:00:00Z',
  '4023-02-26T01:02:58.447Z',
]

const others: readonly Json[] = [
  '',
  '2026-06-30',
  '2026-06-30T00:00:00',
  '2026-06-30 00:00:00Z',
  '2026-06-30T00:00Z',
  '2026-06-30T25:00:00Z',
  '2026-06-30T00:60:00Z',
  '2026-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '26-06-30T00:00:00Z',
  '2026-06-30t00:00:00z',
  '2026-06-30T00:00:00+0600',
  '2026-06-30T00:00:00Z ',
  'Sat 25 Feb 2023 07:16:31 PM CST',
  'Sun, 26 Feb 2023 01:22:14 +0000',
  null,
  1_782_777_600,
  true,
  {},
  [],
  ['2026-06-30T00:00:00Z'],
  { '@value': '2026-06-30T00:00:00Z' },
]

describe.each(versions)('the period of a credential of %s', (_, from, until, make) => {
  it.each([from, until])('%s is a time with its zone', async (member) => {
    const period = (time: Json) =>
      make({ [from]: '1999-01-01T00:00:00Z', [until]: '5000-01-01T00:00:00Z', [member]: time })
    for (const time of times) expect(await issuing(period(time)), time).toEqual([])
    for (const other of others) {
      const problems = [`time_malformed /${member}`]
      expect(await issuing(period(other)), JSON.stringify(other)).toEqual(problems)
      expect(await receiving(period(other)), JSON.stringify(other)).toEqual(problems)
    }
  })

  it.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', true],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.001Z', true],
    ['2026-01-01T00:00:00.001Z', '2026-01-01T00:00:00Z', false],
    ['2026-01-01T01:00:00+02:00', '2025-12-31T23:00:00Z', true],
    ['2026-01-01T01:00:00+02:00', '2025-12-31T22:59:59Z', false],
    ['2030-01-01T00:00:00Z', '2020-01-01T00:00:00Z', false],
  ])('from %s until %s: in order %s', async (start, end, inOrder) => {
    const problems = inOrder ? [] : [`times_out_of_order /${until}`]
    expect(await issuing(make({ [from]: start, [until]: end }))).toEqual(problems)
    expect(await receiving(make({ [from]: start, [until]: end }))).toEqual(problems)
  })
})

it('may be open at both ends in 2.0; in 1.1 the issuance date is needed', async () => {
  expect(await issuing(credential())).toEqual([])
  expect(await issuing(credential({ validUntil: '2030-01-01T00:00:00Z' }))).toEqual([])
  expect(await issuing(without(oldCredential(), 'issuanceDate'))).toEqual([
    'time_missing /issuanceDate',
  ])
  expect(await receiving(without(oldCredential(), 'issuanceDate'))).toEqual([
    'time_missing /issuanceDate',
  ])
})
