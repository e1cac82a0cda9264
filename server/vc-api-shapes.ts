import Type from 'typebox'
import { endings } from './issued.ts'
import { issueCryptosuites } from './signing.ts'
import { vcProblemSchema } from './vc-problems.ts'

// What goes in and out of the VC-API routes, as the API description shows it.

const endingNames = Object.keys(endings) as (keyof typeof endings)[]
const anyObject = (description: string) =>
  Type.Object({}, { additionalProperties: true, description })
const credential = anyObject('A credential of the W3C data model 2.0 or 1.1')

export const issueBody = Type.Object({
  credential: { ...credential, description: 'Without proof; issuer is the DID of the issuer' },
  options: Type.Optional(
    Type.Object({
      type: Type.Optional(Type.Enum(['DataIntegrityProof'])),
      cryptosuite: Type.Optional(Type.Enum([...issueCryptosuites], { default: 'eddsa-rdfc-2022' })),
      statusPurposes: Type.Optional(
        Type.Array(Type.Enum([...endingNames]), {
          uniqueItems: true,
          default: ['revocation'],
          description: 'Statuses that it can get; [] for none. For version 2.0 only',
        }),
      ),
    }),
  ),
})
export const issuedShape = Type.Object({ verifiableCredential: credential })
export const refusedShape = {
  description: 'It is not issued',
  content: {
    'application/problem+json': {
      schema: Type.Object({
        type: Type.String(),
        title: Type.String(),
        status: Type.Integer(),
        detail: Type.String(),
        code: Type.String(),
        pointer: Type.Optional(Type.String()),
        problemDetails: Type.Optional(
          Type.Array(vcProblemSchema, { description: 'Everything that is wrong with it' }),
        ),
      }),
    },
  },
}

export const statusBody = Type.Object({
  credentialId: Type.Optional(
    Type.String({ minLength: 1, maxLength: 2048, description: 'The id of the credential' }),
  ),
  credentialStatus: Type.Object(
    {
      type: Type.Enum(['BitstringStatusListEntry']),
      statusPurpose: Type.Enum([...endingNames]),
      statusListCredential: Type.Optional(Type.String({ maxLength: 2048 })),
      statusListIndex: Type.Optional(
        Type.Union([Type.Integer({ minimum: 0 }), Type.String({ pattern: '^(0|[1-9]\\d{0,9})$' })]),
      ),
    },
    {
      description:
        'The status entry of the credential; without credentialId, its list and index are needed',
    },
  ),
  status: Type.Optional(
    Type.Boolean({ default: true, description: 'false lifts a suspension; revocation is final' }),
  ),
})
export const updatedShape = Type.Object({
  updated: Type.Integer({ description: 'Credentials that have the status now' }),
})

export const listParams = Type.Object({
  list: Type.String({
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
    description: 'Id of the list',
  }),
  ending: Type.Enum([...endingNames], { description: 'What the bits of the list say' }),
})
export const statusListShape = anyObject('A BitstringStatusListCredential, signed by the issuer')

export const verifyBody = Type.Object({
  verifiableCredential: credential,
  options: Type.Optional(
    anyObject('Accepted for the sake of VC-API; every check is made whatever it says'),
  ),
})
export const presentationBody = Type.Object({
  verifiablePresentation: anyObject('A presentation with the proof of its holder'),
  options: Type.Optional(
    Type.Object({
      challenge: Type.Optional(
        Type.String({ description: 'What you gave the holder to sign; needed where it is signed' }),
      ),
      domain: Type.Optional(Type.String({ description: 'Where it was to be presented' })),
    }),
  ),
})
export const verificationShape = Type.Object({
  verified: Type.Boolean(),
  verdict: Type.Enum(['valid', 'invalid', 'indeterminate']),
  reason: Type.String({ description: 'Code of what decides', examples: ['valid'] }),
  summary: Type.String({ description: 'One sentence for a person' }),
  problemDetails: Type.Array(vcProblemSchema, {
    description: 'What objects; where it is verified, what you should know nevertheless',
  }),
})
