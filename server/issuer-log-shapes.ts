import Type from 'typebox'
import { issuerParams } from './shapes.ts'

// The log of an issuer, as the API description shows it.

const hex = (bytes: number, description: string) =>
  Type.String({ pattern: `^0x[0-9a-fA-F]{${bytes * 2}}$`, description })
const time = (description: string) => Type.String({ format: 'date-time', description })
const count = (description: string) => Type.Integer({ minimum: 0, description })

export const logQuery = Type.Object({
  before: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 4_294_967_296,
      description: 'next of the page before; the newest batches where absent',
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})

const accreditationShape = Type.Object(
  {
    standing: Type.Enum(['accredited', 'ended', 'none', 'not_asked', 'unread'], {
      description:
        'not_asked: the trust file names no accreditors for this chain; unread: the chain could not be asked; ended: there is a record, and it does not hold at that time',
    }),
    accreditors: Type.Optional(
      Type.Array(Type.Object({ account: hex(20, 'Its account'), name: Type.String() }), {
        description: 'From a trusted root accreditor to the one that accredited the issuer',
      }),
    ),
    issuerName: Type.Optional(
      Type.String({ description: 'As the accreditation names the issuer' }),
    ),
    scope: Type.Optional(Type.String()),
    validFrom: Type.Optional(time('Beginning of the accreditation')),
    validUntil: Type.Optional(time('Its end')),
    withdrawnAt: Type.Optional(time('When it was withdrawn')),
  },
  { description: 'Who vouches for the issuer, by the trust file of this service' },
)

const sums = {
  batches: count('Batches'),
  credentials: count('Credentials in them'),
  revoked: count('Of these, revoked'),
  suspended: count('Of these, suspended'),
  withdrawn: count('Of these, in batches that were withdrawn; not counted as revoked or suspended'),
  withdrawnBatches: count('Batches that were withdrawn'),
}

const publishedShape = Type.Object({
  sequence: Type.Integer({ description: "The issuer's number of this anchor, from 1" }),
  published: Type.Literal(true),
  root: hex(32, 'Root of the batch'),
  size: Type.Integer({ minimum: 1 }),
  anchoredAt: time('Block time of the anchor'),
  finality: Type.Enum(['included', 'safe', 'finalized']),
  withdrawnAt: Type.Optional(time('Block time at which the batch was withdrawn')),
  revoked: count('Revoked credentials'),
  suspended: count('Suspended credentials'),
  leaves: Type.String({ description: 'Where its leaves are' }),
  transaction: Type.Optional(hex(32, 'The transaction of this service that anchored it')),
  accreditation: Type.Optional(accreditationShape),
})

const unpublishedShape = Type.Object(
  { sequence: Type.Integer(), published: Type.Literal(false) },
  {
    description:
      'The chain holds an anchor with this number, and this service publishes no batch for it',
  },
)

export const issuerLogShape = Type.Object({
  slug: issuerParams.properties.issuer,
  name: Type.String({ description: 'As the issuer calls itself' }),
  url: Type.String(),
  did: Type.String(),
  account: hex(20, 'Account that anchors'),
  chain: Type.Object({
    chainId: Type.Integer(),
    name: Type.String(),
    testNetwork: Type.Boolean(),
    registry: hex(20, 'The registry'),
    explorer: Type.Optional(Type.String({ description: 'Where people may look the chain up' })),
  }),
  onChain: Type.Optional(
    Type.Object(
      {
        block: Type.Object({
          number: Type.Integer(),
          hash: hex(32, 'Its hash'),
          time: time('Its time'),
        }),
        anchorCount: count('Batches that the account ever anchored; their numbers have no gaps'),
        accreditation: accreditationShape,
      },
      { description: 'What the chain says, read by this service; absent where it never could' },
    ),
  ),
  problem: Type.Optional(
    Type.String({
      description: 'Why the chain cannot be read now, as a code; onChain is what was read before',
    }),
  ),
  published: Type.Object({
    ...sums,
    seenAt: Type.Optional(time('When this service last compared its batches with the chain')),
  }),
  periods: Type.Array(
    Type.Object({ from: time('Beginning'), until: time('First moment after it'), ...sums }),
    { description: 'The same by the time of the anchor; empty where nothing is anchored' },
  ),
  batches: Type.Array(Type.Union([publishedShape, unpublishedShape]), {
    description: 'By number, newest first, without gaps',
  }),
  next: Type.Optional(Type.Integer({ description: 'before of the next page; absent on the last' })),
})
