import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { ChainUnreadableError } from '../../core/chain.ts'
import { InvalidInputError } from '../../core/error.ts'
import { provedChain } from '../../core/proved-state.ts'
import { proveCredential, readFinalHash } from '../../core/receipt-making.ts'
import { handedOut } from '../handed-out.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { credentialParams } from '../shapes.ts'

const receiptShape = Type.Object(
  {
    version: Type.Literal(1),
    chainId: Type.Integer(),
    header: Type.String({ description: 'RLP of the block header, in hex' }),
    proofs: Type.Array(Type.Object({}, { additionalProperties: true }), {
      description: 'What eth_getProof answers (EIP-1186), for each contract',
    }),
    credential: Type.Object({}, { additionalProperties: true }),
  },
  { description: 'Check it with: npx hardhat check --offline --block-hash 0x… receipt.json' },
)

/** Credentials with all that a verification stands on, for those who will check them without a network or this service. */
export const receiptRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const max = service.config.VERIFY_RATE_LIMIT
  app.get(
    '/credentials/:id/receipt',
    {
      // Each is a verification with proofs.
      config: {
        rateLimit: max > 0 && { max, timeWindow: '1 minute' },
      },
      schema: {
        tags: ['Credentials'],
        operationId: 'getReceipt',
        summary:
          'A credential with proofs of anchor, status and accreditation, as of a final block',
        params: credentialParams,
        response: { 200: receiptShape, ...problemResponses(404, 409, 503) },
      },
    },
    async (request, reply) => {
      const document = await handedOut(service, request.params.id)
      const { chain, chainId, sources } = service.chain
      try {
        const hash = await readFinalHash(chain, chainId, service.trust)
        const { receipt, header } = await proveCredential(document, {
          proved: (witness) => (asked) =>
            asked === chainId ? provedChain(chain, sources(), hash, witness) : undefined,
          trust: service.trust,
          now: Date.now(),
        })
        const name = `receipt-${request.params.id}-${header.number}.json`
        reply
          .header('content-disposition', `attachment; filename="${name}"`)
          .header('rootmark-block-hash', header.hash)
        return receipt as never
      } catch (thrown) {
        throw problemOf(thrown)
      }
    },
  )
}

/** What is not final yet becomes so; what cannot be read may be later. */
function problemOf(thrown: unknown): unknown {
  if (thrown instanceof ChainUnreadableError)
    return new HttpProblem(503, thrown.code, thrown.message)
  if (!(thrown instanceof InvalidInputError)) return thrown
  const status = thrown.code === 'anchor_not_final' ? 409 : 503
  return new HttpProblem(status, thrown.code, `${thrown.message}.`)
}
