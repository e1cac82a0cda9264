import { deflateRawSync } from 'node:zlib'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { JsonObject } from '../../core/canonical.ts'
import { ChainUnreadableError } from '../../core/chain.ts'
import { InvalidInputError } from '../../core/error.ts'
import { printCode } from '../../core/printed-code.ts'
import { provedChain } from '../../core/proved-state.ts'
import { type MadeReceipt, proveCredential, readFinalHash } from '../../core/receipt-making.ts'
import { receiptPage } from '../../core/receipt-page.ts'
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
  const { PUBLIC_BASE_URL, VERIFY_RATE_LIMIT: max } = service.config
  // Each is a verification with proofs.
  const config = { rateLimit: max > 0 && { max, timeWindow: '1 minute' } }
  const tags = ['Credentials']

  app.get(
    '/credentials/:id/receipt',
    {
      config,
      schema: {
        tags,
        operationId: 'getReceipt',
        summary:
          'A credential with proofs of anchor, status and accreditation, as of a final block',
        params: credentialParams,
        response: { 200: receiptShape, ...problemResponses(404, 409, 503) },
      },
    },
    async (request, reply) => {
      const document = await handedOut(service, request.params.id)
      const { receipt, header } = await makeReceipt(service, document)
      const name = `receipt-${request.params.id}-${header.number}.json`
      reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('rootmark-block-hash', header.hash)
      return receipt as never
    },
  )

  app.get(
    '/credentials/:id/receipt.html',
    {
      config,
      schema: {
        tags,
        operationId: 'getPrintedReceipt',
        summary: 'The same as one sheet to print, with a QR code that carries the credential',
        params: credentialParams,
        response: {
          200: { description: 'The sheet', content: { 'text/html': { schema: Type.String() } } },
          ...problemResponses(404, 409, 503),
        },
      },
    },
    async (request, reply) => {
      const document = await handedOut(service, request.params.id)
      const { report, header } = await makeReceipt(service, document)
      const page = `${PUBLIC_BASE_URL}/`
      const link = `${page}?credential=${encodeURIComponent(`/credentials/${request.params.id}`)}`
      const code = await printCode(document, { page, link, deflate })
      reply
        .type('text/html; charset=utf-8')
        .header('rootmark-block-hash', header.hash)
        // It holds what others wrote, and needs nothing.
        .header('content-security-policy', sheetPolicy)
        .header('cache-control', 'private, no-store')
      return receiptPage({ report, code, page, blockHash: header.hash }) as never
    },
  )
}

const sheetPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const deflate = (bytes: Uint8Array, dictionary: Uint8Array) =>
  deflateRawSync(bytes, { level: 9, memLevel: 9, dictionary })

/** The receipt of a credential as of the newest final block; throws `HttpProblem` (409 `anchor_not_final`, 503). */
async function makeReceipt(service: Service, document: JsonObject): Promise<MadeReceipt> {
  const { chain, chainId, sources } = service.chain
  try {
    const hash = await readFinalHash(chain, chainId, service.trust)
    return await proveCredential(document, {
      proved: (witness) => (asked) =>
        asked === chainId ? provedChain(chain, sources(), hash, witness) : undefined,
      trust: service.trust,
      now: Date.now(),
    })
  } catch (thrown) {
    throw problemOf(thrown)
  }
}

/** What is not final yet becomes so; what cannot be read may be later. */
function problemOf(thrown: unknown): unknown {
  if (thrown instanceof ChainUnreadableError)
    return new HttpProblem(503, thrown.code, thrown.message)
  if (!(thrown instanceof InvalidInputError)) return thrown
  const status = thrown.code === 'anchor_not_final' ? 409 : 503
  return new HttpProblem(status, thrown.code, `${thrown.message}.`)
}
