import type { Part } from './part.ts'
import { gasPart } from './rows/gas.ts'
import { pipelinePart } from './rows/pipeline.ts'
import { restartPart } from './rows/restart.ts'
import { pglitePart, postgresPart } from './rows/stored.ts'
import { treePart } from './rows/tree.ts'
import { verifyPart } from './rows/verify.ts'
import { wrapPart } from './rows/wrap.ts'

/** What is measured, in the order in which it is told. */
export const parts: readonly Part[] = [
  treePart,
  wrapPart,
  verifyPart,
  pipelinePart,
  postgresPart,
  pglitePart,
  restartPart,
  gasPart,
]
