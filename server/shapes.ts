import Type from 'typebox'
import { achievementSchema, issuerSchema } from '../core/achievement.ts'
import { batchStates } from './batch-state.ts'
import { credentialStatuses, didKinds } from './tables.ts'

// What goes in and out over HTTP, as the API description shows it.

const uuid = (description: string) =>
  Type.String({
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
    description,
    examples: ['3d9f8a52-6c1e-4b0f-9a77-2f0c5e8d1b64'],
  })
export const hex = (bytes: number, description: string) =>
  Type.String({ pattern: `^0x[0-9a-fA-F]{${bytes * 2}}$`, description })
const time = (description: string) => Type.String({ format: 'date-time', description })

export const batchParams = Type.Object({ id: uuid('Id of the batch') })
export const credentialParams = Type.Object({
  id: uuid("UUID of the credential's urn:uuid: id; whoever knows it may read the credential"),
})
export const issuerParams = Type.Object({
  issuer: Type.String({
    pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
    description: 'Short name of the issuer',
    examples: ['northfield'],
  }),
})
export const keyParams = Type.Object({ ...issuerParams.properties, key: uuid('Id of the key') })

export const newIssuerBody = Type.Object(
  {
    slug: issuerParams.properties.issuer,
    profile: issuerSchema,
    account: hex(20, 'Account that anchors the batches of the issuer'),
    did: Type.Optional(
      Type.Enum([...didKinds], {
        description:
          'How the issuer is named, where its profile has no id: by a did:web that is served here, a did:key, or the did:pkh of its account. Web where the service has an https address, else pkh',
      }),
    ),
  },
  { additionalProperties: false },
)

const keyShape = Type.Object({
  id: uuid('Id of the key'),
  key: Type.String({ description: 'The API key, told this once', examples: ['rm_…'] }),
})

const did = Type.String({
  description: 'DID of the issuer',
  examples: ['did:web:credentials.example.edu:issuers:northfield'],
})
export const issuerShape = Type.Object({
  slug: issuerParams.properties.issuer,
  did,
  profile: issuerSchema,
  account: hex(20, 'Account that anchors'),
  keys: Type.Array(
    Type.Object({ id: keyShape.properties.id, createdAt: time('When it was made') }),
  ),
  createdAt: time('When the issuer was recorded'),
})
export const issuersQuery = Type.Object({
  after: Type.Optional({
    ...issuerParams.properties.issuer,
    description: 'next of the page before',
  }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
})
const { profile: _, ...listedIssuer } = issuerShape.properties
export const issuersShape = Type.Object({
  issuers: Type.Array(
    Type.Object({
      ...listedIssuer,
      name: Type.String(),
      batches: Type.Integer(),
      credentials: Type.Integer({ description: 'In all of its batches' }),
      anchored: Type.Integer({ description: 'Those of them in anchored batches' }),
    }),
    { description: 'By their short names' },
  ),
  next: Type.Optional({ ...issuerParams.properties.issuer, description: 'after of the next page' }),
})
export const newIssuerShape = Type.Object({
  slug: issuerShape.properties.slug,
  did,
  profile: issuerSchema,
  account: issuerShape.properties.account,
  key: keyShape,
})
export const newKeyShape = keyShape

const learnerShape = Type.Object({
  name: Type.String({ examples: ['Zoë Ångström'] }),
  email: Type.Optional(Type.String({ examples: ['zoe@example.org'] })),
  did: Type.Optional(Type.String()),
  result: Type.Optional(Type.String({ examples: ['1.3'] })),
  credits: Type.Optional(Type.Number()),
  validFrom: Type.Optional(time('XSD dateTimeStamp')),
  validUntil: Type.Optional(time('XSD dateTimeStamp')),
})

export const newBatchBody = Type.Object(
  {
    achievement: achievementSchema,
    learners: Type.Array(learnerShape, { description: 'Each has an email, a did, or both' }),
    validFrom: Type.Optional(time('Now when absent')),
    validUntil: Type.Optional(time('No end when absent')),
  },
  {
    examples: [
      {
        achievement: {
          name: 'Data Literacy',
          description: 'Reads, questions and presents data.',
          criteria: { narrative: 'Passed the final project.' },
          achievementType: 'MicroCredential',
        },
        learners: [{ name: 'Zoë Ångström', email: 'zoe@example.org', result: '1.3' }],
      },
    ],
  },
)
export const newBatchForm = Type.Object({
  roster: Type.String({ format: 'binary', description: 'CSV with a header, JSON or NDJSON' }),
  achievement: achievementSchema,
  validFrom: newBatchBody.properties.validFrom,
  validUntil: newBatchBody.properties.validUntil,
})
export const idempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'The same key and request give the same batch',
    }),
  ),
})

