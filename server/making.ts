import { Worker } from 'node:worker_threads'
import type { BatchTerms } from '../core/credential.ts'
import { InvalidInputError } from '../core/error.ts'
import type { RosterPiece } from '../core/roster-cutter.ts'
import type { ReadRows } from '../core/roster-piece.ts'
import type { Header } from '../core/roster-rows.ts'

/** What the credentials of a subtree are made from. Status indices from `first`, `size` of them. */
export interface Subtree {
  readonly terms: BatchTerms
  /** Secret, 32 bytes. */
  readonly seed: Uint8Array
  readonly first: number
  readonly size: number
}

/** Columns of a made credential's row, in the order of its fields. */
export const credentialColumns = [
  'id',
  'batch_id',
  'status_index',
  'shape',
  'filled',
  'salt',
] as const

/** Credentials that were made: how many, rows in the binary COPY format, templates that they are the first to fill. */
export interface Made {
  readonly size: number
  readonly rows: Uint8Array<ArrayBuffer>
  readonly templates: readonly { readonly shape: number; readonly document: string }[]
}

/** A piece of a roster that was read: its learners as JSON, one a line, in UTF-8. */
export interface ReadPart extends Omit<ReadRows, 'learners'> {
  readonly header: Header | undefined
  readonly count: number
  readonly rows: Uint8Array<ArrayBuffer>
}

export type RosterFormat = 'csv' | 'ndjson'

/** Learners of a roster that are dealt to the subtrees of their batch: a text for each that has any. */
export type Dealt = readonly (readonly [subtree: number, rows: string])[]

export type ThreadRequest =
  | {
      readonly kind: 'read'
      readonly format: RosterFormat
      readonly piece: RosterPiece
      readonly header: Header | undefined
    }
  | {
      readonly kind: 'deal'
      readonly rows: string | Uint8Array
      readonly order: Uint32Array
      readonly height: number
    }
  | SubtreeRequest

export type SubtreeRequest = { readonly session: number } & (
  | { readonly kind: 'begin'; readonly subtree: Subtree; readonly parts: readonly string[] }
  | { readonly kind: 'make'; readonly from: number; readonly to: number }
  | { readonly kind: 'finish' }
  | { readonly kind: 'close' }
)

/** What a thread answers: a value, or why there is none. */
export interface ThreadAnswer {
  readonly value?: unknown
  readonly failed?: {
    readonly message: string
    /** Where it is the input that cannot be read. */
    readonly code?: string
    readonly pointer?: string
  }
}

/** A thread that does the work of large batches, so that requests are answered meanwhile. */
export interface Making {
  /** Reads a piece of a roster, which is the thread's from then on. Throws `InvalidInputError` as `readPiece` does. */
  readonly read: (
    format: RosterFormat,
    piece: RosterPiece,
    header: Header | undefined,
  ) => Promise<ReadPart>
  /** Deals learners, one a line, to subtrees of a height; the one in line i gets the status index `order[i]`. */
  readonly deal: (
    rows: string | Uint8Array,
    order: Uint32Array<ArrayBuffer>,
    height: number,
  ) => Promise<Dealt>
  /** Takes a subtree; `parts` hold its learners in any order, as they were dealt. */
  readonly begin: (subtree: Subtree, parts: readonly string[]) => Promise<MakingSession>
  readonly close: () => Promise<void>
}

/** A subtree whose credentials are made. */
export interface MakingSession {
  /** Makes the credentials at the places `from` to before `to`, counted from the subtree's first. */
  readonly make: (from: number, to: number) => Promise<Made>
  /** The nodes of the subtree. Credentials that an earlier session made are made again for it. */
  readonly finish: () => Promise<Uint8Array>
  /** Has the thread forget it; nothing can be asked after. */
  readonly close: () => void
}

/** Opens the thread, which starts with the first work. Requests are answered in order; where it dies, those under way throw and the next start another. */
export function openMaking(): Making {
  let thread: Thread | undefined
  let sessions = 0
  const running = () => {
    if (!thread || thread.hasEnded()) thread = startThread()
    return thread
  }
  return {
    read: (format, piece, header) =>
      running().ask({ kind: 'read', format, piece, header }, [piece.bytes.buffer]),
    deal: (rows, order, height) =>
      running().ask({ kind: 'deal', rows, order, height }, [order.buffer]),
    async begin(subtree, parts) {
      const { ask } = running()
      const session = sessions++
      await ask({ session, kind: 'begin', subtree, parts })
      return {
        make: (from, to) => ask({ session, kind: 'make', from, to }),
        finish: () => ask({ session, kind: 'finish' }),
        close: () => void ask({ session, kind: 'close' }).catch(() => undefined),
      }
    },
    close: async () => thread?.end(),
  }
}

interface Thread {
  readonly ask: <T>(request: ThreadRequest, moved?: readonly ArrayBufferLike[]) => Promise<T>
  readonly hasEnded: () => boolean
  readonly end: () => Promise<void>
}

function startThread(): Thread {
  const worker = new Worker(new URL('./making-thread.ts', import.meta.url))
  const waiting: { resolve: (value: never) => void; reject: (thrown: Error) => void }[] = []
  let ended = false
  const fail = (thrown: Error) => {
    ended = true
    for (const { reject } of waiting.splice(0)) reject(thrown)
  }
  worker.on('message', ({ value, failed }: ThreadAnswer) => {
    const next = waiting.shift()
    if (failed === undefined) next?.resolve(value as never)
    else next?.reject(errorOf(failed))
    // Without work, the thread does not keep the process alive.
    if (waiting.length === 0) worker.unref()
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the thread that makes credentials has ended')))
  return {
    ask: (request, moved = []) =>
      new Promise((resolve, reject) => {
        if (ended) {
          reject(new Error('the thread that makes credentials has ended'))
          return
        }
        waiting.push({ resolve, reject })
        worker.ref()
        worker.postMessage(request, moved as ArrayBuffer[])
      }),
    hasEnded: () => ended,
    async end() {
      await worker.terminate()
    },
  }
}

function errorOf({ message, code, pointer }: NonNullable<ThreadAnswer['failed']>): Error {
  return code === undefined ? new Error(message) : new InvalidInputError(code, message, pointer)
}
