import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import type { JsonObject } from '../../core/canonical.ts'
import { resolveDid } from '../did-resolution.ts'
import { hostDidDocument, slugDidDocument } from '../own-dids.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { issuerParams } from '../shapes.ts'

const tags = ['Identifiers']
const didDocumentShape = Type.Object(
  { id: Type.String() },
  { additionalProperties: true, description: 'A DID document, DID Core 1.0' },
)
const resolutionShape = Type.Object(
  {
    '@context': Type.String(),
    didDocument: Type.Object({}, { additionalProperties: true }),
    didDocumentMetadata: Type.Object({}, { additionalProperties: true }),
    didResolutionMetadata: Type.Optional(Type.Object({}, { additionalProperties: true })),
    didDereferencingMetadata: Type.Optional(Type.Object({}, { additionalProperties: true })),
  },
  { description: 'DID Resolution 0.3; `error` of the metadata says why there is no document' },
)
const failures = Object.fromEntries(
  [400, 404, 501].map((status) => [status, resolutionOf('No document')]),
)

function resolutionOf(description: string) {
  return { description, content: { 'application/ld+json': { schema: resolutionShape } } }
}

/** DID documents: those of our issuers, and what resolves from the DID alone. */
export const didRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  app.get(
    '/issuers/:issuer/did.json',
    {
      schema: {
        tags,
        operationId: 'getDidDocument',
        summary: 'DID document of an issuer with a did:web here',
        params: issuerParams,
        response: {
          200: {
            description: 'Its keys and the account that anchors for it',
            content: { 'application/did+json': { schema: didDocumentShape } },
          },
          ...problemResponses(404),
        },
      },
    },
    async ({ params }, reply) =>
      send(
        reply,
        await slugDidDocument(service, params.issuer),
        'This issuer has no did:web here.',
      ),
  )

  app.get(
    '/.well-known/did.json',
    {
      schema: {
        tags,
        operationId: 'getHostDidDocument',
        summary: 'DID document of the host, where it serves one issuer only',
        response: {
          200: {
            description: 'The keys and the account of the issuer',
            content: { 'application/did+json': { schema: didDocumentShape } },
          },
          ...problemResponses(404),
        },
      },
    },
    async (_request, reply) =>
      send(
        reply,
        await hostDidDocument(service),
        'This service has no issuer, several, or one without a did:web; each has its own document.',
      ),
  )

  app.get(
    '/1.0/identifiers/:did',
    {
      schema: {
        tags,
        operationId: 'resolveDid',
        summary: 'Resolve a did:key, or a did:web of this service',
        description: 'With a fragment it gives the one verification method that it names.',
        params: Type.Object({
          did: Type.String({ description: 'DID or DID URL, percent-encoded' }),
        }),
        querystring: Type.Object({
          publicKeyFormat: Type.Optional(
            Type.String({ description: 'Multikey, JsonWebKey2020, Ed25519VerificationKey2020 …' }),
          ),
          enableExperimentalPublicKeyTypes: Type.Optional(
            Type.String({ description: 'Accepted; there are none here' }),
          ),
        }),
        response: { 200: resolutionOf('The document, or the verification method'), ...failures },
      },
    },
    async ({ params, query }, reply) => {
      const { status, body } = await resolveDid(service, params.did, query)
      reply
        .code(status as 200)
        .header('cache-control', 'public, max-age=300')
        .type('application/ld+json;profile="https://w3id.org/did-resolution"')
      return JSON.stringify(body) as never
    },
  )
}

function send(reply: FastifyReply, document: JsonObject | undefined, missing: string) {
  if (!document) throw new HttpProblem(404, 'did_document_unknown', missing)
  reply.type('application/did+json').header('cache-control', 'public, max-age=300')
  return JSON.stringify(document) as never
}
