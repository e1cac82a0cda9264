import { randomBytes } from 'node:crypto'
import type { Achievement, Issuer } from '../../core/achievement.ts'
import { type Batch, issueBatch } from '../../core/batch.ts'
import type { Learner } from '../../core/learner.ts'
import type { TestChain } from './chain.ts'

export const issuer: Issuer = {
  name: 'Northfield University',
  url: 'https://northfield.example',
}

export const achievement: Achievement = {
  name: 'Data Literacy for the Public Sector',
  description:
    'Finding, judging, cleaning, describing and drawing open data, with data protection.',
  criteria: { narrative: 'Four analyses in a portfolio and an invigilated final assessment.' },
  achievementType: 'MicroCredential',
  creditsAvailable: 5,
  alignment: [
    {
      targetName: 'perform data analysis',
      targetUrl: 'http://data.europa.eu/esco/skill/2b92a5b2-6758-4ee3-9fb4-b6387a55cc8f',
      targetFramework: 'ESCO',
    },
    {
      targetName: 'perform data cleansing',
      targetUrl: 'http://data.europa.eu/esco/skill/47a49cd6-097d-457a-9f7b-c290c14930d5',
      targetFramework: 'ESCO',
    },
  ],
  resultDescription: [
    {
      id: 'urn:uuid:6f1f8a0e-2f43-4a3c-9d0b-0b6a3e1c7a52',
      name: 'Final grade',
      resultType: 'LetterGrade',
    },
  ],
}

export const learners: readonly Learner[] = [
  { name: 'Zoë Ångström', email: 'zoe@example.org', result: 'A', credits: 5 },
  { name: '山田 花子', email: 'hanako@example.org', result: 'B', credits: 5 },
  { name: 'فاطمة الزهراء', email: 'fatima@example.org', result: 'A', credits: 5 },
]

export interface CohortOptions {
  readonly account?: string
  readonly chainId?: number
  readonly achievement?: Achievement
  readonly issuer?: Issuer
  readonly learners?: readonly Learner[]
  readonly validFrom?: string
  readonly validUntil?: string
}

let count = 0

/** A batch for the chain, not anchored yet. */
export function issueCohort(chain: TestChain, options: CohortOptions = {}): Batch {
  count += 1
  return issueBatch(
    {
      id: `batch-${count}`,
      learners: options.learners ?? learners,
      achievement: options.achievement ?? achievement,
      issuer: options.issuer ?? issuer,
      account: { chainId: options.chainId ?? 31337, address: options.account ?? chain.issuer },
      registry: chain.contracts.registry,
      baseUrl: 'https://northfield.example',
      validFrom: options.validFrom ?? '2020-01-01T00:00:00Z',
      validUntil: options.validUntil,
    },
    (length) => new Uint8Array(randomBytes(length)),
  )
}
