import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from '../core/error.ts'
import { useSha256 } from '../core/hash.ts'
import { createVerifyMany } from '../core/verify-many.ts'
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
const asking = new Map<number, (read: Read) => void>()
let questions = 0

const tell = (message: FromThread, moved: readonly ArrayBuffer[] = []) =>
  parentPort?.postMessage(message, [...moved])

const readers = distantReaders(chains, (asked: Asked) => {
  const id = questions++
  tell({ kind: 'ask', id, asked })
  return new Promise((resolve) => asking.set(id, resolve))
})

// For all lines, whoever sent them: those of one batch have much in common, and a thread that has met it is several times as fast.
const verify = createVerifyMany({
  readersFor: () => ({ ...readers, document: withAllowance(readers.document) }),
  trust,
  clock: Date.now,
})

async function answer(message: Extract<ToThread, { kind: 'answer' }>): Promise<void> {
  const { id, bytes, isFull } = message
  let start = 0
  const lines = message.lines.map(([line, end]) => {
    const content = bytes.subarray(start, end)
    start = end
    return { line, content }
  })
  try {
    const answers = await answerLines(lines, verify, isFull)
    tell({ kind: 'answered', id, answers, bytes }, [bytes.buffer])
  } catch (thrown) {
    tell({ kind: 'failed', id, message: messageOf(thrown) })
  }
}

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'answer') void answer(message)
  else {
    asking.get(message.id)?.(message.read)
    asking.delete(message.id)
  }
})
