/** A number that is asked for. `atMost` bounds from above, `atLeast` from below. */
export type Bound = { readonly atLeast: number } | { readonly atMost: number }

export interface Goal {
  /** As the table of goals has it. */
  readonly name: string
  /** Against whom, and what of it: several goals can share a name. */
  readonly what: string
  readonly bound: Bound
  /** What the number is: a ratio of the two sides, or a quantity of ours. */
  readonly unit?: string
}

const tree = 'tree of 1M leaves, against @openzeppelin/merkle-tree'
const sameHash = 'tree of 1M, against merkletreejs with the same hash function'
const wrapped = '10,000 documents wrapped with proofs'
const verified = 'verifying one of them in process'
const pipeline =
  'roster of 1M learners → credentials canonicalised, hashed, tree built (no storage)'
const stored = 'the same, stored and ready to anchor'
const memory = 'peak memory of a 1M batch'
const verifyRoute = 'POST /verify, anchored credential of 2.4 KB, full report, warm'
const restart = 'restart with 100 batches of 100k'

/** What is promised, in the order in which it is told. */
export const goals = {
  treeTime: { name: tree, what: 'time, given leaves on both sides', bound: { atLeast: 250 } },
  treeTyped: {
    name: tree,
    what: 'time, leaves from (digest, index) on both sides',
    bound: { atLeast: 250 },
  },
  treeMemory: { name: tree, what: 'peak memory', bound: { atMost: 0.1 } },
  treePlain: { name: sameHash, what: 'without vectors, hash-wasm there', bound: { atLeast: 2 } },
  treeKernel: { name: sameHash, what: 'with the kernel, hash-wasm there', bound: { atLeast: 8 } },
  wrapOpenAttestation: {
    name: wrapped,
    what: '@govtechsg/open-attestation',
    bound: { atLeast: 40 },
  },
  wrapTrustVc: { name: wrapped, what: '@trustvc/trustvc', bound: { atLeast: 35 } },
  wrapEas: { name: wrapped, what: 'EAS SDK private data', bound: { atLeast: 35 } },
  wrapVc: { name: wrapped, what: '@digitalbazaar/vc issue', bound: { atLeast: 200 } },
  verifyOpenAttestation: {
    name: verified,
    what: '@govtechsg/open-attestation',
    bound: { atLeast: 12 },
  },
  verifyBlockcerts: {
    name: verified,
    what: '@blockcerts/cert-verifier-js offline',
    bound: { atLeast: 60 },
  },
  pipelineOne: {
    name: pipeline,
    what: 'one thread, against careful libraries',
    bound: { atLeast: 3 },
  },
  pipelineTwo: {
    name: pipeline,
    what: 'two threads, against careful libraries on one',
    bound: { atLeast: 5 },
  },
  pipelineGrowth: {
    name: pipeline,
    what: 'growth, log-log slope from 10k to 1M',
    bound: { atMost: 1.05 },
    unit: 'slope',
  },
  storedPostgres: {
    name: stored,
    what: 'PostgreSQL, against its own COPY rate',
    bound: { atLeast: 0.6 },
  },
  storedPglite: {
    name: stored,
    what: 'PGlite, against its own COPY rate',
    bound: { atLeast: 0.5 },
  },
  memoryMillion: {
    name: memory,
    what: 'above idle, PostgreSQL',
    bound: { atMost: 600 },
    unit: 'MB',
  },
  memoryGrowth: {
    name: memory,
    what: 'bytes a leaf more, from there to a batch four times as large',
    bound: { atMost: 64 },
    unit: 'bytes',
  },
  proof: {
    name: 'a proof out of 1M, over HTTP',
    what: 'against an empty Fastify route',
    bound: { atLeast: 0.6 },
  },
  verifyRate: {
    name: verifyRoute,
    what: 'against an empty POST route that parses the same body',
    bound: { atLeast: 0.45 },
  },
  verifyTail: { name: verifyRoute, what: 'p99 against its p99', bound: { atMost: 3 } },
  bulk: {
    name: 'bulk verification of 10,000 of one batch',
    what: "against the single endpoint's rate",
    bound: { atLeast: 4 },
  },
  meanwhile: {
    name: 'small requests stay served during a build of 1M',
    what: 'p99 of POST /verify, against that of an idle service',
    bound: { atMost: 5 },
  },
  restartTime: { name: restart, what: 'ready', bound: { atMost: 2 }, unit: 's' },
  restartMemory: {
    name: restart,
    what: 'memory when ready, against a service without any batch',
    bound: { atMost: 1.2 },
  },
} as const satisfies Readonly<Record<string, Goal>>

export type GoalKey = keyof typeof goals

export function isMet(bound: Bound, value: number): boolean {
  return 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost
}

export function boundText(bound: Bound, unit?: string): string {
  const text = 'atLeast' in bound ? `≥ ${bound.atLeast}` : `≤ ${bound.atMost}`
  return unit === undefined ? `${text} ×` : unit === 'slope' ? text : `${text} ${unit}`
}
