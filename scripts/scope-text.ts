import {
  formatLevels,
  formatScope,
  maxScopeBytes,
  parseScope,
  readScope,
  resemblesScope,
} from '../core/accreditation-scope.ts'
import { utf8 } from '../core/bytes.ts'
import { InvalidInputError } from '../core/error.ts'

/** Broad fields of ISCED-F 2013. */
const fields: Readonly<Record<string, string>> = {
  '00': 'generic programmes',
  '01': 'education',
  '02': 'arts and humanities',
  '03': 'social sciences, journalism and information',
  '04': 'business, administration and law',
  '05': 'natural sciences, mathematics and statistics',
  '06': 'information and communication technologies',
  '07': 'engineering, manufacturing and construction',
  '08': 'agriculture, forestry, fisheries and veterinary',
  '09': 'health and welfare',
  '10': 'services',
}

/**
 * The scope to write on chain, in the one way in which scopes are written. Words are left as they are.
 *
 * Throws `InvalidInputError` where it looks as if it was meant to be machine-readable and is not: on chain it stays for ever.
 */
export function requireScope(text: string): string {
  const size = utf8(text).length
  if (size > maxScopeBytes) {
    const message = `the scope has ${size} bytes, and ${maxScopeBytes} fit: shorten it`
    throw new InvalidInputError('scope_too_long', message, '--scope')
  }
  const scope = readScope(text)
  if (scope) return formatScope(scope)
  if (resemblesScope(text)) throw slipOf(text)
  return text.trim()
}

function slipOf(text: string): InvalidInputError {
  try {
    parseScope(text)
  } catch (thrown) {
    if (thrown instanceof InvalidInputError) {
      const message = `${thrown.message}. Correct it; or, if it is for people only, do not begin a clause with types, eqf or isced`
      return new InvalidInputError(thrown.code, message, '--scope')
    }
  }
  return new InvalidInputError('scope_malformed', 'the scope is not machine-readable', '--scope')
}

/** What a scope means, for a person. */
export function explainScope(text: string): string {
  const scope = readScope(text)
  if (!scope) {
    return 'what the scope says in words: verifiers show it and compare nothing with it. To have it compared, write it like "types: MicroCredential; eqf: 5-6; isced: 0613"'
  }
  const { types, eqf, isced } = scope
  const limits = [
    types && `achievements of type ${types.join(' or ')}`,
    eqf && `at EQF ${eqf.length > 1 ? 'levels' : 'level'} ${formatLevels(eqf)}`,
    isced &&
      `in ISCED-F ${isced.length > 1 ? 'fields' : 'field'} ${isced.map(explainField).join(', ')}`,
  ].filter((limit) => limit !== undefined)
  return limits.length === 0
    ? 'anything'
    : `only ${types ? '' : 'achievements '}${limits.join(', ')}`
}

function explainField(code: string): string {
  const name = fields[code.slice(0, 2)]
  return code.length === 2 ? `${code} (${name}, all of it)` : `${code} (in ${name})`
}
