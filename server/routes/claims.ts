import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { claimMinutes, isHeldBy, openClaim, spendClaim } from '../claim.ts'
import { claimMail } from '../claim-mail.ts'
import { findCredential } from '../credentials.ts'
import { queueMail } from '../mails.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { credentialParams } from '../shapes.ts'
import { keepSecret, readHolderPage, sendHolderPage } from '../share-page.ts'
import { linkLimit } from '../share-rate.ts'
import { newLinkShape } from '../share-shapes.ts'

const tags = ['Holders']
const claimBody = Type.Object(
  { email: Type.String({ minLength: 3, maxLength: 254, examples: ['zoe@example.org'] }) },
  { additionalProperties: false },
)
const openingBody = Type.Object(
  { token: Type.String({ maxLength: 200, description: 'What stands behind # in the link' }) },
  { additionalProperties: false },
)

/** How a holder who has lost the link, or never got one, proves control of the e-mail that the credential is about. */
export const claimRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { database, secretBox, postman, config: settings, sendMail } = service
  const { db } = database
  const config = linkLimit(settings)
  const page = await readHolderPage()

  // What the page needs is behind # or in its path: the service serves it to anybody.
  app.get(
    '/claim/:id',
    { config, schema: { hide: true, params: Type.Object({ id: Type.String() }) } },
    async (_request, reply) => sendHolderPage(reply, page(undefined), 200),
  )

  app.post(
    '/credentials/:id/claims',
    {
      config,
      schema: {
        tags,
        operationId: 'claimCredential',
        summary: 'Have a one-time link mailed to the holder',
        description: `The answer is the same whether or not the e-mail is the holder's. The link works once, for ${claimMinutes} minutes.`,
        params: credentialParams,
        body: claimBody,
        response: {
          202: { type: 'null', description: 'If the e-mail is the holder’s, a link is on its way' },
          ...problemResponses(400, 503),
        },
      },
    },
    async (request, reply) => {
      if (!sendMail) {
        const sentence =
          'This service sends no mail; ask the issuer for your link. Whoever runs it can set MAIL_URL.'
        throw new HttpProblem(503, 'mail_missing', sentence)
      }
      const { id } = request.params
      const { email } = request.body
      const wishes = request.headers['accept-language']
      postman.prepare(() => mailClaim(id, email, wishes))
      return keepSecret(reply).code(202).send(null)
    },
  )

  async function mailClaim(id: string, email: string, wishes?: string): Promise<void> {
    const stored = await findCredential(db, id)
    if (!stored || !isHeldBy(stored.document, email)) return
    const token = await openClaim(db, stored.id)
    if (token === undefined) return
    const url = `${settings.PUBLIC_BASE_URL}/claim/open#${token}`
    // As it was issued: what was typed may differ in case.
    const to = email.trim().toLowerCase()
    await queueMail(db, secretBox, claimMail(to, stored.document, url, wishes))
  }

  app.post(
    '/claims',
    {
      config,
      schema: {
        tags,
        operationId: 'openClaim',
        summary: 'Take the one-time link for a link of the holder’s own',
        body: openingBody,
        response: { 201: newLinkShape, ...problemResponses(400, 404) },
      },
    },
    async (request, reply) => {
      keepSecret(reply).code(201)
      return spendClaim(db, settings.PUBLIC_BASE_URL, request.body.token)
    },
  )
}
