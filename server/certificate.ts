import { Worker } from 'node:worker_threads'
import { deflateRawSync } from 'node:zlib'
import type { JsonObject } from '../core/canonical.ts'
import { type PrintedCode, printCode } from '../core/printed-code.ts'
import type { PresentedSheet } from '../documents/presented-pdf.ts'
import type { Config } from './config.ts'
import { HttpProblem } from './problem.ts'

/** What the thread is asked for. */
export type CertificateRequest = { readonly id: number } & (
  | {
      readonly credential: JsonObject
      readonly code: PrintedCode | undefined
      readonly page: string
      readonly language: string | undefined
    }
  | { readonly presented: PresentedSheet }
)

export interface CertificateAnswer {
  readonly id: number
  readonly pdf?: Uint8Array
  readonly failed?: string
}

interface Waiting {
  readonly resolve: (pdf: Buffer) => void
  readonly reject: (reason: Error) => void
}

/** To set a sheet takes a fraction of a second: more than so many at once are asked to come back. */
const mostWaiting = 40
/** Megabytes of JavaScript objects in the thread: several times what the fonts of one sheet were seen to take. */
const threadHeap = 512

const deflate = (bytes: Uint8Array, dictionary: Uint8Array) =>
  deflateRawSync(bytes, { level: 9, memLevel: 9, dictionary })

let thread: Worker | undefined
let last = 0
const waiting = new Map<number, Waiting>()

/**
 * The credential as a PDF, with a code that carries it, or leads to it where it is too large for one. A thread sets it, so that requests
 * are answered meanwhile. `language` is the one that is wished for. Throws `HttpProblem` 503 `busy` where too many wait.
 */
export async function certificate(
  { PUBLIC_BASE_URL }: Pick<Config, 'PUBLIC_BASE_URL'>,
  credential: JsonObject,
  language?: string,
): Promise<Buffer> {
  refuseWhenBusy()
  const page = `${PUBLIC_BASE_URL}/`
  const id = String(credential['id']).replace(/^urn:uuid:/, '')
  const link = `${page}?credential=${encodeURIComponent(`/credentials/${id}`)}`
  const code = await printCode(credential, { page, link, deflate })
  return inThread({ id: ++last, credential, code, page, language })
}

/** A presentation with what became of each credential in it, set by the same thread. Throws `HttpProblem` 503 `busy` where too many wait. */
export async function presentedPdf(presented: PresentedSheet): Promise<Buffer> {
  refuseWhenBusy()
  return inThread({ id: ++last, presented })
}

function refuseWhenBusy(): void {
  if (waiting.size < mostWaiting) return
  throw new HttpProblem(503, 'busy', 'Many certificates are being made; try again in a moment.')
}

function inThread(request: CertificateRequest): Promise<Buffer> {
  thread ??= startThread()
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  waiting.set(request.id, { resolve, reject })
  thread.ref()
  thread.postMessage(request)
  return promise
}

/** Started with the first sheet; what it was asked for and cannot give any more is refused, and the next sheet starts another. */
function startThread(): Worker {
  const started = new Worker(new URL('./certificate-thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: threadHeap },
    // The settings hold secrets, and the thread needs none of them.
    env: {},
  })
  started.on('message', ({ id, pdf, failed }: CertificateAnswer) => {
    const asked = waiting.get(id)
    waiting.delete(id)
    // It keeps no process alive that has nothing to wait for.
    if (waiting.size === 0) started.unref()
    if (pdf) asked?.resolve(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength))
    else asked?.reject(new Error(`the certificate could not be set: ${failed}`))
  })
  const lose = (reason: unknown) => {
    if (thread === started) thread = undefined
    for (const { reject } of waiting.values()) {
      reject(new Error('the thread that sets certificates has ended', { cause: reason }))
    }
    waiting.clear()
  }
  started.on('error', lose)
  started.on('exit', lose)
  return started
}
