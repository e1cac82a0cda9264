import type { Readable } from 'node:stream'
import {
  type FastifyPluginAsyncTypebox,
  TypeBoxValidatorCompiler,
} from '@fastify/type-provider-typebox'
import type { FastifyRequest, FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import {
  createNameReader,
  type NamedCredentials,
  type NameProblem,
} from '../../core/named-credentials.ts'
import { problemOfSend, requireManaged } from '../anchoring.ts'
import { ownBatch, requireIssuerKey } from '../auth.ts'
import { isAnchored } from '../batch-state.ts'
import type { BatchRow } from '../batches.ts'
import { countExpired } from '../expired.ts'
import { costOf, countStatuses, type PendingWords, wordsOfAll } from '../pending-statuses.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Sender } from '../sender.ts'
import type { Service } from '../service.ts'
import { batchParams } from '../shapes.ts'
import { watchPace } from '../slow-requests.ts'
import {
  orderedStatusShape,
  parseStatusOrder,
  type StatusOrder,
  statusCountsShape,
  statusOrderBody,
  statusOrderQuery,
} from '../status-order.ts'
import {
  type NamesOfBatch,
  openIndexes,
  requestStatuses,
  statusIndexesOf,
  tryStatuses,
} from '../status-requests.ts'
import type { CredentialStatus } from '../tables.ts'

/** Credentials that one request may name: what is recorded in a second or two. */
const most = 100_000
const tags = ['Status']
const security = [{ issuerKey: [] }]

/** The body is read by core, with better words than a schema has; the schema describes it. */
const bodyByCore: FastifySchemaCompiler<TSchema> = (route) =>
  route.httpPart === 'body' ? (value) => ({ value }) : TypeBoxValidatorCompiler(route)

const lines = { schema: { type: 'string' } }

/** Changing the standing of thousands of credentials of a batch with the operator key. */
export const bulkStatusRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { config, chain, sender, jobs } = service
  const { db } = service.database
  app.addHook('onRequest', requireIssuerKey(db))
  // Handed on as it comes, and bounded by who reads it.
  app.addContentTypeParser(
    ['application/x-ndjson', 'text/csv', 'text/plain'],
    (_request, payload, done) => done(null, payload),
  )

  app.post(
    '/batches/:id/statuses',
    {
      validatorCompiler: bodyByCore,
      schema: {
        tags,
        security,
        operationId: 'changeStatuses',
        summary: 'Revoke, suspend or reinstate many credentials of a batch',
        description: `Takes up to ${most} credentials by id or status index, or with \`all\` those of the batch that are not revoked: JSON, or a list with \`?status=\` (one a line, NDJSON, or CSV with a column id or statusIndex). All are recorded or none; asking again changes nothing. With \`all\` so many are taken at a time, and \`left\` says how many there are beyond. They go on chain in the background, in as few transactions as the gas of one allows; \`GET /batches/{id}/statuses\` shows how far. With \`?dryRun=true\` the answer says what it would cost, and nothing is recorded.`,
        params: batchParams,
        querystring: statusOrderQuery,
        body: {
          content: {
            'application/json': { schema: statusOrderBody },
            'application/x-ndjson': lines,
            'text/csv': lines,
            'text/plain': lines,
          },
        },
        response: {
          200: { ...orderedStatusShape, description: 'The chain shows all of it, or a dry run' },
          202: { ...orderedStatusShape, description: 'It is recorded, and goes on chain' },
          ...problemResponses(400, 401, 404, 408, 409, 413, 415, 503),
        },
      },
    },
    async (request, reply) => {
      const batch = await ownBatch(db, request, request.params.id)
      if (!isAnchored(batch.state)) {
        const detail = 'The batch is not anchored yet; anchor it first.'
        throw new HttpProblem(409, 'batch_not_anchored', detail)
      }
      const operator = await requireManaged(chain, sender, batch, 'revoke')
      const pace = watchPace(request.raw, config.REQUEST_TIMEOUT_MS, () => false)
      const reading = readOrder(request, request.query.status)
      const order = await Promise.race([reading, pace.tooSlow])
        .catch((thrown: unknown) => {
          // What is left of the body is not waited for.
          reply.header('connection', 'close')
          reply.raw.once('finish', () => request.raw.destroy())
          reading.catch(() => undefined)
          throw thrown
        })
        .finally(pace.stop)
      const isDry = request.query.dryRun === true
      if (order.list === 'all' && isDry) {
        return tryAll(batch, order.status, await readTerms(operator))
      }
      const { left, ...named } =
        order.list === 'all'
          ? await openOf(batch, order.status)
          : { ...(await resolve(batch, order.list)), left: undefined }
      const terms = await readTerms(operator)
      const ask = isDry ? tryStatuses : requestStatuses
      const outcome = await ask(db, batch.id, named.statusIndexes, order.status)
      if ('revoked' in outcome) throw final(named, outcome.revoked)
      const { changed, pending } = outcome
      const count = pending.reduce((sum, words) => sum + words.count, 0)
      if (count > 0 && !isDry) {
        await jobs.ask('status', [batch.id])
        reply.code(202)
      }
      return {
        id: batch.id,
        status: order.status,
        named: named.statusIndexes.length,
        changed,
        pending: count,
        ...(left !== undefined && { left }),
        recorded: !isDry,
        cost: price(pending, terms),
      }
    },
  )

  app.get(
    '/batches/:id/statuses',
    {
      schema: {
        tags,
        security,
        operationId: 'getStatuses',
        summary: 'How many credentials of a batch are revoked, suspended or expired',
        params: batchParams,
        response: { 200: statusCountsShape, ...problemResponses(401, 404) },
      },
    },
    async (request) => {
      const batch = await ownBatch(db, request, request.params.id)
      const counts = await countStatuses(db, batch)
      return { ...counts, expired: await countExpired(db, batch.id) }
    },
  )

  /** What is open of a whole batch; no line of a list can be at fault. */
  async function openOf(batch: BatchRow, status: CredentialStatus) {
    return { ...(await openIndexes(db, batch.id, status, most)), problemsAt: () => [] }
  }

  async function tryAll(batch: BatchRow, status: CredentialStatus, terms: Terms) {
    const words = await wordsOfAll(db, batch.id, status)
    const { left: changed } = await openIndexes(db, batch.id, status, 0)
    const pending = words.reduce((sum, { count }) => sum + count, 0)
    const cost = price(words, terms)
    return { id: batch.id, status, named: changed, changed, pending, recorded: false, cost }
  }

  async function resolve(batch: BatchRow, list: NamedCredentials): Promise<NamesOfBatch> {
    refuse(list.problems, 400, 'list_malformed', 'Some lines name no credential')
    const named = await statusIndexesOf(db, batch, list)
    const unknown = named.problemsAt((index) => index === undefined, 'credential_unknown')
    refuse(unknown, 400, 'credential_unknown', 'Some lines name no credential of this batch')
    return named
  }
}

