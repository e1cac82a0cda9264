import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { ownBatch, ownCredential, requireIssuerKey } from '../auth.ts'
import type { BatchRow } from '../batches.ts'
import { requireBuilt } from '../builds.ts'
import { listCredentials } from '../credentials.ts'
import { problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { batchParams, credentialParams } from '../shapes.ts'
import { makeHolderLink, makeHolderLinks } from '../share.ts'
import { newLinkShape } from '../share-shapes.ts'
import type { Tables } from '../tables.ts'

const tags = ['Holders']
const security = [{ issuerKey: [] }]
const linksPerWrite = 500

/** The links that an issuer hands to its learners. */
export const holderLinkRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { db } = service.database
  const { PUBLIC_BASE_URL } = service.config
  app.addHook('onRequest', requireIssuerKey(db))

  app.post(
    '/credentials/:id/links',
    {
      schema: {
        tags,
        security,
        operationId: 'makeHolderLink',
        summary: 'Make the secret link of a holder',
        description:
          'Give it to the holder alone: with it the credential is read, and shared with others by links of their own. Links made before go on working.',
        params: credentialParams,
        response: { 201: newLinkShape, ...problemResponses(401, 404, 409) },
      },
    },
    async (request, reply) => {
      const { id } = await ownCredential(db, request, request.params.id)
      reply.code(201).header('cache-control', 'no-store')
      return makeHolderLink(db, PUBLIC_BASE_URL, id)
    },
  )

  app.post(
    '/batches/:id/links',
    {
      schema: {
        tags,
        security,
        operationId: 'makeHolderLinks',
        summary: 'Make the secret links of all holders of a batch',
        description:
          'A line a credential: its `id`, `statusIndex`, `holder` and the `url` for the holder. Each call makes new ones; those made before go on working.',
        params: batchParams,
        response: {
          200: {
            description: 'Links, a line each',
            content: { 'application/x-ndjson': { schema: { type: 'string' } } },
          },
          ...problemResponses(401, 404, 409),
        },
      },
    },
    async (request, reply) => {
      const batch = await ownBatch(db, request, request.params.id)
      requireBuilt(batch)
      reply.type('application/x-ndjson').header('cache-control', 'no-store')
      return reply.send(Readable.from(linkLines(db, PUBLIC_BASE_URL, batch)) as never)
    },
  )
}

async function* linkLines(
  db: Kysely<Tables>,
  baseUrl: string,
  { id, size }: BatchRow,
): AsyncGenerator<string> {
  for (let after = -1; after + 1 < size; ) {
    const some = await listCredentials(db, id, after, linksPerWrite)
    if (some.length === 0) return
    const urls = await makeHolderLinks(
      db,
      baseUrl,
      some.map((credential) => credential.id),
    )
    yield some
      .map(
        ({ id, statusIndex, holder }, i) =>
          `${JSON.stringify({ id, statusIndex, holder, url: urls[i] })}\n`,
      )
      .join('')
    after = some.at(-1)?.statusIndex ?? size
  }
}
