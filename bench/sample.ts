import { createHash } from 'node:crypto'
import type { Achievement, Issuer } from '../core/achievement.ts'
import type { JsonObject } from '../core/canonical.ts'
import { type BatchTerms, makeCredential } from '../core/credential.ts'
import type { Learner } from '../core/learner.ts'
import { uuidFrom } from '../core/making.ts'

/** What the measured credentials say; with it each has about 2.4 KB. */
export const achievement: Achievement & { readonly id: string } = {
  id: 'urn:uuid:4d3c2b1a-0000-4000-8000-000000000001',
  name: 'Data Literacy for the Public Sector',
  description: sentences(5, 'Finds, reads, questions and presents data that decisions rest on.'),
  criteria: {
    narrative: sentences(4, 'Passed a supervised project on open data, with an oral defence.'),
  },
  achievementType: 'MicroCredential',
  creditsAvailable: 5,
  inLanguage: 'en',
  alignment: [
    {
      targetCode: 'S4.2.1',
      targetName: 'manage data, information and digital content',
      targetUrl: 'http://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d',
      targetFramework: 'ESCO',
      targetType: 'ceasn:Competency',
    },
  ],
}

export const issuer: Issuer = {
  name: 'Northfield University of Applied Sciences',
  url: 'https://northfield.example',
}

export const terms: BatchTerms = {
  batchId: '0a1b2c3d-0000-4000-8000-000000000002',
  achievement,
  issuer,
  account: { chainId: 31337, address: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' },
  registry: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  baseUrl: 'https://credentials.northfield.example',
  validFrom: '2026-06-01T00:00:00Z',
  validUntil: undefined,
}

/** The learner of a row; no two are alike. */
export function learnerAt(row: number): Learner {
  return {
    name: `Zoë Ångström-Nuñez ${row}`,
    email: `learner${row}@students.northfield.example`,
    credits: 5,
    result: '1.3',
  }
}

/** Bytes that follow from a number, 64 of them. They need not be secret here. */
export function drawnAt(row: number): Uint8Array {
  return createHash('sha512').update(`drawn ${row}`).digest()
}

/** The credential of a row, without proofs. */
export function credentialAt(
  row: number,
  place: Pick<BatchTerms, 'account' | 'registry'> = terms,
): JsonObject {
  const drawn = drawnAt(row)
  const { account, registry } = place
  return makeCredential({ ...terms, account, registry }, learnerAt(row), {
    id: `urn:uuid:${uuidFrom(drawn)}`,
    statusIndex: row,
    identitySalt: drawn.subarray(16, 32),
  })
}

/** Digests of a batch, 32 bytes each. */
export function digests(size: number): Uint8Array {
  const all = new Uint8Array(size * 32)
  for (let i = 0; i < size; i++) {
    all.set(createHash('sha256').update(`digest ${i}`).digest(), i * 32)
  }
  return all
}

/** A roster as CSV, piece by piece. */
export function* rosterLines(size: number): Generator<string> {
  yield 'name,email,credits,result\n'
  for (let first = 0; first < size; first += 1000) {
    let lines = ''
    for (let row = first; row < Math.min(size, first + 1000); row++) {
      const { name, email, credits, result } = learnerAt(row)
      lines += `${name},${email},${credits},${result}\n`
    }
    yield lines
  }
}

function sentences(count: number, sentence: string): string {
  return Array.from({ length: count }, () => sentence).join(' ')
}
