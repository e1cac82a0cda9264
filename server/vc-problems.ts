import Type, { type Static } from 'typebox'
import type { Problem } from '../core/data-model/problem.ts'
import type { Check } from '../core/report.ts'

/** Problem details as VC-API and the data model name them, RFC 9457 and VC 2.0 §7.2. */
export const vcProblemSchema = Type.Object({
  type: Type.String({ description: 'URL of a kind of problem that a specification defines' }),
  title: Type.String(),
  detail: Type.String({ description: 'One sentence for a person' }),
  code: Type.String({ description: 'Stable, safe to branch on' }),
  pointer: Type.Optional(Type.String({ description: 'RFC 6901 pointer to the bad place' })),
})
export type VcProblem = Static<typeof vcProblemSchema>

const dataModel = 'https://www.w3.org/TR/vc-data-model'
const kinds = {
  malformed: [`${dataModel}#MALFORMED_VALUE_ERROR`, 'A value is malformed'],
  security: [`${dataModel}#CRYPTOGRAPHIC_SECURITY_ERROR`, 'A proof does not hold'],
  range: [`${dataModel}#RANGE_ERROR`, 'A value is out of range'],
  status: [
    'https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR',
    'The status does not permit it',
  ],
  statusUnread: [
    'https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR',
    'The status could not be read',
  ],
  other: ['about:blank', 'It could not be verified'],
} as const

export function malformed({ code, message, pointer }: Problem): VcProblem {
  return { ...kindOf('malformed'), detail: message, code, pointer }
}

/** A proof, or who made it, is not as it should be. */
export function insecure({ code, message, pointer }: Problem): VcProblem {
  return { ...kindOf('security'), detail: message, code, pointer }
}

/** What a check objects to. */
export function problemOfCheck({ name, outcome, code, message }: Check): VcProblem {
  return { ...kindOf(kindOfCheck(name, outcome)), detail: message, code }
}

function kindOfCheck(name: Check['name'], outcome: Check['outcome']): keyof typeof kinds {
  switch (name) {
    case 'format':
      return 'malformed'
    case 'integrity':
    case 'anchor':
    case 'signature':
    case 'issuer':
      return 'security'
    case 'status':
      return outcome === 'invalid' ? 'status' : 'statusUnread'
    case 'validity':
      return 'range'
    default:
      return 'other'
  }
}

function kindOf(kind: keyof typeof kinds) {
  const [type, title] = kinds[kind]
  return { type, title }
}
