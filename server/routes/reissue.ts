import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifySchemaCompiler } from 'fastify'
import Type, { type TSchema } from 'typebox'
import { requireManaged } from '../anchoring.ts'
import { ownCredential, requireIssuerKey } from '../auth.ts'
import { type BatchRow, findBatch } from '../batches.ts'
import { findCredential, type StoredCredential } from '../credentials.ts'
import { anchoredCredential } from '../handed-out.ts'
import { findIssuerById, type IssuerRow } from '../issuers.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import { type Roles, reissue } from '../reissue.ts'
import { parseCorrection } from '../reissue-request.ts'
import type { OperatorRole } from '../sender.ts'
import type { Service } from '../service.ts'
import { batchShape, credentialParams, newBatchBody } from '../shapes.ts'

const { achievement, learners, validFrom, validUntil } = newBatchBody.properties
const correctionBody = Type.Object(
  {
    learner: learners.items,
    achievement: Type.Optional({ ...achievement, description: 'As it was, when absent' }),
    validFrom: Type.Optional({ ...validFrom, description: 'As it was, when absent' }),
    validUntil: Type.Optional({ ...validUntil, description: 'As it was, when absent' }),
  },
  { examples: [{ learner: { name: 'Zoë Ångström', email: 'zoe@example.org' } }] },
)
const reissuedShape = Type.Object({
  old: Type.String({ description: 'Id of the credential that is replaced' }),
  credential: Type.String({ description: 'Id of the corrected one' }),
  batch: Type.String({ description: 'Id of its batch' }),
  state: batchShape.properties.state,
  revoked: Type.Boolean({ description: 'Whether the chain shows the revocation of the old one' }),
  next: Type.Array(Type.String(), {
    description: 'What is left for the issuer to do with its own key',
  }),
})

/** A body that core parses, with better words than a schema has. */
const bodyByCore: FastifySchemaCompiler<TSchema> = (route) =>
  route.httpPart === 'body' ? (value) => ({ value }) : TypeBoxValidatorCompiler(route)

/** Correcting a credential that was handed out. */
export const reissueRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { chain, sender, jobs, postman } = service
  const { db } = service.database
  app.addHook('onRequest', requireIssuerKey(db))

  app.post(
    '/credentials/:id/reissue',
    {
      validatorCompiler: bodyByCore,
      schema: {
        tags: ['Status'],
        operationId: 'reissueCredential',
        summary: 'Correct a credential: a new one replaces it',
        description:
          'The new one is anchored first, then the old one is revoked, then its holder is told by mail, where the learner has an e-mail. Links of the holder show the new one; the old one verifies as `superseded`. Where the service may not anchor or revoke for the issuer, `next` says what is left to do. The same correction may be asked for again: nothing happens twice.',
        security: [{ issuerKey: [] }],
        params: credentialParams,
        body: correctionBody,
        response: {
          202: { ...reissuedShape, description: 'It is on its way' },
          200: { ...reissuedShape, description: 'It was asked for before' },
          ...problemResponses(400, 401, 404, 409, 503),
        },
      },
    },
    async (request, reply) => {
      const own = await ownCredential(db, request, request.params.id)
      const old = await anchoredCredential(db, own.id)
      const correction = parseCorrection(request.body, old.document)
      const issuer = (await findIssuerById(db, old.batch.issuer_id)) as IssuerRow
      const roles: Roles = {
        anchors: await may(old, 'anchor'),
        revokes: await may(old, 'revoke'),
      }
      const made = await reissue(service, issuer, old, correction, roles)
      if (roles.anchors) await jobs.ask('anchor', [made.batchId])
      postman.nudge()
      const batch = (await findBatch(db, made.batchId)) as BatchRow
      const { chainStatus } = (await findCredential(db, old.id)) as StoredCredential
      const revoked = chainStatus === 'revoked'
      reply.code(made.created ? 202 : 200).header('location', `/credentials/${made.newId}`)
      return {
        old: made.oldId,
        credential: made.newId,
        batch: made.batchId,
        state: batch.state,
        revoked,
        next: [
          ...(batch.managed || batch.anchored_at
            ? []
            : [
                `npx hardhat anchor --batch ${service.config.PUBLIC_BASE_URL}/batches/${batch.id}/file`,
              ]),
          ...(made.revokes || revoked ? [] : ['npx hardhat revoke <file of the old credential>']),
        ],
      }
    },
  )

  /** Whether the service has the role; what it cannot find out is not a no. */
  async function may({ batch }: StoredCredential, role: OperatorRole): Promise<boolean> {
    try {
      await requireManaged(chain, sender, batch, role)
      return true
    } catch (thrown) {
      if (thrown instanceof HttpProblem && thrown.status === 409) return false
      throw thrown
    }
  }
}
