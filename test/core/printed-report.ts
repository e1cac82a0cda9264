import type { Report } from '../../core/report.ts'

/** What a receipt may report, for how it is printed; `change` goes over it. */
export function reportOf(change: object = {}): Report {
  return {
    verdict: 'valid',
    reason: 'valid',
    summary: '',
    checks: [{ name: 'status', outcome: 'valid', code: 'active', message: '', read: [] }],
    credential: {
      id: 'urn:uuid:51c7c32a-23f4-43ff-a286-71f4cc3bd8c2',
      name: 'Data Literacy for the Public Sector',
      description: '',
      achievementType: 'MicroCredential',
      criteria: undefined,
      credits: 5,
      skills: [],
      holder: 'Zoë Ångström',
      result: 'B',
      issuer: { id: 'did:web:northfield.example', name: 'Northfield', url: undefined },
      validFrom: '2026-06-30T00:00:00Z',
      validUntil: undefined,
    },
    anchor: {
      chainId: 100,
      chainName: 'Gnosis',
      testNetwork: false,
      registry: '0x10AC6D2AC5D23A27c5e56b11a8948318b77487E3',
      issuer: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
      root: `0x${'ab'.repeat(32)}`,
      leaf: `0x${'ac'.repeat(32)}`,
      digest: `0x${'ad'.repeat(32)}`,
      statusIndex: 3,
      size: 300,
      sequence: 7,
      anchoredAt: '2026-06-30T08:12:44Z',
      finality: 'finalized',
      block: { number: 43_210_987, hash: `0x${'c4'.repeat(32)}`, time: '2026-11-23T20:16:05Z' },
    },
    accreditation: {
      accreditors: [
        { account: '0x01', name: 'Ministry' },
        { account: '0x02', name: 'Agency' },
      ],
      issuerName: 'Northfield University of Applied Sciences',
      issuerDid: '',
      scope: 'Micro-credentials, EQF 5 to 7',
      validFrom: '2020-01-01T00:00:00Z',
      validUntil: undefined,
      withdrawnAt: undefined,
    },
    endorsements: [],
    checkedAt: '2026-11-23T20:16:09Z',
    ...change,
  } as unknown as Report
}
