import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { toHex } from '../../core/bytes.ts'
import { InvalidInputError } from '../../core/error.ts'
import { parseTilePath, type Tile } from '../../core/tile.ts'
import { maxSiblings } from '../../core/tree-path.ts'
import type { BatchRow } from '../batches.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import { openPublished } from '../published.ts'
import type { Service } from '../service.ts'
import { batchParams, hex } from '../shapes.ts'
import { workTogether } from '../together.ts'

const tags = ['Verification']
const year = 31_536_000
/** A tree never changes: whatever lies on the way may keep its parts. */
const forEver = `public, max-age=${year}, immutable`

const indexPattern = /^(?:0|[1-9][0-9]{0,9})$/
const uuidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

const proofParams = Type.Object({
  ...batchParams.properties,
  statusIndex: Type.String({
    pattern: indexPattern.source,
    description: 'Status index of the credential',
  }),
})
const proofShape = Type.Object({
  root: hex(32, 'Root of the batch'),
  size: Type.Integer({ description: 'Leaves of the batch' }),
  statusIndex: Type.Integer(),
  siblings: Type.Array(hex(32, 'Sibling hash, from the leaf up')),
})
const tileShape = {
  description: 'Up to 256 nodes of 32 bytes',
  content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
} as const

/** Batch trees in pieces: for proofs, auditors and caches. Hashes and nothing personal. */
export const treeRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { trees } = service
  const together = workTogether()
  const published = openPublished(service.database.db)
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': forEver,
  }

  app.get(
    '/batches/:id/proofs/:statusIndex',
    {
      config: { answers: 'data' },
      // Params are compared with these patterns below, which costs a tenth of a general validator.
      validatorCompiler: () => (value) => ({ value }),
      schema: {
        tags,
        operationId: 'getProof',
        summary: 'The sibling hashes of one leaf',
        description:
          'Hashes and nothing personal. Public once the batch is anchored, and never another.',
        params: proofParams,
        response: {
          200: {
            description: 'The proof',
            content: { 'application/json': { schema: proofShape } },
          },
          ...problemResponses(400, 404, 409),
        },
      },
    },
    async (request, reply) => {
      await together()
      const { id, statusIndex: index } = request.params
      if (!uuidPattern.test(id) || !indexPattern.test(index)) {
        throw new HttpProblem(
          400,
          'params_malformed',
          'The path is /batches/{id of a batch}/proofs/{status index}.',
        )
      }
      const statusIndex = Number(index)
      // A tree that many ask for is in memory: its proofs take no turn of the event loop.
      const batch = published.atHand(id)
      const count =
        batch && statusIndex < batch.size ? trees.copyAtHand(batch, statusIndex, siblings) : -1
      if (batch && count >= 0)
        return sendProof(reply.headers(headers), batch, statusIndex, count) as never
      return readProof(reply, id, statusIndex) as never
    },
  )

  async function readProof(
    reply: FastifyReply,
    id: string,
    statusIndex: number,
  ): Promise<FastifyReply> {
    const batch = await published.find(id)
    if (statusIndex >= batch.size) {
      throw new HttpProblem(
        404,
        'status_index_unknown',
        `The batch has ${batch.size} credentials, so its status indices end at ${batch.size - 1}.`,
      )
    }
    const found = await trees.siblings(batch, statusIndex)
    for (const [i, sibling] of found.entries()) siblings.set(sibling, i * 32)
    return sendProof(reply.headers(headers), batch, statusIndex, found.length)
  }

  app.get(
    '/batches/:id/tiles/*',
    {
      schema: {
        tags,
        operationId: 'getTile',
        summary: '256 neighbouring nodes of a batch tree',
        description:
          'Nodes of tree level 8 × level, named in the manner of C2SP tlog-tiles: `0/000`, `0/x001/067`, and `1/003.p/40` for a last tile of 40 nodes. From the tiles above its leaf, anybody computes any proof.',
        params: batchParams,
        response: { 200: tileShape, ...problemResponses(400, 404, 409) },
      },
    },
    async (request, reply) => {
      const batch = await published.find(request.params.id)
      // The rest of the path, which anybody may have written: no schema names it.
      const { '*': path } = request.params as unknown as { readonly '*': string }
      const tile = readTile(batch, path)
      reply.type('application/octet-stream').header('cache-control', forEver)
      return reply.send((await trees.tile(batch, tile)) as never)
    },
  )
}

/** Siblings of the proof that is being written; nothing else runs before it is. */
const siblings = Buffer.alloc(32 * maxSiblings)

/** Written as one text: a proof is asked for more often than anything else. */
function sendProof(
  reply: FastifyReply,
  { root, size }: BatchRow,
  statusIndex: number,
  count: number,
): FastifyReply {
  const hex = siblings.toString('hex', 0, count * 32)
  let listed = ''
  for (let at = 0; at < hex.length; at += 64) {
    listed += `${at === 0 ? '' : ','}"0x${hex.slice(at, at + 64)}"`
  }
  return reply
    .serializer(asItIs)
    .send(
      `{"root":"${toHex(root)}","size":${size},"statusIndex":${statusIndex},"siblings":[${listed}]}`,
    )
}

function asItIs(text: unknown): string {
  return text as string
}

function readTile({ size }: BatchRow, path: string): Tile {
  try {
    return parseTilePath(size, path)
  } catch (thrown) {
    if (!(thrown instanceof InvalidInputError)) throw thrown
    throw new HttpProblem(404, thrown.code, `${thrown.message}.`)
  }
}
