import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { prefersHtml } from '../accept.ts'
import { pngBadge, svgBadge } from '../badge-image.ts'
import { certificate } from '../certificate.ts'
import { handedOut } from '../handed-out.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import { newestOf } from '../reissued.ts'
import type { Service } from '../service.ts'
import { credentialShape } from '../shapes.ts'
import { findLink } from '../share.ts'
import { keepSecret, previewOf, readHolderPage, sendHolderPage } from '../share-page.ts'
import { linkLimit } from '../share-rate.ts'
import { linkParams, linkShape, sheetQuery, visitQuery } from '../share-shapes.ts'
import { openVisit, revisit } from '../share-visit.ts'

const tags = ['Holders']
const image = Type.String({ format: 'binary' })

interface Visited {
  readonly method: string
  readonly params: { readonly token: string }
  readonly query: { readonly visit?: string }
}

/** What whoever has a link may read: the credential that it leads to, as its page, as JSON and in other forms. */
export const shareRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { db } = service.database
  const config = linkLimit(service.config)
  const page = await readHolderPage()

  app.get(
    '/c/:token',
    {
      config,
      schema: {
        tags,
        operationId: 'openLink',
        summary: 'The credential that a link leads to',
        description:
          'A browser gets its page, which is no view yet. Fetching the credential is: where views are limited, the header `rootmark-visit` lets its other forms be fetched for an hour. After a correction it is the corrected one. 404 is the one answer for links that never were, have ended, are spent or were revoked.',
        params: linkParams,
        response: {
          200: {
            description: 'The credential',
            content: { 'application/vc': { schema: credentialShape } },
          },
          ...problemResponses(404, 409),
        },
      },
    },
    async (request, reply) => {
      reply.header('vary', 'Accept')
      const { token } = request.params
      if (prefersHtml(request.headers.accept)) {
        const preview = await read(token).then(previewOf, () => undefined)
        return sendHolderPage(reply, page(preview), preview ? 200 : 404)
      }
      const credential = await read(token)
      // Programs that look whether a link works ask for the head: nobody has seen anything then.
      const isSeen = request.method !== 'HEAD'
      const { pass } = isSeen ? await openVisit(db, await findLink(db, token)) : {}
      if (pass !== undefined) reply.header('rootmark-visit', pass)
      keepSecret(reply).type('application/vc')
      return JSON.stringify(credential) as never
    },
  )

  app.get(
    '/c/:token/about',
    {
      config,
      schema: {
        tags,
        operationId: 'describeLink',
        summary: 'Whose link it is and how long it holds; no view is counted',
        params: linkParams,
        response: { 200: linkShape, ...problemResponses(404) },
      },
    },
    async (request, reply) => {
      const link = await findLink(db, request.params.token)
      keepSecret(reply)
      return {
        kind: link.kind,
        ...(link.ends_at && { endsAt: link.ends_at.toISOString() }),
        ...(link.view_limit !== null && {
          viewLimit: link.view_limit,
          viewsLeft: link.view_limit - link.views,
        }),
        corrected: (await newestOf(db, link.credential_id)) !== link.credential_id,
      }
    },
  )

  const form = (operationId: string, summary: string, type: string) => ({
    config,
    schema: {
      tags,
      operationId,
      summary,
      description: 'A view is counted, unless the query names a visit.',
      params: linkParams,
      querystring: visitQuery,
      response: {
        200: { description: 'It', content: { [type]: { schema: image } } },
        ...problemResponses(404, 409),
      },
    },
  })

  const pdf = form('getLinkedPdf', 'The credential as a certificate in PDF', 'application/pdf')
  const querystring = Type.Object({ ...visitQuery.properties, ...sheetQuery.properties })
  const sheet = { ...pdf, schema: { ...pdf.schema, querystring } }

  app.get(
    '/c/:token/badge.svg',
    form('getLinkedSvgBadge', 'The credential baked into an SVG image', 'image/svg+xml'),
    async (request, reply) => {
      const badge = svgBadge(await visited(request))
      // It may be an issuer's drawing: opened in a browser, it can neither run nor fetch anything.
      reply.header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
      )
      return send(reply, 'image/svg+xml', badge)
    },
  )

  app.get(
    '/c/:token/badge.png',
    form('getLinkedPngBadge', 'The credential baked into a PNG image', 'image/png'),
    async (request, reply) => {
      const badge = pngBadge(await visited(request))
      if (!badge) {
        const svg = `its badge is an SVG image: /c/…/badge.svg`
        const sentence = `The achievement has no PNG image of its own; ${svg}`
        throw new HttpProblem(404, 'badge_not_png', sentence)
      }
      return send(reply, 'image/png', Buffer.from(badge))
    },
  )

  app.get('/c/:token/credential.pdf', sheet, async (request, reply) => {
    const credential = await visited(request)
    const { lang } = request.query
    return send(reply, 'application/pdf', await certificate(service.config, credential, lang))
  })

  async function read(token: string) {
    const { credential_id } = await findLink(db, token)
    return handedOut(service, await newestOf(db, credential_id))
  }

  /** The credential for one of its other forms; counted where the visit was not. */
  async function visited({ method, params, query }: Visited) {
    const { link, isCounted } = await revisit(db, params.token, query.visit)
    const credential = await handedOut(service, await newestOf(db, link.credential_id))
    if (!isCounted && method !== 'HEAD') await openVisit(db, link)
    return credential
  }

  function send(reply: Parameters<typeof keepSecret>[0], type: string, body: string | Buffer) {
    return keepSecret(reply)
      .type(type)
      .header('x-content-type-options', 'nosniff')
      .serializer((payload: unknown) => payload as string)
      .send(body)
  }
}
