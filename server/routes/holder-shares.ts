import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { parseTimestamp } from '../../core/time.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import {
  findHolderLink,
  type Link,
  listShares,
  makeShare,
  replaceHolderLink,
  revokeShare,
} from '../share.ts'
import { keepSecret } from '../share-page.ts'
import { linkLimit } from '../share-rate.ts'
import {
  linkParams,
  newLinkShape,
  newShareBody,
  shareParams,
  sharesShape,
} from '../share-shapes.ts'

const tags = ['Holders']

/** What a holder does with the holder's own link: makes links for others, and takes them back. */
export const holderShareRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { db } = service.database
  const { PUBLIC_BASE_URL } = service.config
  const config = linkLimit(service.config)
  app.addHook('onSend', async (_request, reply) => void keepSecret(reply))

  app.get(
    '/c/:token/shares',
    {
      config,
      schema: {
        tags,
        operationId: 'listShares',
        summary: 'The links that the holder made for others',
        params: linkParams,
        response: { 200: sharesShape, ...problemResponses(404) },
      },
    },
    async (request) => {
      const link = await findHolderLink(db, request.params.token)
      return { shares: (await listShares(db, link)).map(describe) }
    },
  )

  app.post(
    '/c/:token/shares',
    {
      config,
      schema: {
        tags,
        operationId: 'makeShare',
        summary: 'Make a link for others',
        description:
          'It holds until the holder revokes it, or as long and as often as is asked for. Of the link itself only a hash is kept.',
        params: linkParams,
        body: newShareBody,
        response: { 201: newLinkShape, ...problemResponses(400, 404, 409) },
      },
    },
    async (request, reply) => {
      const link = await findHolderLink(db, request.params.token)
      const { label, endsAt, viewLimit } = request.body
      // PostgreSQL takes no NUL.
      const shown = label?.replaceAll('\0', '').trim()
      reply.code(201)
      return makeShare(db, PUBLIC_BASE_URL, link, {
        ...(shown && { label: shown }),
        endsAt: endsAt === undefined ? undefined : laterThanNow(endsAt),
        views: viewLimit,
      })
    },
  )

  app.delete(
    '/c/:token/shares/:share',
    {
      config,
      schema: {
        tags,
        operationId: 'revokeShare',
        summary: 'Take a link back; it leads nowhere at once',
        params: shareParams,
        response: { 204: { type: 'null', description: 'Revoked' }, ...problemResponses(404) },
      },
    },
    async (request, reply) => {
      const { token, share } = request.params
      if (!(await revokeShare(db, await findHolderLink(db, token), share))) {
        throw new HttpProblem(404, 'share_unknown', 'There is no such share, or it was revoked.')
      }
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/c/:token/replacement',
    {
      config,
      schema: {
        tags,
        operationId: 'replaceHolderLink',
        summary: 'A new link for the holder; the old ones end, what was shared stays',
        params: linkParams,
        response: { 201: newLinkShape, ...problemResponses(404) },
      },
    },
    async (request, reply) => {
      const link = await findHolderLink(db, request.params.token)
      reply.code(201)
      return replaceHolderLink(db, PUBLIC_BASE_URL, link)
    },
  )
}

function laterThanNow(text: string): Date {
  const time = parseTimestamp(text, '/endsAt')
  if (time > Date.now()) return new Date(time)
  const sentence = 'The link would have ended already; name a later time, or none.'
  throw new HttpProblem(400, 'end_in_past', sentence, { pointer: '/endsAt' })
}

function describe(link: Link) {
  const isSpent = link.view_limit !== null && link.views >= link.view_limit
  const hasEnded = link.ends_at !== null && link.ends_at.getTime() <= Date.now()
  return {
    id: link.id,
    ...(link.label !== null && { label: link.label }),
    ...(link.ends_at && { endsAt: link.ends_at.toISOString() }),
    ...(link.view_limit !== null && { viewLimit: link.view_limit }),
    views: link.views,
    state: hasEnded ? ('ended' as const) : isSpent ? ('spent' as const) : ('open' as const),
    createdAt: link.created_at.toISOString(),
  }
}
