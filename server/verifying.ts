import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { CredentialLine } from '../core/credential-lines.ts'
import type { Trust } from '../core/trust.ts'
import type { Readers } from '../core/verify.ts'
import type { VerifyNext } from '../core/verify-many.ts'
import { type Asked, type Read, readFor } from './distant-readers.ts'
import { answerLines, type LineAnswers } from './line-answers.ts'
import type { Log } from './log.ts'

/** What a thread begins with. */
export interface ThreadStart {
  readonly trust: Trust
  readonly chains: ReadonlyMap<number, string>
}

/** What a thread is told: lines to answer, or what it asked for. */
export type ToThread =
  | {
      readonly kind: 'answer'
      readonly id: number
      readonly isFull: boolean
      readonly bytes: Uint8Array<ArrayBuffer>
      /** Of each line: its number, and where it ends in the bytes. */
      readonly lines: readonly (readonly [line: number, end: number])[]
    }
  | { readonly kind: 'read'; readonly id: number; readonly read: Read }

export type FromThread =
  | {
      readonly kind: 'answered'
      readonly id: number
      readonly answers: LineAnswers
      /** The memory that the lines came in. */
      readonly bytes: Uint8Array<ArrayBuffer>
    }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  | { readonly kind: 'ask'; readonly id: number; readonly asked: Asked }

type ReadableLine = CredentialLine & { readonly content: Uint8Array }

/** A run of many credentials that threads verify. */
export interface VerifyingRun {
  readonly answer: (lines: readonly CredentialLine[]) => Promise<LineAnswers>
}

/** Threads that verify many credentials, so that all cores do and single requests are answered meanwhile. */
export interface Verifying {
  /** Calls of `answer` that keep all threads busy. */
  readonly ahead: number
  /** `verify` is for what is verified in this thread. */
  readonly begin: (verify: VerifyNext, isFull: boolean) => VerifyingRun
  readonly close: () => Promise<void>
}

const mostThreads = 4
/** Megabytes of JavaScript objects in a thread: several times of what a full run was seen to hold. */
const threadHeap = 256

/** Lines of a run that no thread is started for, which takes as long as some thousands of them. */
const fewLines = 256

/**
 * Opens threads, which start when there are many lines. They read through `readers` of this one; where one dies, what it had in hand
 * is said to have failed. Without `start`, all is verified in this thread.
 */
export function openVerifying(
  start: ThreadStart | undefined,
  readers: Readers,
  log: Log,
): Verifying {
  const count = start ? Math.min(mostThreads, availableParallelism()) : 0
  const threads: Thread[] = []
  const idlest = (terms: ThreadStart) => {
    for (let i = 0; i < count; i++) {
      if (!threads[i] || threads[i]?.hasEnded()) threads[i] = startThread(terms, readers)
      if (threads[i]?.waiting() === 0) break
    }
    return threads.reduce((a, b) => (b.waiting() < a.waiting() ? b : a))
  }
  return {
    ahead: Math.max(1, 2 * count),
    begin(verify, isFull) {
      let seen = 0
      const answerHere = async (lines: readonly CredentialLine[]) => {
        // The others have their turn first.
        await othersTurn()
        return answerLines(lines, verify, isFull)
      }
      return {
        answer(lines) {
          seen += lines.length
          const isWorth = seen > fewLines || threads.some((thread) => !thread.hasEnded())
          if (!start || !isWorth || !lines.every(isReadable)) return answerHere(lines)
          return idlest(start)
            .answer(lines, isFull)
            .catch((thrown: Error) => {
              log.warn({ err: thrown }, 'a thread that verifies credentials failed')
              return failureOf(lines)
            })
        },
      }
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.end()))
    },
  }
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function isReadable(line: CredentialLine): line is ReadableLine {
  return line.content instanceof Uint8Array
}

function failureOf(lines: readonly CredentialLine[]): LineAnswers {
  const error = { code: 'internal', message: 'The service failed on this line; send it again.' }
  return {
    text: lines.map(({ line }) => `${JSON.stringify({ line, error })}\n`).join(''),
    verdicts: {},
  }
}

interface Thread {
  readonly answer: (lines: readonly ReadableLine[], isFull: boolean) => Promise<LineAnswers>
  readonly waiting: () => number
  readonly hasEnded: () => boolean
  readonly end: () => Promise<unknown>
}

function startThread(start: ThreadStart, readers: Readers): Thread {
  const worker = new Worker(new URL('./verifying-thread.ts', import.meta.url), {
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: threadHeap },
  })
  const waiting = new Map<number, PromiseWithResolvers<LineAnswers>>()
  const tell = (message: ToThread, moved: readonly ArrayBuffer[] = []) =>
    worker.postMessage(message, [...moved])
  const pool = createPool()
  let asked = 0
  let ended = false
  const fail = (thrown: Error) => {
    ended = true
    for (const { reject } of waiting.values()) reject(thrown)
    waiting.clear()
  }
  const settle = (id: number) => {
    const promise = waiting.get(id)
    waiting.delete(id)
    // Without work, the thread does not keep the process alive.
    if (waiting.size === 0) worker.unref()
    return promise
  }
  worker.on('message', (message: FromThread) => {
    const { kind, id } = message
    if (kind === 'answered') {
      pool.give(message.bytes)
      settle(id)?.resolve(message.answers)
    } else if (kind === 'failed') settle(id)?.reject(new Error(message.message))
    else void readFor(readers, message.asked).then((read) => tell({ kind: 'read', id, read }))
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the thread that verifies credentials has ended')))
  return {
    answer(lines, isFull) {
      const promise = Promise.withResolvers<LineAnswers>()
      const id = asked++
      waiting.set(id, promise)
      worker.ref()
      const { bytes, places } = packed(lines, pool.take)
      tell({ kind: 'answer', id, isFull, bytes, lines: places }, [bytes.buffer])
      return promise.promise
    },
    waiting: () => waiting.size,
    hasEnded: () => ended,
    end: () => worker.terminate(),
  }
}

/** The lines in one piece of memory, which a thread can be given without a copy. */
function packed(lines: readonly ReadableLine[], take: (length: number) => Uint8Array<ArrayBuffer>) {
  const bytes = take(lines.reduce((sum, { content }) => sum + content.length, 0))
  let end = 0
  const places = lines.map(({ line, content }) => {
    bytes.set(content, end)
    end += content.length
    return [line, end] as const
  })
  return { bytes, places }
}

/** Bytes of memory that is used again: the usual group of lines. */
const pooledBytes = 393_216
const mostPooled = 4

/** Memory that goes to a thread and comes back: megabytes of new memory for every thousand lines would keep the garbage collector busy. */
function createPool() {
  const spare: Uint8Array<ArrayBuffer>[] = []
  return {
    take: (length: number): Uint8Array<ArrayBuffer> =>
      length > pooledBytes ? new Uint8Array(length) : (spare.pop() ?? new Uint8Array(pooledBytes)),
    give(bytes: Uint8Array<ArrayBuffer>): void {
      if (bytes.length === pooledBytes && spare.length < mostPooled) spare.push(bytes)
    },
  }
}