export const batchShape = Type.Object({
  id: uuid('Id of the batch'),
  name: Type.String({ description: 'Name of the achievement' }),
  state: Type.Enum([...batchStates]),
  reason: Type.Optional(Type.String({ description: 'Why it could not be anchored yet' })),
  managed: Type.Boolean({ description: 'Whether this service shall anchor it' }),
  root: Type.Optional(hex(32, 'Root of the batch tree; absent while the batch is being built')),
  size: Type.Integer(),
  built: Type.Optional(
    Type.Integer({ description: 'Credentials made so far, while it is being built' }),
  ),
  chainId: Type.Integer(),
  registry: hex(20, 'The registry it is anchored in'),
  issuerAccount: hex(20, 'Account of the issuer'),
  transaction: Type.Optional(hex(32, 'The last transaction that this service sent for it')),
  anchor: Type.Optional(
    Type.Object({
      anchoredAt: time('Block time of the anchor'),
      sequence: Type.Integer({ description: "The issuer's number of this anchor, from 1" }),
      finality: Type.Enum(['included', 'safe', 'finalized']),
      withdrawnAt: Type.Optional(time('Block time at which the batch was withdrawn')),
    }),
  ),
  createdAt: time('When it was issued'),
})

const status = Type.Enum([...credentialStatuses], { description: 'What was asked for here' })
export const pageQuery = Type.Object({
  after: Type.Optional(
    Type.Integer({
      minimum: -1,
      maximum: 2_147_483_647,
      default: -1,
      description: 'next of the page before',
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
})
export const credentialPageShape = Type.Object({
  credentials: Type.Array(
    Type.Object({
      id: uuid('Id of the credential'),
      statusIndex: Type.Integer(),
      holder: Type.String(),
      validUntil: Type.Optional(time('As the credential has it')),
      status,
    }),
  ),
  next: Type.Optional(Type.Integer({ description: 'after of the next page; absent on the last' })),
})
export const statusShape = Type.Object({
  id: uuid('Id of the credential'),
  status,
  onChain: Type.Boolean({ description: 'Whether the chain shows it already' }),
})

export const credentialShape = Type.Object(
  {},
  {
    additionalProperties: true,
    description:
      'A W3C Verifiable Credential 2.0 of type OpenBadgeCredential with its anchor proof',
  },
)
export const contractCallShape = Type.Object({
  chainId: Type.Integer(),
  to: hex(20, 'The registry'),
  signature: Type.String({ examples: ['verify(address,bytes32,uint256,bytes32[])'] }),
  args: Type.Object({
    issuer: hex(20, 'Account that anchored'),
    digest: hex(32, 'Salted digest of the credential'),
    statusIndex: Type.String({ description: 'Decimal digits' }),
    siblings: Type.Array(hex(32, 'From the leaf to the root')),
  }),
  calldata: Type.String({ description: 'For eth_call as it is' }),
  cast: Type.String({ description: "The same as a command for Foundry's cast" }),
})

export const migrationParams = Type.Object({
  account: hex(20, 'Account of the issuer'),
  root: hex(32, 'Root of the batch'),
})
export const leavesShape = {
  description: 'The leaves, in status index order',
  content: {
    'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
    'application/x-ndjson': { schema: { type: 'string' } },
  },
} as const
const placeShape = Type.Object({ chainId: Type.Integer(), registry: hex(20, 'The registry') })
export const migrationsShape = Type.Array(
  Type.Object({
    format: Type.Enum(['rootmark-migration-1']),
    issuer: hex(20, 'Account of the issuer'),
    root: hex(32, 'Root of the batch'),
    size: Type.Integer(),
    from: placeShape,
    to: placeShape,
    signature: hex(65, 'EIP-712 signature of the issuer’s key'),
  }),
  { description: 'None where the batch was never moved' },
)
