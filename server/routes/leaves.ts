import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { checksumAddress } from '../../core/abi.ts'
import { fromHex, toHex } from '../../core/bytes.ts'
import type { BatchRow } from '../batches.ts'
import { publishedBatch, publishedBatchOf, readLeafBytes, readLeafLines } from '../leaves.ts'
import { problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { batchParams, leavesShape, migrationParams } from '../shapes.ts'

const tags = ['Verification']
const description =
  'Leaf hashes and nothing personal, in status index order: 32 bytes each, or as NDJSON (one hex text a line) where Accept names application/x-ndjson. Public once the batch is anchored, and never another: the root that they lead to is the ETag.'
const response = {
  200: leavesShape,
  304: { type: 'null', description: 'If-None-Match names these leaves' },
  ...problemResponses(400, 404, 409),
}

const year = 31_536_000
const bytesPerLine = '"0x"\n'.length + 64

/** Leaves of batches, from which anybody can rebuild their trees. */
export const leafRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { trees } = service
  const { db } = service.database

  app.get(
    '/batches/:id/leaves',
    {
      schema: {
        tags,
        operationId: 'getLeaves',
        summary: 'The leaves of a batch, to rebuild its tree',
        description,
        params: batchParams,
        response,
      },
    },
    async (request, reply) => send(request, reply, await publishedBatch(db, request.params.id)),
  )

  app.get(
    '/leaves/:account/:root',
    {
      schema: {
        tags,
        operationId: 'findLeaves',
        summary: 'The leaves of a batch by its issuer and root, which is all that the chain tells',
        description: `${description} Content-Location names the batch, as its status lists are named.`,
        params: migrationParams,
        response,
      },
    },
    async (request, reply) => {
      const { account, root } = request.params
      return send(
        request,
        reply,
        await publishedBatchOf(db, checksumAddress(account), fromHex(root, 32)),
      )
    },
  )

  function send({ headers }: FastifyRequest, reply: FastifyReply, batch: BatchRow): FastifyReply {
    const isLines = headers.accept?.includes('application/x-ndjson') ?? false
    const etag = `"${toHex(batch.root).slice(2)}${isLines ? '-lines' : ''}"`
    reply
      .header('etag', etag)
      .header('cache-control', `public, max-age=${year}, immutable`)
      .header('vary', 'Accept')
      .header('content-location', `/batches/${batch.id}/leaves`)
    // RFC 9110 §13.1.2, where a tag may be weakened by a proxy that compresses.
    const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
    if (known?.some((tag) => tag === etag || tag === '*')) return reply.code(304).send()
    reply
      .type(isLines ? 'application/x-ndjson' : 'application/octet-stream')
      // Told beforehand, so that nobody takes a transfer that broke off for a smaller batch.
      .header('content-length', batch.size * (isLines ? bytesPerLine : 32))
    const lines = isLines ? readLeafLines(trees, batch) : readLeafBytes(trees, batch)
    return reply.send(Readable.from(lines) as never)
  }
}
