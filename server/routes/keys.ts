import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { ownIssuer, requireIssuerKey } from '../auth.ts'
import { listIssuerKeys, makeIssuerKey, type PublicKey, replaceIssuerKey } from '../issuer-keys.ts'
import type { IssuerRow } from '../issuers.ts'
import { HttpProblem, problemResponses } from '../problem.ts'
import type { Service } from '../service.ts'
import { issuerParams } from '../shapes.ts'

const tags = ['Issuers']
const keyId = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  description: 'Id of the key',
})
const signingKeyShape = Type.Object({
  id: keyId,
  verificationMethod: Type.String({ description: 'What signatures name' }),
  publicKeyMultibase: Type.String({ description: 'Ed25519 Multikey' }),
  createdAt: Type.String({ format: 'date-time' }),
  expires: Type.Optional(
    Type.String({ format: 'date-time', description: 'Nothing it signed later counts' }),
  ),
})
const signingKeysShape = Type.Object({
  signingKeys: Type.Array(signingKeyShape, { description: 'The one in use first' }),
})
const replaceBody = Type.Object(
  {
    replaces: Type.Optional({
      ...keyId,
      description: 'The key that is to be replaced; the one in use when absent',
    }),
  },
  { additionalProperties: false },
)

/** The DID document lists every key for ever, and verifiers read only so much of it. */
const maxKeys = 150

/** The keys that an issuer signs with; its API keys are something else. */
export const keyRoutes: FastifyPluginAsyncTypebox<{ service: Service }> = async (
  app,
  { service },
) => {
  const { db } = service.database
  const issuerKey = requireIssuerKey(db)

  app.get(
    '/issuers/:issuer/signing-keys',
    {
      onRequest: issuerKey,
      schema: {
        tags,
        operationId: 'listSigningKeys',
        summary: 'The public keys that your issuer signs or signed with',
        security: [{ issuerKey: [] }],
        params: issuerParams,
        response: { 200: signingKeysShape, ...problemResponses(401, 404) },
      },
    },
    async (request) => describeKeys(await ownIssuer(db, request, request.params.issuer)),
  )

  app.post(
    '/issuers/:issuer/signing-keys/rotate',
    {
      onRequest: issuerKey,
      // The body may be left out.
      preValidation: async (request) => {
        if (request.body === undefined) request.body = {}
      },
      schema: {
        tags,
        operationId: 'rotateSigningKey',
        summary: 'Sign with a new key from now on',
        description:
          'The DID document lists the old key with its end, so that what it signed stays valid; its private part is destroyed. Of two requests at once, one gets 409.',
        security: [{ issuerKey: [] }],
        params: issuerParams,
        body: replaceBody,
        response: { 201: signingKeysShape, ...problemResponses(400, 401, 404, 409) },
      },
    },
    async (request, reply) => {
      const issuer = await ownIssuer(db, request, request.params.issuer)
      if (issuer.did_kind !== 'web') throw notRotatable(issuer)
      const keys = await listIssuerKeys(db, issuer.id)
      if (keys.length >= maxKeys) throw tooManyKeys()
      const [used] = keys
      const replaced = request.body.replaces ?? used?.id ?? ''
      const key = makeIssuerKey(service.secretBox)
      if (!(await replaceIssuerKey(db, issuer.id, replaced, key))) {
        throw new HttpProblem(
          409,
          'signing_key_replaced',
          'The key is not, or not any more, the one in use; somebody else may have replaced it just now. GET the list and decide anew.',
        )
      }
      reply.code(201)
      return describeKeys(issuer)
    },
  )

  async function describeKeys(issuer: IssuerRow) {
    const keys = await listIssuerKeys(db, issuer.id)
    return { signingKeys: keys.map((key) => describeKey(issuer, key)) }
  }
}

function describeKey(issuer: IssuerRow, key: PublicKey) {
  return {
    id: key.id,
    verificationMethod: `${issuer.profile.id}#${key.publicKeyMultibase}`,
    publicKeyMultibase: key.publicKeyMultibase,
    createdAt: key.createdAt.toISOString(),
    ...(key.expires && { expires: key.expires.toISOString() }),
  }
}

function tooManyKeys(): HttpProblem {
  return new HttpProblem(
    409,
    'signing_keys_too_many',
    `The issuer has had ${maxKeys} signing keys, and its DID document must list them all; record a new issuer for what is issued from now on.`,
  )
}

function notRotatable({ did_kind }: IssuerRow): HttpProblem {
  return did_kind === 'key'
    ? new HttpProblem(
        409,
        'signing_key_fixed',
        'A did:key is its key and cannot have another one; record a new issuer, best with did: web.',
      )
    : new HttpProblem(
        409,
        'signing_key_none',
        'This issuer is named by its account or by a DID elsewhere, so this service signs nothing for it.',
      )
}
