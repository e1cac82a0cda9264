import { Worker } from 'node:worker_threads'
import type { BatchTerms } from '../core/credential.ts'

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

export type ThreadRequest = { readonly session: number } & (
  | { readonly kind: 'begin'; readonly subtree: Subtree; readonly parts: readonly string[] }
  | { readonly kind: 'make'; readonly from: number; readonly to: number }
  | { readonly kind: 'finish' }
  | { readonly kind: 'close' }
)

/** A thread that makes credentials, so that requests are answered meanwhile. */
export interface Making {
  /** Takes a subtree; `parts` hold its learners in any order, one a line with its status index. */
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
  readonly ask: <T>(request: ThreadRequest) => Promise<T>
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
  worker.on('message', (answer: { value?: never; failed?: string }) => {
    const next = waiting.shift()
    if (answer.failed === undefined) next?.resolve(answer.value as never)
    else next?.reject(new Error(answer.failed))
    // Without work, the thread does not keep the process alive.
    if (waiting.length === 0) worker.unref()
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the thread that makes credentials has ended')))
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (ended) {
          reject(new Error('the thread that makes credentials has ended'))
          return
        }
        waiting.push({ resolve, reject })
        worker.ref()
        worker.postMessage(request)
      }),
    hasEnded: () => ended,
    async end() {
      await worker.terminate()
    },
  }
}
