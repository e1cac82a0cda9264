import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { problemOfSend, requireManaged } from '../anchoring.ts'
import { ownCredential, requireIssuerKey } from '../auth.ts'
import { isAnchored } from '../batch-state.ts'
import { findCredential, type StoredCredential } from '../credentials.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import { SendError } from '../send-error.ts'
import type { Service } from '../service.ts'
import { credentialParams, statusShape } from '../shapes.ts'
import { forgetLists } from '../status-list.ts'
import { applyStatuses, requestStatus, withdrawRequest } from '../statuses.ts'
import type { CredentialStatus } from '../tables.ts'

const actions = [
  ['revoke', 'revoked', 'Revoke a credential, for good'],
  ['suspend', 'suspended', 'Suspend a credential until it is reinstated'],
  ['reinstate', 'active', 'Lift a suspension'],
] as const

/** How long a request waits for its transaction to be included before it answers 202. */
const patienceMs = 15_000

/** Changing the standing of a credential with the operator key. */
export const statusRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { chain, sender, jobs } = service
  const { db } = service.database
  app.addHook('onRequest', requireIssuerKey(db))

  for (const [action, status, summary] of actions) {
    app.post(
      `/credentials/:id/${action}`,
      {
        schema: {
          tags: ['Status'],
          operationId: `${action}Credential`,
          summary,
          security: [{ issuerKey: [] }],
          params: credentialParams,
          response: {
            200: { ...statusShape, description: 'The chain shows it' },
            202: { ...statusShape, description: 'It is on its way to the chain' },
            ...problemResponses(401, 404, 409, 503),
          },
        },
      },
      async (request, reply) => {
        const stored = await ownCredential(db, request, request.params.id)
        await change(stored, status).finally(() => forgetLists(service, stored.batch.id))
        const { chainStatus } = (await findCredential(db, stored.id)) as StoredCredential
        if (chainStatus !== status) reply.code(202)
        return { id: stored.id, status, onChain: chainStatus === status }
      },
    )
  }

  async function change(stored: StoredCredential, status: CredentialStatus): Promise<void> {
    if (!isAnchored(stored.batch.state)) {
      throw new HttpProblem(
        409,
        'credential_not_anchored',
        'The batch is not anchored yet; anchor it first.',
      )
    }
    const operator = await requireManaged(chain, sender, stored.batch, 'revoke')
    const request = await requestStatus(db, stored.id, status)
    if (request === 'final') {
      throw new HttpProblem(
        409,
        'revocation_final',
        'The credential is revoked, and that is final; issue another one.',
      )
    }
    try {
      await applyStatuses(db, operator, stored.batch, patienceMs)
    } catch (thrown) {
      if (thrown instanceof SendError && thrown.code === 'transaction_pending') {
        return jobs.ask('status', [stored.batch.id])
      }
      await withdrawRequest(db, stored.id, request)
      throw problemOfSend(thrown)
    }
  }
}
