import { checksumAddress } from '../../core/abi.ts'
import { type Achievement, parseAchievement } from '../../core/achievement.ts'
import { type Batch, type BatchRequest, issueBatch, type Random } from '../../core/batch.ts'
import { utf8 } from '../../core/bytes.ts'
import { sha256 } from '../../core/hash.ts'
import type { Learner } from '../../core/learner.ts'

/** Random bytes that are the same in every run; each call gives an array of its own. */
export function seededRandom(seed: string): Random {
  let draws = 0
  return (length) => {
    draws += 1
    return sha256(utf8(`${seed}/${draws}`)).slice(0, length)
  }
}

/** An achievement that uses every optional field there is. */
export const fullAchievement: Achievement = parseAchievement({
  id: 'https://uni.example/achievements/data-literacy',
  name: 'Datenkompetenz — Grundlagen',
  description: 'Reads, questions and draws data.',
  criteria: { id: 'https://uni.example/criteria', narrative: 'Pass the *exam* with 50 %.' },
  achievementType: 'MicroCredential',
  alignment: [
    {
      targetName: 'analyse data',
      targetUrl: 'http://data.europa.eu/esco/skill/2b92a5b2-6758-4ee3-9fb4-b6387a55cc8f',
      targetFramework: 'ESCO',
      targetCode: 'S2.7',
      targetDescription: 'Collect data and statistics to test and evaluate.',
      targetType: 'ceasn:Competency',
    },
    { targetName: 'own scheme', targetUrl: 'urn:case:1', targetType: 'ext:Skill' },
  ],
  creditsAvailable: 2.5,
  fieldOfStudy: 'Informatics',
  humanCode: 'DA-101',
  image: { id: 'https://uni.example/badge.png', caption: 'A bar chart' },
  inLanguage: 'de',
  resultDescription: [
    {
      id: 'urn:uuid:5b0a4f1c-6d4e-4c5f-9a53-6a0a4d2f7a10',
      name: 'Grade',
      resultType: 'LetterGrade',
      allowedValue: ['A', 'B', 'C', 'F'],
      requiredValue: 'C',
      valueMax: 'A',
      valueMin: 'F',
    },
  ],
  specialization: 'Statistics',
  tag: ['data', 'Übung'],
  version: '2026.1',
})

export const issuer = {
  name: 'Université d’Exemple',
  url: 'https://uni.example',
  description: 'A university that does not exist.',
  email: 'registry@uni.example',
}

export const registry = checksumAddress(`0x${'c1'.repeat(20)}`)

/** Learners with names from many scripts, each with an e-mail. */
export function learners(count: number): readonly Learner[] {
  const names = [
    'Zoë Ångström',
    '山田 太郎',
    'مريم العلي',
    'Nguyễn Thị Hà',
    'O’Brien, Seán',
    '👩🏽‍🔬 Ada',
  ]
  return Array.from({ length: count }, (_, i) => ({
    name: `${names[i % names.length]} ${i}`,
    email: `learner${i}@example.org`,
  }))
}

const defaults = {
  id: 'b1',
  achievement: fullAchievement,
  issuer,
  account: { chainId: 31337, address: checksumAddress(`0x${'ab'.repeat(20)}`) },
  registry,
  baseUrl: 'https://badges.example/',
  validFrom: '2026-01-01T00:00:00Z',
}

/** What `cohort` issues. */
export function cohortRequest(count: number, request: Partial<BatchRequest> = {}): BatchRequest {
  return { ...defaults, learners: learners(count), ...request }
}

/** A batch of `count` learners, or of those given, that is the same in every run. */
export function cohort(count: number, request: Partial<BatchRequest> = {}, seed = 'cohort'): Batch {
  return issueBatch(cohortRequest(count, request), seededRandom(seed))
}
