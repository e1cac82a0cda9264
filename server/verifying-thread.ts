import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from '../core/error.ts'
import { useSha256 } from '../core/hash.ts'
import { createVerifyMany, type VerifyNext } from '../core/verify-many.ts'
import { withAllowance } from '../documents/allowance.ts'
import { type Asked, distantReaders, type Read } from './distant-readers.ts'
import { answerLines } from './line-answers.ts'
import { nativeSha256 } from './native-hash.ts'
import { standBehind } from './thread-priority.ts'
import type { FromThread, ThreadStart, ToThread } from './verifying.ts'

// Verifies many credentials away from the thread that answers requests.

standBehind()
useSha256(nativeSha256)
const { trust, chains } = workerData as ThreadStart
const runs = new Map<number, VerifyNext>()
const asking = new Map<number, (read: Read) => void>()
let questions = 0

const tell = (message: FromThread) => parentPort?.postMessage(message)

const readers = distantReaders(chains, (asked: Asked) => {
  const id = questions++
  tell({ kind: 'ask', id, asked })
  return new Promise((resolve) => asking.set(id, resolve))
})

function runOf(run: number): VerifyNext {
  let verify = runs.get(run)
  if (!verify) {
    const readersFor = () => ({ ...readers, document: withAllowance(readers.document) })
    verify = createVerifyMany({ readersFor, trust, clock: Date.now })
    runs.set(run, verify)
  }
  return verify
}

async function answer(message: Extract<ToThread, { kind: 'answer' }>): Promise<void> {
  const { id, run, bytes, isFull } = message
  let start = 0
  const lines = message.lines.map(([line, end]) => {
    const content = bytes.subarray(start, end)
    start = end
    return { line, content }
  })
  try {
    tell({ kind: 'answered', id, answers: await answerLines(lines, runOf(run), isFull) })
  } catch (thrown) {
    tell({ kind: 'failed', id, message: messageOf(thrown) })
  }
}

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'answer') void answer(message)
  else if (message.kind === 'over') runs.delete(message.run)
  else {
    asking.get(message.id)?.(message.read)
    asking.delete(message.id)
  }
})
