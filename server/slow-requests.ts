import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem, sendProblem } from './problem.ts'

/** What must arrive of a long upload while its sender has its turn. */
const leastBytes = 65_536

/**
 * Answers 408 where a body has not arrived `timeoutMs` after its headers, and closes the connection.
 *
 * Forms are left out: a roster of millions takes its time, and `watchPace` looks after it. Headers are Node's own `headersTimeout`.
 */
export function refuseSlowBodies(app: FastifyInstance, timeoutMs: number): void {
  /** By when they began, the oldest first. */
  const waiting = new Map<
    FastifyRequest,
    { readonly reply: FastifyReply; readonly since: number }
  >()
  app.addHook('onRequest', (request, reply, done) => {
    if (hasBody(request.raw) && !isForm(request.raw)) {
      waiting.set(request, { reply, since: performance.now() })
    }
    done()
  })
  app.addHook('preValidation', (request, _reply, done) => {
    waiting.delete(request)
    done()
  })
  app.addHook('onRequestAbort', (request, done) => {
    waiting.delete(request)
    done()
  })
  // One look at all costs less than a timer for each.
  const timer = setInterval(
    () => {
      for (const [request, { reply, since }] of waiting) {
        if (performance.now() - since < timeoutMs) break
        waiting.delete(request)
        if (reply.sent) continue
        sendProblem(request, reply.header('connection', 'close'), tooSlow(timeoutMs))
        // Whatever else comes is not read.
        reply.raw.once('finish', () => request.raw.destroy())
      }
    },
    Math.min(1000, timeoutMs / 4),
  ).unref()
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer)
    done()
  })
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
}

function isForm({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('multipart/') === true
}

/** A watch over an upload. */
export interface Pace {
  /** Rejects with `HttpProblem` 408 once too little arrives; never resolves. */
  readonly tooSlow: Promise<never>
  readonly stop: () => void
}

/** Watches that bytes keep coming: 64 KiB within each `windowMs`, unless it is us who let the sender wait. */
export function watchPace(raw: IncomingMessage, windowMs: number, weAreBusy: () => boolean): Pace {
  const { promise, reject } = Promise.withResolvers<never>()
  // Nobody may be waiting any more.
  promise.catch(() => undefined)
  let before = 0
  const timer = setInterval(() => {
    const { bytesRead } = raw.socket
    const came = bytesRead - before
    before = bytesRead
    if (came < leastBytes && !weAreBusy() && !raw.complete) reject(tooSlow(windowMs))
  }, windowMs)
  return { tooSlow: promise, stop: () => clearInterval(timer) }
}

function tooSlow(windowMs: number): HttpProblem {
  return new HttpProblem(
    408,
    'request_too_slow',
    `The request did not arrive within ${windowMs} ms, or of a roster less than ${leastBytes} bytes did; send it over a better connection, or with gzip.`,
  )
}
