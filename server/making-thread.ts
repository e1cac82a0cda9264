import { parentPort } from 'node:worker_threads'
import { InvalidInputError, invariant, messageOf } from '../core/error.ts'
import { readPiece } from '../core/roster-piece.ts'
import type { SubtreeRequest, ThreadAnswer, ThreadRequest } from './making.ts'
import { dealRows, rowsOf } from './roster-lines.ts'
import { begin, finish, make, type Work } from './subtree-making.ts'
import { standBehind } from './thread-priority.ts'

// Does the work of large batches away from the thread that answers requests.

standBehind()

interface Answer {
  readonly value?: unknown
  readonly moved?: readonly ArrayBufferLike[]
}

const works = new Map<number, Work>()

function answer(request: ThreadRequest): Answer {
  switch (request.kind) {
    case 'read': {
      const { learners, ...read } = readPiece(request.format, request.piece, request.header)
      const rows = rowsOf(learners)
      const value = { ...read, count: learners.length, rows }
      return { value, moved: [rows.buffer, read.identities.buffer] }
    }
    case 'deal': {
      const { rows, order, height } = request
      const text = typeof rows === 'string' ? rows : Buffer.from(rows).toString('utf8')
      return { value: dealRows(text, order, height) }
    }
    default:
      return answerAbout(request)
  }
}

function answerAbout(request: SubtreeRequest): Answer {
  const { session } = request
  if (request.kind === 'begin') {
    works.set(session, begin(request.subtree, request.parts))
    return {}
  }
  if (request.kind === 'close') {
    works.delete(session)
    return {}
  }
  const work = works.get(session)
  invariant(work, 'a subtree that was begun')
  if (request.kind === 'make') {
    const made = make(work, request.from, request.to)
    return { value: made, moved: [made.rows.buffer] }
  }
  const nodes = finish(work)
  return { value: nodes, moved: [nodes.buffer] }
}

function failureOf(thrown: unknown): NonNullable<ThreadAnswer['failed']> {
  const message = messageOf(thrown)
  if (!(thrown instanceof InvalidInputError)) return { message }
  return { message, code: thrown.code, pointer: thrown.pointer }
}

parentPort?.on('message', (request: ThreadRequest) => {
  try {
    const { value, moved = [] } = answer(request)
    parentPort?.postMessage({ value }, moved as ArrayBuffer[])
  } catch (thrown) {
    parentPort?.postMessage({ failed: failureOf(thrown) })
  }
})
