const text = { type: 'string', minLength: 1 } as const
const uri = { type: 'string', pattern: '^[a-z][a-z0-9+.-]*:' } as const
const time = {
  type: 'string',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$',
} as const
const types = { type: 'array', items: text, minItems: 1 } as const

/** What a validator would have to check of the measured credentials; no more than our own reading of a roster does. */
export const credentialSchema = {
  type: 'object',
  required: ['@context', 'id', 'type', 'name', 'issuer', 'validFrom', 'credentialSubject'],
  properties: {
    '@context': { type: 'array', items: uri, minItems: 2 },
    id: uri,
    type: types,
    name: text,
    validFrom: time,
    validUntil: time,
    issuer: {
      type: 'object',
      required: ['id', 'type', 'name'],
      properties: { id: uri, type: types, name: text, url: uri },
    },
    credentialSubject: {
      type: 'object',
      required: ['type', 'identifier', 'achievement'],
      properties: {
        id: uri,
        type: types,
        creditsEarned: { type: 'number', minimum: 0 },
        identifier: {
          type: 'array',
          items: {
            type: 'object',
            required: ['type', 'hashed', 'identityHash', 'identityType'],
            properties: {
              type: text,
              hashed: { type: 'boolean' },
              identityHash: text,
              identityType: text,
              salt: text,
            },
          },
        },
        achievement: {
          type: 'object',
          required: ['id', 'type', 'name', 'description', 'criteria'],
          properties: { id: uri, type: types, name: text, description: text },
        },
      },
    },
    credentialStatus: {
      type: 'object',
      required: ['id', 'type', 'statusPurpose', 'statusListIndex', 'statusListCredential'],
      properties: { id: uri, type: text, statusPurpose: text, statusListIndex: text },
    },
  },
} as const