async function readOrder(
  request: FastifyRequest,
  status: CredentialStatus | undefined,
): Promise<StatusOrder> {
  const body = request.body as Readable
  if (typeof body?.pipe !== 'function') return parseStatusOrder(request.body, status)
  if (!status) {
    const detail = 'Say which status the list is for: ?status=revoked, suspended or active.'
    throw new HttpProblem(400, 'status_missing', detail)
  }
  const reader = createNameReader(most)
  try {
    // A refusal leaves the stream as it is, so that the answer still reaches who sends.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) reader.push(chunk)
  } catch (thrown) {
    if (!request.raw.destroyed) throw thrown
    throw new HttpProblem(400, 'body_incomplete', 'The list broke off; nothing was recorded.')
  }
  return { status, list: reader.end() }
}

type Terms = Awaited<ReturnType<Sender['statusTerms']>>

async function readTerms(operator: Sender): Promise<Terms> {
  try {
    return await operator.statusTerms()
  } catch (thrown) {
    throw problemOfSend(thrown)
  }
}

/** What it costs to bring all of it on chain, by the gas of transactions measured before, at the price of now. */
function price(pending: readonly PendingWords[], terms: Terms) {
  const { transactions, gas } = costOf(pending, terms.gas)
  const fee = BigInt(gas) * terms.price
  return { transactions, gas, gasPrice: String(terms.price), fee: String(fee) }
}

function final(named: NamesOfBatch, revoked: ReadonlySet<number>): HttpProblem {
  const errors = named.problemsAt(
    (index) => index !== undefined && revoked.has(index),
    'revocation_final',
  )
  const detail = `${revoked.size} of the credentials are revoked, and that is final: leave them out. Nothing was recorded.`
  return new HttpProblem(409, 'revocation_final', detail, { errors })
}

function refuse(errors: readonly NameProblem[], status: number, code: string, words: string): void {
  if (errors.length === 0) return
  const detail = `${words}: see errors. Nothing was recorded.`
  throw new HttpProblem(status, code, detail, { errors })
}
