/** How large and how often everything is measured. */
export interface Plan {
  readonly isQuick: boolean
  /** Leaves of the tree that is compared. */
  readonly treeSize: number
  /** Sizes at which growth is looked at. */
  readonly treeSizes: readonly number[]
  readonly treeRounds: number
  readonly wrapSize: number
  readonly wrapRounds: number
  readonly verifyCount: number
  readonly verifyRounds: number
  readonly pipelineSizes: readonly number[]
  readonly pipelineRounds: number
  /** Credentials of the batch that a service builds, for each storage. */
  readonly storedSize: { readonly postgres: number; readonly pglite: number }
  /** Of the batch whose memory is compared with that one's; 0 for none. */
  readonly largerSize: number
  readonly copyRows: number
  /** Different requests that a route gets in turns. */
  readonly variety: number
  readonly httpSeconds: number
  readonly httpRounds: number
  readonly bulkSize: number
  /** Credentials of the batch that is built while others verify. */
  readonly meanwhileSize: number
  readonly restart: { readonly batches: number; readonly size: number; readonly starts: number }
}

export const fullPlan: Plan = {
  isQuick: false,
  treeSize: 1_000_000,
  treeSizes: [1_000, 10_000, 100_000, 1_000_000],
  treeRounds: 5,
  wrapSize: 10_000,
  wrapRounds: 3,
  verifyCount: 2_000,
  verifyRounds: 5,
  pipelineSizes: [10_000, 100_000, 1_000_000],
  pipelineRounds: 3,
  storedSize: { postgres: 1_000_000, pglite: 1_000_000 },
  largerSize: 4_000_000,
  copyRows: 100_000,
  variety: 500,
  httpSeconds: 4,
  httpRounds: 3,
  bulkSize: 10_000,
  meanwhileSize: 1_000_000,
  restart: { batches: 100, size: 100_000, starts: 3 },
}

export const quickPlan: Plan = {
  isQuick: true,
  treeSize: 20_000,
  treeSizes: [1_000, 20_000],
  treeRounds: 3,
  wrapSize: 1_000,
  wrapRounds: 2,
  verifyCount: 200,
  verifyRounds: 3,
  pipelineSizes: [5_000, 30_000],
  pipelineRounds: 2,
  storedSize: { postgres: 40_000, pglite: 40_000 },
  largerSize: 0,
  copyRows: 10_000,
  variety: 100,
  httpSeconds: 1,
  httpRounds: 2,
  bulkSize: 5_000,
  meanwhileSize: 30_000,
  restart: { batches: 5, size: 2_000, starts: 1 },
}
